"""The e-mail backend of the portal: whatever sends mail by Django's means uses the outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from notifications import services
from notifications.tasks import outbox_mail_send


class OutboxBackend(BaseEmailBackend):
    """Writes mails into the outbox, in the transaction of the act that sends them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put the mails into the outbox; a worker sends them after the commit."""
        services.outbox_mails_put(messages=email_messages, dispatch=outbox_mail_send.delay)
        return len(email_messages)
