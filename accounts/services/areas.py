"""Acts on administrative areas."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts import policies
from accounts.continuity import ONE_DAY, refuse_impossible
from accounts.lineage import area_lineage
from accounts.models import AdministrativeArea, AreaSuccession
from accounts.services.changes import apply, told
from audit.actors import Actor
from audit.services import record
from core.versions import take


@transaction.atomic
def area_create(*, values: Mapping[str, Any], by: Actor) -> AdministrativeArea:
    """Create an area with its code, name, level and dates (both included)."""
    policies.can_edit_organisations(by).require()
    area = AdministrativeArea(**values)
    area.full_clean()
    area.save()
    after = {name: value for name, value in told(values).items() if value}
    record(act="area_create", by=by, target=area, after=after)
    return area


@transaction.atomic
def area_edit(
    *, area: AdministrativeArea, values: Mapping[str, Any], version: int | None, by: Actor
) -> AdministrativeArea:
    """Correct the record of an area; its code stays.

    Raises ``StaleVersionError`` if it was saved since ``version``, ``ValidationError`` for dates
    that break a succession.
    """
    policies.can_edit_organisations(by).require()
    kept = take(AdministrativeArea.objects.all(), area.pk, version)
    before, after = apply(kept, values)
    if after:
        kept.full_clean()
        kept.save()
        record(act="area_edit", by=by, target=kept, before=before, after=after)
    return kept


@transaction.atomic
def area_succession_record(
    *,
    predecessor: AdministrativeArea,
    successors: Sequence[AdministrativeArea],
    on: dt.date,
    by: Actor,
    version: int | None = None,
    decision_number: str = "",
    decided_on: dt.date | None = None,
) -> AdministrativeArea:
    """Let areas continue another from ``on``, their first day with it; the old one ends before.

    Raises ``DomainError`` for days out of order, a circle, or a succession recorded already.
    """
    policies.can_edit_organisations(by).require()
    old = take(AdministrativeArea.objects.all(), predecessor.pk, version)
    keys = sorted({one.pk for one in successors})
    new = list(AdministrativeArea.objects.select_for_update(of=("self",)).filter(pk__in=keys))
    refuse_impossible(old, new, on, area_lineage())
    decision = {"decision_number": decision_number, "decided_on": decided_on}
    after = area_succeed(old, new, on, decision=decision)
    record(act="area_succession_record", by=by, target=old, after=after)
    return old


def area_succeed(
    old: AdministrativeArea,
    new: Sequence[AdministrativeArea],
    on: dt.date,
    *,
    decision: Mapping[str, Any],
) -> dict[str, Any]:
    """Do what ``area_succession_record`` says with locked areas; returns what it did."""
    for one in new:
        link = AreaSuccession(predecessor=old, successor=one, on=on, **decision)
        link.full_clean()
        link.save()
    old.valid_to = on - ONE_DAY
    old.full_clean()
    old.save()
    return {"successors": [one.code for one in new], "valid_to": old.valid_to, **decision}
