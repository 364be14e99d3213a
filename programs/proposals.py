"""What was entered about a plan, with who may do what about it; and what of it waits for whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.decisions import Decision
from core.registers.worklist import Item
from programs import policies
from programs.decisions import ASSIGNMENT, KINDS, Kind, Subject
from programs.models import Plan


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision that staff entered: what it is, in words, and who may do what about it."""

    kind: Kind
    row: Any
    subject: Subject
    told: str
    decide: Decision
    mend: Decision
    take_back: Decision


def proposals_of(user: User, plan: Plan, kinds: Iterable[Kind] = ()) -> list[Proposal]:
    """Return what staff entered about a plan and did not void, the newest first."""
    found = []
    for kind in kinds or KINDS.values():
        rows = kind.rows(user, plan).filter(recorded_by__isnull=False, voided_at__isnull=True)
        if kind is ASSIGNMENT:
            rows = rows.select_related("lead").prefetch_related("coordinating")
        found += [_proposal(user, kind, row) for row in rows]
    return sorted(found, key=lambda one: one.row.recorded_at, reverse=True)


def _proposal(user: User, kind: Kind, row: Any) -> Proposal:
    return Proposal(
        kind=kind,
        row=row,
        subject=kind.subject_of(row),
        told=kind.told(row),
        decide=policies.can_decide(user, row),
        mend=policies.can_mend(user, row),
        take_back=policies.can_take_back(user, row),
    )


def proposals_to_decide(user: User) -> Iterator[Item]:
    """How many decisions about the plan wait for this person."""
    plan = Plan.objects.visible_to(user).current()
    if plan is None or not policies.can_decide_any(user):
        return
    waiting = sum(
        kind.rows(user, plan).waiting().exclude(recorded_by=user).count() for kind in KINDS.values()
    )
    if waiting:
        told = ngettext(
            "%(count)d decision about the plan waits for approval",
            "%(count)d decisions about the plan wait for approval",
            waiting,
        )
        url = reverse("plan_proposal_list", args=[plan.code])
        yield Item("plan_proposal:approval", told % {"count": waiting}, url)


def returned_proposals(user: User) -> Iterator[Item]:
    """What came back to the person who entered it."""
    plan = Plan.objects.visible_to(user).current()
    if plan is None or not policies.can_propose(user):
        return
    for kind in KINDS.values():
        returned = kind.rows(user, plan).returned_to(user)
        # Hardly ever is there one: all that tells it is read only then.
        for row in returned if returned.exists() else ():
            yield Item(
                key=f"plan_proposal:{kind.slug}:{row.pk}:returned:{row.version}",
                title=_("Returned: %(what)s")
                % {"what": f"{kind.label} {kind.subject_of(row).code}"},
                url=reverse("plan_proposal_edit", args=[plan.code, kind.slug, row.pk]),
                detail=row.returned_reason,
            )
