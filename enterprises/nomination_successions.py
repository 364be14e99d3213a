"""Open nominations pass on when one organisation continues another."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from audit.actors import Actor
from audit.services import record
from core.registers.successions import OpenWork, Piece
from enterprises.choices import NominationAct, NominationState
from enterprises.models import Nomination, NominationStep
from enterprises.models.dossiers import DECIDED
from enterprises.models.nominations import STANDING, NominationQuerySet


def _open(old: Organisation) -> NominationQuerySet:
    """What is not decided on, drafts included."""
    undecided = Q(state=NominationState.DRAFT) | Q(state__in=STANDING) & ~Q(
        dossier__state__in=DECIDED
    )
    rows = Nomination.objects.filter(undecided, organisation=old)
    return rows.select_related("enterprise", "task")


def find(old: Organisation) -> Iterator[Piece]:
    """What the organisation has open."""
    for nomination in _open(old):
        yield Piece(str(nomination.pk), str(nomination))


def move(*, keys: list[str], old: Organisation, new: Organisation, by: Actor) -> None:
    """Let the heir have them; one that it has nominated itself stays where it is, to be read."""
    for nomination in _open(old).filter(pk__in=keys).select_for_update(of=("self",)):
        same = Nomination.objects.standing().filter(
            round=nomination.round_id,
            task=nomination.task_id,
            enterprise=nomination.enterprise_id,
            organisation=new,
        )
        if nomination.enterprise_id and same.exists():
            continue
        nomination.organisation = new
        nomination.save()
        _keep_step(nomination, new, by)
        before, after = {"organisation": str(old)}, {"organisation": str(new)}
        record(act="nomination_pass_on", by=by, target=nomination, before=before, after=after)


def _keep_step(nomination: Nomination, new: Organisation, by: Any) -> None:
    if nomination.dossier_id is None:
        return
    NominationStep(
        dossier_id=nomination.dossier_id,
        nomination=nomination,
        organisation=new,
        act=NominationAct.PASS_ON,
        by=by if isinstance(by, User) else None,
    ).save()


OPEN_NOMINATIONS = OpenWork("nomination", _("Nominations"), find, move)
