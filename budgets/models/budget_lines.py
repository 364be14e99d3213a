"""What the appendix foresees for each task."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from programs.models import Plan, Task


class BudgetLineQuerySet(models.QuerySet["BudgetLine"]):
    """Budget lines."""

    def visible_to(self, user: User) -> Self:
        """The appendix is part of a public document: whoever has any work here sees it."""
        return self if user.has_any_role else self.none()

    def of_plan(self, plan: Plan) -> Self:
        """The lines of one plan, in the order of its appendix, with their tasks and groups."""
        return (
            self.filter(task__plan=plan)
            .select_related("task__plan", "task__group__phase", "task__phase")
            .order_by("task__position")
        )


class BudgetLine(models.Model):
    """The money of a row of the appendix (VND): from the state budget and from enterprises."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="budget_line")
    state = models.BigIntegerField(_("state budget"))
    enterprise = models.BigIntegerField(_("enterprise capital"))
    total = models.GeneratedField(
        expression=F("state") + F("enterprise"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ("task__position",)
        constraints = (
            models.CheckConstraint(
                name="budget_line_not_negative",
                condition=Q(state__gte=0, enterprise__gte=0),
                violation_error_message=_("An amount of the appendix is never below zero."),
            ),
        )

    def __str__(self) -> str:
        return self.task.code
