"""The outbox: mail is written in the transaction of an act and sent after it, once."""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable, Iterable
from email.utils import make_msgid, parseaddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.leases import lease_renewed
from notifications import policies
from notifications.models import OutboxMail

logger = logging.getLogger(__name__)

# Hands a mail to a worker; given by the caller, for services know no broker.
Dispatch = Callable[[int], object]

# How long a mail waits after each try that failed; after the last one it is given up.
PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720)]
# A mail that was given up can be sent again for so long; then its text is wiped.
KEPT = dt.timedelta(days=7)
AT_ONCE = 500


@transaction.atomic
def outbox_mails_put(*, messages: Iterable[EmailMessage], dispatch: Dispatch) -> int:
    """Put mails into the outbox, one for each address, in the caller's transaction.

    A broker that is down when it commits does not matter: the sweeper finds the mails. Raises
    ``ValueError`` for what the outbox does not carry: attachments, formats other than HTML.
    """
    mails = [mail for message in messages for mail in _written(message)]
    OutboxMail.objects.bulk_create(mails)

    def hand_out() -> None:
        for mail in mails:
            dispatch(mail.pk)

    if mails:
        transaction.on_commit(hand_out, robust=True)
    return len(mails)


def _written(message: EmailMessage) -> list[OutboxMail]:
    alternatives = getattr(message, "alternatives", [])
    if message.attachments or any(part.mimetype != "text/html" for part in alternatives):
        raise ValueError("The outbox carries text and HTML only, no attachments.")
    sender = message.from_email or settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return [
        OutboxMail(
            to=to,
            from_email=sender,
            subject=" ".join(str(message.subject).split())[:250],
            body=str(message.body),
            html=alternatives[0].content if alternatives else "",
            message_id=make_msgid(domain=domain or None),
        )
        for to in message.recipients()
    ]


def outbox_mail_send(*, mail: OutboxMail) -> bool:
    """Give a claimed mail to the mail server, and wipe its text once the server has it.

    Returns whether it was sent. A mail that the server does not take now is tried again later, one
    whose address it refuses is given up at once.
    """
    try:
        with lease_renewed(OutboxMail.objects.all(), mail):
            _message(mail).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        _failed(mail, error, for_ever=all(code >= 500 for code in codes))
    except (SMTPException, OSError) as error:
        _failed(mail, error)
    except Exception as error:
        logger.exception("Mail %d could not be sent.", mail.pk)
        _failed(mail, error)
    else:
        # Sent is sent, also when the claim was lost on the way.
        OutboxMail.objects.unfinished().filter(pk=mail.pk).update(
            sent_at=Now(), wiped_at=Now(), body="", html="", error="", lease_until=None
        )
        return True
    return False


def _message(mail: OutboxMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.body,
        from_email=mail.from_email,
        to=[mail.to],
        headers={"Message-ID": mail.message_id},
        connection=get_connection(settings.OUTBOX_TRANSPORT),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _failed(mail: OutboxMail, error: Exception, *, for_ever: bool = False) -> None:
    told = f"{type(error).__name__}: {error}"[:1000]
    logger.warning("Mail %d was not taken: %s.", mail.pk, type(error).__name__)
    held = OutboxMail.objects.held(mail)
    if for_ever or mail.attempts > len(PAUSES):
        held.update(failed_at=Now(), error=told, lease_until=None)
    else:
        held.update(lease_until=Now() + PAUSES[mail.attempts - 1], error=told)


def outbox_mails_sweep(*, dispatch: Dispatch) -> int:
    """Hand every mail out that waits and that no worker holds; wipe what was given up long ago."""
    given_up = OutboxMail.objects.failed().filter(wiped_at__isnull=True)
    given_up.filter(failed_at__lt=timezone.now() - KEPT).update(wiped_at=Now(), body="", html="")
    lost = OutboxMail.objects.lost()
    lost.filter(attempts__gt=len(PAUSES)).update(
        failed_at=Now(), lease_until=None, error=_("The worker stopped each time it sent the mail.")
    )
    waiting = list(lost.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in waiting:
        dispatch(pk)
    return len(waiting)


@transaction.atomic
def outbox_mail_resend(*, mail: OutboxMail, by: User, dispatch: Dispatch) -> OutboxMail:
    """Send a mail again that was given up."""
    mail = OutboxMail.objects.select_for_update().get(pk=mail.pk)
    policies.can_resend(by, mail).require()
    before = {"failed_at": mail.failed_at, "error": mail.error}
    mail.failed_at, mail.error, mail.attempts = None, "", 0
    mail.lease_until, mail.lease_token = None, None
    mail.save()
    record(act="outbox_mail_resend", by=by, target=mail, before=before)
    transaction.on_commit(lambda: dispatch(mail.pk), robust=True)
    return mail
