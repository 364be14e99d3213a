"""Nominations when enterprises are merged: what lies on two dossiers of one task becomes one."""

import dataclasses
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from enterprises import merging
from enterprises.choices import DossierState, NominationAct
from enterprises.merging import Collision, Part
from enterprises.models import Dossier, Enterprise, Nomination
from enterprises.services.nominations import step, withdraw


def register() -> None:
    """Called once, when the app is ready; nominations go over with their dossiers."""
    merging.register(Part(Dossier, _dossiers, _one_dossier), Part(Nomination))


def _dossiers(source: Enterprise, target: Enterprise) -> list[Collision]:
    """Dossiers of one round and task on both sides."""

    def of(enterprise: Enterprise) -> list[Dossier]:
        standing = Dossier.objects.exclude(state=DossierState.WITHDRAWN)
        return list(standing.filter(enterprise=enterprise).select_related("round", "task"))

    sides = (of(source), of(target))
    label = _("Dossier of a nomination")
    found = merging.same_key("dossier", label, sides, _key, _tell)
    return [dataclasses.replace(one, give_way=give_way) for one in found]


def _key(dossier: Dossier) -> tuple[int, int]:
    return dossier.round_id, dossier.task_id


def _tell(dossier: Dossier) -> str:
    state = DossierState(dossier.state).label
    return f"{dossier.round}, {dossier.task.code}: {state}"


def give_way(dossier: Any, by: User, reason: str) -> None:
    """Let a dossier end, its nominations apart."""
    change = (dossier.state, DossierState.WITHDRAWN)
    dossier.state, dossier.decision = DossierState.WITHDRAWN, None
    dossier.save()
    step(dossier, NominationAct.WITHDRAW, by, change=change, reason=reason)


def _one_dossier(collision: Collision, kept: str, by: User, reason: str) -> None:
    """Let nominations lie on the dossier that stays; of one organisation only one stands."""
    keeps, goes = collision.source[0], collision.target[0]
    if kept == "target":
        keeps, goes = goes, keeps
    there = set(keeps.nominations.standing().values_list("organisation", flat=True))
    twice = []
    for nomination in goes.nominations.standing().select_related("dossier", "organisation"):
        if nomination.organisation_id in there:
            twice.append(nomination)
            continue
        nomination.dossier, nomination.enterprise = keeps, keeps.enterprise
        nomination.save()
    for nomination in twice:
        withdraw(nomination, reason, by)
