"""People who log in, and invitations, for the tests of this room."""

import datetime as dt
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Invitation, Organisation, User
from accounts.services import invitation_create
from tests.factories import PASSWORD, TOTP_SECRET, organisation, user

PERIOD = 30


def code(secret: str = TOTP_SECRET, steps: int = 0) -> str:
    """What the phone shows now, or so many steps of 30 seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps))


def log_in(client: Client, email: str, password: str = PASSWORD) -> bool:
    """Whether the login form and the code of the phone let this person in."""
    client.post(reverse("account_login"), {"login": email, "password": password})
    if "account_login" in client.session:
        client.post(reverse("mfa_authenticate"), {"code": code()})
    return "_auth_user_id" in client.session


def administrator() -> User:
    """An administrator of the portal."""
    return user(role=Role.ADMINISTRATOR)


def invitation(
    *,
    by: User,
    email: str = "duoc.moi@vidu.invalid",
    full_name: str = "Người Được Mời",
    where: Organisation | None = None,
    role: Role = Role.UNIT_OFFICER,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> tuple[Invitation, str]:
    """An invitation and the token of its link."""
    tokens: list[str] = []

    def address(token: str) -> str:
        tokens.append(token)
        return f"http://testserver{reverse('invitation_open', args=[token])}"

    made = invitation_create(
        email=email,
        full_name=full_name,
        organisation=where or organisation(),
        role=role,
        valid_from=valid_from or timezone.localdate(),
        valid_to=valid_to,
        address=address,
        by=by,
    )
    return made, tokens[0]
