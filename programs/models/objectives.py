"""Objectives, indicators and their targets."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import NameField, PassageField, search_index
from core.numbers import format_target
from programs.choices import Accumulation, Comparator
from programs.models.decided import COUNTING, Decided, DecidedQuerySet, decided_constraints
from programs.models.parts import PlanPart, PlanPartQuerySet, code_unique
from programs.models.plans import Instrument, Phase
from programs.models.tasks import Task

if TYPE_CHECKING:
    from programs.models.measure_choices import MeasureChoice


class Objective(PlanPart):
    """An objective, word for word; without a phase it is a general one."""

    searched_fields: ClassVar = ("code", "text")

    phase = models.ForeignKey(Phase, models.PROTECT, null=True, related_name="objectives")
    clause = NameField(_("clause"), max_length=60)
    text = PassageField(_("text"))

    objects = PlanPartQuerySet["Objective"].as_manager()

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ("plan", "position")
        constraints = (code_unique("objective_code_unique"),)
        indexes = (search_index("objective_search"),)

    def get_absolute_url(self) -> str:
        """The place of the objective on the page of objectives."""
        return f"{reverse('objective_list', args=[self.plan.code])}#{self.code}"


class Indicator(PlanPart):
    """An indicator (chỉ tiêu): what is measured, how, and by which measure of the register."""

    searched_fields: ClassVar = ("code", "name", "note")

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="indicators")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="indicators")
    name = PassageField(_("name"))
    unit = NameField(_("unit"), max_length=60, blank=True)
    comparator = models.CharField(_("comparator"), max_length=20, choices=Comparator)
    accumulation = models.CharField(_("accumulation"), max_length=20, choices=Accumulation)
    numerator = PassageField(_("numerator"))
    denominator = PassageField(_("denominator"), blank=True)
    note = PassageField(_("note"), blank=True)
    measure_key = models.CharField(_("measure"), max_length=60, blank=True)
    measure_parameters = models.JSONField(_("parameters of the measure"), default=dict, blank=True)

    # Joined by ``selectors.with_standing``.
    standing_targets: list["Target"]
    standing_choices: list["MeasureChoice"]

    objects = PlanPartQuerySet["Indicator"].as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("plan", "position")
        constraints = (code_unique("indicator_code_unique"),)
        indexes = (search_index("indicator_search"),)

    def get_absolute_url(self) -> str:
        """The page of the indicator."""
        return reverse("indicator_detail", args=[self.plan.code, self.code])


class TargetQuerySet(DecidedQuerySet["Target"]):
    """Targets."""

    def standing(self) -> Self:
        """Those that count and were not replaced by a correction of the plan's data."""
        return super().standing().filter(replaced_at__isnull=True)


class Target(Decided):
    """What is to be reached, by which document, from when.

    A changed target is a new row: the old one stays. ``due_year`` is the year by whose 14/12 it is
    to be reached; an indicator that counts each year has none. ``high`` is set for ranges only.
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="targets"
    )
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="targets")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    due_year = models.PositiveSmallIntegerField(_("to be reached by"), null=True, blank=True)
    low = models.DecimalField(_("target"), max_digits=18, decimal_places=4)
    high = models.DecimalField(_("up to"), max_digits=18, decimal_places=4, null=True, blank=True)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="targets")
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    replaced_reason = PassageField(_("reason of the replacement"), blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("valid_from", "pk")
        constraints = (
            models.CheckConstraint(
                name="target_one_subject",
                condition=Q(indicator__isnull=True, task__isnull=False)
                | Q(indicator__isnull=False, task__isnull=True),
                violation_error_message=_("A target belongs to an indicator or to a task."),
            ),
            models.CheckConstraint(
                name="target_range_in_order",
                condition=Q(high__isnull=True) | Q(high__gte=F("low")),
                violation_error_message=_("The upper end of the target is below the lower."),
            ),
            models.UniqueConstraint(
                fields=("indicator", "task", "phase", "year", "valid_from"),
                condition=Q(replaced_at__isnull=True) & COUNTING,
                nulls_distinct=False,
                name="target_one_standing",
                violation_error_message=_("A target with this date stands here already."),
            ),
            *decided_constraints("target"),
        )

    def __str__(self) -> str:
        return self.shown()

    def shown(self, comparator: str = Comparator.EQUAL) -> str:
        """The target as people write it, without its unit."""
        return format_target(comparator, self.low, self.high)

    def says(self) -> tuple[object, ...]:
        """What the target says; another with the same answer is the same target."""
        return (self.low, self.high, self.due_year, self.phase_id, self.instrument_id)

    def told(self) -> dict[str, object]:
        """The target for the history."""
        return {
            "target": str(self),
            "due_year": self.due_year,
            "year": self.year,
            "phase": self.phase.code,
            "instrument": str(self.instrument),
            "valid_from": self.valid_from,
        }
