"""Acts on organisations."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from django.db import transaction

from accounts import policies
from accounts.choices import OrganisationKind
from accounts.models import AdministrativeArea, Organisation
from accounts.services.changes import apply, told
from audit.actors import Actor
from audit.services import record
from core.versions import take


class OrganisationDetails(TypedDict, total=False):
    """What an organisation may have beside its code, name, kind and first day."""

    short_name: str
    parent: Organisation | None
    valid_to: dt.date | None
    area: AdministrativeArea | None
    sectors: list[str]
    aliases: list[str]
    decision_number: str
    decided_on: dt.date | None


@transaction.atomic
def organisation_create(
    *,
    code: str,
    name: str,
    kind: OrganisationKind,
    valid_from: dt.date,
    by: Actor,
    **details: Unpack[OrganisationDetails],
) -> Organisation:
    """Create an organisation that exists from ``valid_from`` to ``valid_to`` (both included)."""
    policies.can_edit_organisations(by).require()
    organisation = Organisation(code=code, name=name, kind=kind, valid_from=valid_from, **details)
    organisation.full_clean()
    organisation.save()
    after = {"code": code, "name": name, "kind": kind, "valid_from": valid_from}
    after |= {field: value for field, value in told(details).items() if value}
    record(act="organisation_create", by=by, target=organisation, after=after)
    return organisation


@transaction.atomic
def organisation_edit(
    *, organisation: Organisation, values: Mapping[str, Any], version: int | None, by: Actor
) -> Organisation:
    """Correct the record of an organisation; its code stays.

    Raises ``StaleVersionError`` if it was saved since ``version``, ``ValidationError`` for dates
    that break a succession or leave roles outside.
    """
    policies.can_edit_organisations(by).require()
    kept = take(Organisation.objects.all(), organisation.pk, version)
    before, after = apply(kept, values)
    if after:
        kept.full_clean()
        kept.save()
        record(act="organisation_edit", by=by, target=kept, before=before, after=after)
    return kept
