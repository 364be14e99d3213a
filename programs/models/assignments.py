"""Who leads a task and when it is planned, from a day on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from programs.models.decided import COUNTING, Decided, DecidedQuerySet, decided_constraints
from programs.models.plans import Instrument
from programs.models.tasks import Task


class TaskAssignment(Decided):
    """Who leads and co-ordinates a task, and its planned days (both included).

    The words of the plan stay as issued; until an assignment is in force, those named there lead.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("lead unit")
    )
    coordinating = models.ManyToManyField(
        Organisation, related_name="+", blank=True, verbose_name=_("co-ordinating units")
    )
    starts_on = models.DateField(_("planned from"), null=True, blank=True)
    ends_on = models.DateField(_("planned until"), null=True, blank=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DecidedQuerySet["TaskAssignment"].as_manager()

    class Meta:
        verbose_name = _("task assignment")
        verbose_name_plural = _("task assignments")
        ordering = ("valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("task", "valid_from"),
                condition=COUNTING,
                name="task_assignment_once_a_day",
                violation_error_message=_("Another assignment is in force from this day already."),
            ),
            models.CheckConstraint(
                name="task_assignment_days_in_order",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last planned day is before the first."),
            ),
            *decided_constraints("task_assignment"),
        )

    def __str__(self) -> str:
        return f"{self.task.code}: {self.lead.shown_name}"
