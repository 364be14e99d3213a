"""By which measure, and with which parameters, a figure is computed from a day on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.models.decided import COUNTING, Decided, DecidedQuerySet, decided_constraints
from programs.models.objectives import Indicator
from programs.models.plans import Instrument
from programs.models.tasks import Task


class MeasureChoice(Decided):
    """The measure of an indicator or a task, in place of the one that the plan's file names."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="measure_choices"
    )
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="measure_choices"
    )
    measure_key = models.CharField(_("measure"), max_length=60)
    measure_parameters = models.JSONField(_("parameters of the measure"), default=dict, blank=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DecidedQuerySet["MeasureChoice"].as_manager()

    class Meta:
        verbose_name = _("choice of a measure")
        verbose_name_plural = _("choices of measures")
        ordering = ("valid_from", "pk")
        constraints = (
            models.CheckConstraint(
                name="measure_choice_one_subject",
                condition=Q(indicator__isnull=True, task__isnull=False)
                | Q(indicator__isnull=False, task__isnull=True),
                violation_error_message=_("A measure belongs to an indicator or to a task."),
            ),
            models.UniqueConstraint(
                fields=("indicator", "task", "valid_from"),
                condition=COUNTING,
                nulls_distinct=False,
                name="measure_choice_once_a_day",
                violation_error_message=_("Another measure is in force from this day already."),
            ),
            *decided_constraints("measure_choice"),
        )

    def __str__(self) -> str:
        subject = self.indicator or self.task
        return f"{subject.code if subject else ''}: {self.measure_key}"
