"""Acts on memberships."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policies
from accounts.choices import Role
from accounts.models import Membership, Organisation, User
from accounts.selectors import position
from accounts.services.administrators import administrators_lock, require_administrator_without
from audit.actors import Actor
from audit.services import record
from core.errors import DomainError

ONE_DAY = dt.timedelta(days=1)
TAKEN_BACK = "membership_take_back"


@transaction.atomic
def membership_grant(
    *,
    user: User,
    organisation: Organisation,
    role: Role,
    valid_from: dt.date,
    by: Actor,
    valid_to: dt.date | None = None,
) -> Membership:
    """Give a person a role in an organisation from ``valid_from`` to ``valid_to``, both included.

    Raises ``ValidationError`` where it overlaps, or where the role has no place there.
    """
    if isinstance(by, User):
        policies.can_change_roles(by, user).require()
        require_place(role, organisation)
    return grant(
        user=user,
        organisation=organisation,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
        by=by,
    )


def require_place(role: Role, organisation: Organisation) -> None:
    """Refuse a role in an organisation of a kind in which nobody holds it."""
    place = policies.role_has_place(role, organisation)
    if not place:
        raise ValidationError({"role": place.reason})


def grant(
    *,
    user: User,
    organisation: Organisation,
    role: Role,
    valid_from: dt.date,
    valid_to: dt.date | None,
    by: Actor,
) -> Membership:
    """Give a role as part of an act that has asked whether it may."""
    # Its dates must not change before this is stored.
    place = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    membership = Membership(
        user=user, organisation=place, role=role, valid_from=valid_from, valid_to=valid_to
    )
    membership.full_clean()
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as error:
        # Somebody gave the same role at the same moment.
        told = _("This person holds this role here at these dates already.")
        raise ValidationError(told) from error
    after = {"organisation": organisation.code, "role": role, "valid_from": valid_from}
    if valid_to:
        after["valid_to"] = valid_to
    record(act="membership_grant", by=by, target=membership, after=after)
    return membership


@transaction.atomic
def membership_end(*, membership: Membership, last_day: dt.date, reason: str, by: User) -> None:
    """Let a role end; ``last_day`` is the last day on which it holds, the day before today at once.

    A role that would end before its first day is taken back: only the history knows of it.
    Raises ``DomainError`` where it has ended, or where nobody would administer the portal.
    """
    administrators_lock()
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    policies.can_change_roles(by, membership.user).require()
    today = timezone.localdate()
    if membership.valid_to and membership.valid_to <= max(last_day, today - ONE_DAY):
        told = _("This role ends on %(day)s already.")
        raise DomainError(told % {"day": membership.valid_to.strftime("%d/%m/%Y")})
    if last_day < today - ONE_DAY:
        raise DomainError(_("What was done with this role stands; end it yesterday or later."))
    if membership.role == Role.ADMINISTRATOR:
        day = max(last_day + ONE_DAY, today)
        require_administrator_without(membership=membership, day=day)
    dates = {"valid_from": membership.valid_from, "valid_to": membership.valid_to}
    if last_day < membership.valid_from:
        # The person reads of it where they are refused, and only the history is left to tell.
        held = {"user": membership.user.audit_name, "position": position(membership)}
        record(act=TAKEN_BACK, by=by, target=membership, before={**held, **dates}, reason=reason)
        membership.delete()
        return
    record(
        act="membership_end",
        by=by,
        target=membership,
        before=dates,
        after={**dates, "valid_to": last_day},
        reason=reason,
    )
    membership.valid_to = last_day
    membership.save(update_fields=["valid_to"])
