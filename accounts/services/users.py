"""Acts on people."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Organisation, User
from accounts.services.memberships import membership_grant
from audit.actors import Actor
from audit.services import record
from core.errors import DomainError


@transaction.atomic
def user_create(
    *, email: str, full_name: str, password: str, by: Actor, demo: bool = False
) -> User:
    """Create a person who can log in with this password but has no right yet.

    Whoever creates them vouches for the address, so it counts as verified.
    """
    user = User.objects.create_user(email=email, full_name=full_name, password=password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if demo:
        user.is_demo = True
        user.save(update_fields=["is_demo"])
    after = {"email": user.email, "full_name": full_name, "is_demo": demo}
    record(act="user_create", by=by, target=user, after=after)
    return user


@transaction.atomic
def administrator_create(
    *, email: str, full_name: str, password: str, organisation_code: str, by: Actor
) -> User:
    """Create a person who administers the portal from today, in an organisation that is here.

    Raises ``DomainError`` for an unknown organisation, ``ValidationError`` for a weak password or
    an address that is taken.
    """
    organisation = Organisation.objects.filter(code=organisation_code).first()
    if organisation is None:
        told = _("There is no organisation %(code)s; load the plan first or name another one.")
        raise DomainError(told % {"code": organisation_code})
    validate_password(password, User(email=email, full_name=full_name))
    user = user_create(email=email, full_name=full_name, password=password, by=by)
    membership_grant(
        user=user,
        organisation=organisation,
        role=Role.ADMINISTRATOR,
        valid_from=timezone.localdate(),
        by=by,
    )
    return user


@transaction.atomic
def password_set(*, user: User, password: str) -> None:
    """Give a person the new password that they chose; it is checked where they typed it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(act="password_set", by=user, target=user)
