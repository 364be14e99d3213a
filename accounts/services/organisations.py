"""Acts on organisations."""

import datetime as dt

from django.db import transaction

from accounts.choices import OrganisationKind
from accounts.models import Organisation
from audit.actors import Actor
from audit.services import record


@transaction.atomic
def organisation_create(
    *,
    code: str,
    name: str,
    kind: OrganisationKind,
    valid_from: dt.date,
    by: Actor,
    short_name: str = "",
    parent: Organisation | None = None,
) -> Organisation:
    """Create an organisation that exists from ``valid_from`` (included)."""
    organisation = Organisation(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        valid_from=valid_from,
    )
    organisation.full_clean()
    organisation.save()
    after = {"code": code, "name": name, "kind": kind, "valid_from": valid_from}
    record(act="organisation_create", by=by, target=organisation, after=after)
    return organisation
