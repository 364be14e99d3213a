"""Acts on memberships."""

import datetime as dt

from django.db import transaction

from accounts.choices import Role
from accounts.models import Membership, Organisation, User
from audit.actors import Actor
from audit.services import record


@transaction.atomic
def membership_grant(
    *, user: User, organisation: Organisation, role: Role, valid_from: dt.date, by: Actor
) -> Membership:
    """Give a person a role in an organisation from ``valid_from`` (included)."""
    # Its dates must not change before this is stored.
    place = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    membership = Membership(user=user, organisation=place, role=role, valid_from=valid_from)
    membership.full_clean()
    membership.save()
    after = {"organisation": organisation.code, "role": role, "valid_from": valid_from}
    record(act="membership_grant", by=by, target=membership, after=after)
    return membership
