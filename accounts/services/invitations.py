"""Acts on invitations: sent, sent again, withdrawn, accepted."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policies
from accounts.choices import InvitationState, Role
from accounts.models import Invitation, Organisation, User
from accounts.services.memberships import grant, require_place
from accounts.services.users import user_create
from audit.actors import System
from audit.services import record
from core.errors import DomainError

# Returns the whole address that a token opens; only the page knows its own host.
Address = Callable[[str], str]


@transaction.atomic
def invitation_create(
    *,
    email: str,
    full_name: str,
    organisation: Organisation,
    role: Role,
    valid_from: dt.date,
    valid_to: dt.date | None,
    address: Address,
    by: User,
) -> Invitation:
    """Invite a person by mail to a role from ``valid_from`` to ``valid_to``, both included.

    Raises ``ValidationError`` at the field to correct, ``DomainError`` when the mail cannot go.
    """
    policies.can_administer(by).require()
    require_place(role, organisation)
    invitation = Invitation(
        email=email.strip().lower(),
        full_name=full_name,
        organisation=organisation,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
        invited_by=by,
    )
    if User.objects.filter(email=invitation.email).exists():
        told = _("This person has an account already; give the role on their page.")
        raise ValidationError({"email": told})
    token = _new_token(invitation)
    invitation.full_clean()
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        # Somebody invited the same person at the same moment.
        told = _("An invitation to this address is open already; send it again or withdraw it.")
        raise DomainError(told) from error
    after = {
        "email": invitation.email,
        "full_name": full_name,
        "organisation": organisation.code,
        "role": role,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    record(act="invitation_create", by=by, target=invitation, after=after)
    _mail(invitation, address(token))
    return invitation


@transaction.atomic
def invitation_resend(*, invitation: Invitation, address: Address, by: User) -> Invitation:
    """Send an open invitation again with a new link; the old link opens nothing any more."""
    invitation = _locked(invitation)
    policies.can_change_invitation(by, invitation).require()
    before = {"expires_at": invitation.expires_at}
    token = _new_token(invitation)
    invitation.save()
    after = {"expires_at": invitation.expires_at}
    record(act="invitation_resend", by=by, target=invitation, before=before, after=after)
    _mail(invitation, address(token))
    return invitation


@transaction.atomic
def invitation_withdraw(*, invitation: Invitation, by: User) -> Invitation:
    """Withdraw an open invitation: its link opens nothing any more."""
    invitation = _locked(invitation)
    policies.can_change_invitation(by, invitation).require()
    invitation.withdrawn_at = timezone.now()
    invitation.save()
    record(act="invitation_withdraw", by=by, target=invitation)
    return invitation


@transaction.atomic
def invitation_accept(*, token: str, password: str) -> User:
    """Make the account of whoever holds the link, with the password that they chose.

    Raises ``DomainError`` for a link that opens nothing, ``ValidationError`` for a weak password.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).filter(
        token_digest=digest(token)
    )
    found = invitation.select_related("organisation", "invited_by").first()
    refusal = policies.can_accept(found)
    if found is None or not refusal:
        raise DomainError(refusal.reason)
    newcomer = User(email=found.email, full_name=found.full_name)
    try:
        validate_password(password, newcomer)
    except ValidationError as error:
        raise ValidationError({"password1": error.messages}) from error
    user = user_create(
        email=found.email, full_name=found.full_name, password=password, by=found.invited_by
    )
    grant(
        user=user,
        organisation=found.organisation,
        role=Role(found.role),
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        by=found.invited_by,
    )
    found.accepted_at, found.user = timezone.now(), user
    found.save()
    record(act="invitation_accept", by=user, target=found)
    return user


@transaction.atomic
def invitation_refused(*, token: str) -> None:
    """Note that a link was opened which was used or withdrawn before: somebody else may hold it."""
    invitation = invitation_of(token)
    if invitation and invitation.state in {InvitationState.ACCEPTED, InvitationState.WITHDRAWN}:
        after = {"state": invitation.state}
        record(act="invitation_refused", by=System("invitation"), target=invitation, after=after)


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation that a link is about, whatever became of it."""
    return Invitation.objects.filter(token_digest=digest(token)).first()


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new_token(invitation: Invitation) -> str:
    token = secrets.token_urlsafe(32)
    invitation.token_digest = digest(token)
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + settings.INVITATION_VALID_FOR
    return token


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)


def _mail(invitation: Invitation, url: str) -> None:
    context = {"invitation": invitation, "url": url}
    body = render_to_string("accounts/mail/invitation.txt", context)
    try:
        send_mail(_("Your account of the portal"), body, None, [invitation.email])
    except (SMTPException, OSError) as error:
        told = _("The mail could not be sent, so nothing was changed. Try again in a few minutes.")
        raise DomainError(told) from error
