"""Whether amounts keep to the rules of support: each broken rule is one sentence.

The state share of a case is bounded by the percentage of each rule that binds it; the state money
of an enterprise by the amount, over all its cases that were agreed on. A rule for one kind counts
the cases of that kind in every phase, a rule for every kind counts them all (amounts in VND).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from core.money import format_vnd
from core.numbers import format_number
from enterprises.models import Enterprise, SupportCase, SupportRule
from programs.models import Task


@dataclass(frozen=True, slots=True)
class Amounts:
    """What state and enterprise pay, in VND."""

    state: int
    enterprise: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.state + self.enterprise


def broken_rules(case: SupportCase, amounts: Amounts, day: dt.date) -> list[str]:
    """Return what the rules in force on the day of the agreement say against the amounts.

    Whoever relies on it holds the lock of the enterprise, so that no other case is agreed on
    meanwhile.
    """
    return [
        told
        for rule in SupportRule.objects.binding(case.task, day).order_by("kind")
        for told in (
            *above_share(rule, amounts),
            *above_limit(
                rule, amounts.state, lambda kind: given_before(case.enterprise, kind, case)
            ),
        )
    ]


def above_share(rule: SupportRule, amounts: Amounts) -> Iterator[str]:
    """Yield what a rule says against the state share of a case."""
    if rule.state_percent is not None and amounts.state * 100 > rule.state_percent * amounts.total:
        highest = int(rule.state_percent * amounts.total // 100)
        told = _(
            "The state budget may pay %(percent)s%% of %(total)s đồng at most by %(basis)s: that "
            "is %(highest)s đồng; lower the state share."
        )
        yield told % {
            "percent": format_number(rule.state_percent.normalize() + 0),
            "total": format_vnd(amounts.total),
            "highest": format_vnd(highest),
            "basis": rule.legal_basis,
        }


def above_limit(rule: SupportRule, state: int, given_of: Callable[[str], int]) -> Iterator[str]:
    """Yield what a rule says against more state money for an enterprise.

    ``given_of`` tells what was agreed on for it before, of a kind or of every kind (empty).
    """
    if rule.state_limit is not None:
        given = given_of(rule.kind)
        if given + state > rule.state_limit:
            told = _(
                "The enterprise may be given %(limit)s đồng of state money at most by %(basis)s; "
                "%(given)s đồng are agreed on already, so %(left)s đồng are left."
            )
            yield told % {
                "limit": format_vnd(rule.state_limit),
                "given": format_vnd(given),
                "left": format_vnd(max(0, rule.state_limit - given)),
                "basis": rule.legal_basis,
            }


def given_before(enterprise: Enterprise, kind: str, leaving_out: SupportCase | None = None) -> int:
    """Return the state money agreed on for an enterprise (VND): of a kind, or of all (empty)."""
    cases = SupportCase.objects.agreed().filter(enterprise=enterprise)
    if kind:
        cases = cases.filter(task__key=kind)
    if leaving_out is not None and leaving_out.pk:
        cases = cases.exclude(pk=leaving_out.pk)
    return cases.order_by().aggregate(given=Sum("state_share"))["given"] or 0


def lacks_rule(task: Task, day: dt.date) -> bool:
    """Whether no rule bounds the support of this task on the day."""
    return not SupportRule.objects.binding(task, day).exists()


def sentence(found: Iterable[str]) -> str:
    """Return what is said against the amounts as one text."""
    return " ".join(found)
