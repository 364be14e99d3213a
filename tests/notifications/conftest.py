"""The outbox as the portal has it; what it sends is kept in ``mailoutbox``."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def outbox(settings: Settings) -> None:
    """Write mail into the outbox; the mail server is Django's list of sent mails."""
    settings.EMAIL_BACKEND = "notifications.mail.OutboxBackend"
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    settings.PORTAL_URL = "https://nscl.example"
