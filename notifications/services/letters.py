"""What mails of the portal say: plain text, so nothing in a title or text is ever markup."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User


def letter(user: User, subject: str, template: str, context: dict[str, Any]) -> EmailMessage:
    """Return a mail to a person, not sent yet."""
    body = render_to_string(
        f"notifications/mail/{template}.txt",
        {**context, "preference_url": address(reverse("mail_preference_set"))},
    )
    return EmailMessage(subject=subject, body=body, to=[user.email])


def address(path: str) -> str:
    """Return the whole address of a page, for those who read it outside the portal."""
    return f"{settings.PORTAL_URL}{path}" if path else ""
