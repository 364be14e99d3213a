"""Rules of support: the highest state share and amount of each kind, with their legal basis."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.dated import ENDS_EARLY, no_overlap
from core.fields import NameField
from programs.choices import TaskKind
from programs.models import Task
from programs.models.decided import COUNTING, Decided, DecidedQuerySet, decided_constraints

EVERY_KIND = _("Every kind of support together")


class SupportRuleQuerySet(DecidedQuerySet["SupportRule"]):
    """Rules of support."""

    def in_force(self, day: dt.date) -> Self:
        """Those that bind what is agreed on the day (first and last day included)."""
        ends_later = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.standing().filter(ends_later, valid_from__lte=day)

    def binding(self, task: Task, day: dt.date) -> Self:
        """Those that bind support of this task on the day: of its kind, and of every kind."""
        return self.in_force(day).filter(kind__in=("", task.key))


class SupportRule(Decided):
    """How much of the support of an enterprise the state may pay, by which law, from when to when.

    ``kind`` is the short key of tasks, the same in every phase; empty binds every kind together.
    ``state_percent`` bounds the state share of each case, ``state_limit`` (VND) the state money
    that an enterprise is given for this kind in all its cases together.
    """

    kind = models.CharField(_("kind of support"), max_length=40, blank=True)
    state_percent = models.DecimalField(
        _("highest state share (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    state_limit = models.BigIntegerField(
        _("highest state money of an enterprise (VND)"), null=True, blank=True
    )
    legal_basis = NameField(_("legal basis"), max_length=200)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = SupportRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of support")
        verbose_name_plural = _("rules of support")
        ordering = ("kind", "valid_from", "pk")
        constraints = (
            models.CheckConstraint(
                name="support_rule_dates_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=ENDS_EARLY,
            ),
            models.CheckConstraint(
                name="support_rule_percent",
                condition=Q(state_percent__isnull=True)
                | Q(state_percent__gte=0, state_percent__lte=100),
                violation_error_message=_("The state share lies between 0 and 100 percent."),
            ),
            models.CheckConstraint(
                name="support_rule_limit",
                condition=Q(state_limit__isnull=True) | Q(state_limit__gt=0),
                violation_error_message=_("The highest amount is above zero."),
            ),
            models.CheckConstraint(
                name="support_rule_says_something",
                condition=Q(state_percent__isnull=False) | Q(state_limit__isnull=False),
                violation_error_message=_("Give the highest share, the highest amount, or both."),
            ),
            no_overlap(
                "support_rule_no_overlap",
                "kind",
                condition=COUNTING,
                message=_("A rule for this kind is in force at these dates."),
            ),
            *decided_constraints("support_rule"),
        )

    def __str__(self) -> str:
        return f"{self.kind_label}, {self.legal_basis}"

    def binds(self, kind: str, day: dt.date) -> bool:
        """Whether it bounds support of this kind on the day, once it counts."""
        in_force = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return in_force and self.kind in {"", kind}

    @property
    def kind_label(self) -> str:
        """What is supported, in words of the plan."""
        return kind_labels().get(self.kind, self.kind) if self.kind else str(EVERY_KIND)


def kind_labels() -> dict[str, str]:
    """Return every kind of support with the words of its first task; one query."""
    rows = Task.objects.filter(kind=TaskKind.SUPPORT, plan__is_current=True).order_by("position")
    found: dict[str, str] = {}
    for key, code, text in rows.values_list("key", "code", "text"):
        found.setdefault(key, f"{code} {text}")
    return found
