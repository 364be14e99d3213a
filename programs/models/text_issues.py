"""Passages of a plan that contradict each other or leave something open."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import PassageField, search_index
from programs.choices import PlaceKind
from programs.models.decided import COUNTING, Decided, DecidedQuerySet, decided_constraints
from programs.models.parts import PlanPart, PlanPartQuerySet, code_unique
from programs.models.plans import Instrument


class TextIssue(PlanPart):
    """An unclear passage (điểm chưa rõ); its first reading counts until a decision chooses."""

    searched_fields: ClassVar = ("code", "statement")

    statement = PassageField(_("statement"))

    objects = PlanPartQuerySet["TextIssue"].as_manager()

    class Meta:
        verbose_name = _("unclear passage")
        verbose_name_plural = _("unclear passages")
        ordering = ("plan", "position")
        constraints = (code_unique("text_issue_code_unique"),)
        indexes = (search_index("text_issue_search"),)

    def get_absolute_url(self) -> str:
        """The place of the passage on the page of unclear passages."""
        return f"{reverse('text_issue_list', args=[self.plan.code])}#{self.code}"

    # Set by ``selectors.IssuesByPlace``: the decision in force on the day that a page shows.
    decision: "ReadingDecision | None" = None
    decided: int | None

    @property
    def official_reading(self) -> "TextIssueReading | None":
        """The reading on which figures rest: the one decided, else the first, if there is any."""
        return self.decision.reading if self.decision else next(iter(self.readings.all()), None)


class TextIssueReading(models.Model):
    """One way to read an unclear passage; measures know it by its key."""

    issue = models.ForeignKey(TextIssue, models.CASCADE, related_name="readings")
    key = models.SlugField(_("key"), max_length=40)
    text = PassageField(_("text"))
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ("issue", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("issue", "key"),
                name="text_issue_reading_unique",
                violation_error_message=_("The passage has this reading already."),
            ),
        )

    def __str__(self) -> str:
        return self.text


class TextIssuePlace(models.Model):
    """What an unclear passage touches, by the code of the part of the plan."""

    issue = models.ForeignKey(TextIssue, models.CASCADE, related_name="places")
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind)
    code = models.CharField(_("code"), max_length=30)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("place of an unclear passage")
        verbose_name_plural = _("places of unclear passages")
        ordering = ("issue", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("issue", "kind", "code"),
                name="text_issue_place_unique",
                violation_error_message=_("The passage names this place already."),
            ),
        )
        indexes = (models.Index(fields=("kind", "code"), name="text_issue_place"),)

    def __str__(self) -> str:
        return self.code


class ReadingDecision(Decided):
    """By which document, and from which day on, a passage is read in which way."""

    issue = models.ForeignKey(TextIssue, models.PROTECT, related_name="decisions")
    reading = models.ForeignKey(TextIssueReading, models.PROTECT, related_name="decisions")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")

    objects = DecidedQuerySet["ReadingDecision"].as_manager()

    class Meta:
        verbose_name = _("decision on a reading")
        verbose_name_plural = _("decisions on readings")
        ordering = ("valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("issue", "valid_from"),
                condition=COUNTING,
                name="reading_decision_once_a_day",
                violation_error_message=_(
                    "Another reading of this passage is in force from this day already."
                ),
            ),
            *decided_constraints("reading_decision"),
        )

    def __str__(self) -> str:
        return f"{self.issue}: {self.reading}"
