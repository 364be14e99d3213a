"""The outbox: written with the act, sent once, tried again, wiped."""

import datetime as dt
import smtplib
from collections.abc import Iterable

import pytest
from django.conf import settings as portal_settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from notifications import tasks
from notifications.choices import MailState
from notifications.models import OutboxMail
from notifications.services import outbox_mail_send, outbox_mails_put, outbox_mails_sweep
from notifications.services.mails import KEPT, PAUSES
from tests.factories import user
from tests.notifications.factories import mail

pytestmark = pytest.mark.django_db

LEASE = dt.timedelta(seconds=60)
TOKEN = "https://nscl.example/dat-lai/bi-mat-9f3a/"


class Refusing(BaseEmailBackend):
    """A mail server that fails each time as it is told."""

    error: Exception = OSError("no route")

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Fail."""
        raise self.error


@pytest.fixture
def refusing(settings: Settings) -> type[Refusing]:
    """Let the mail server refuse everything."""
    settings.OUTBOX_TRANSPORT = f"{__name__}.Refusing"
    Refusing.error = OSError("no route")
    return Refusing


def send() -> None:
    """Send a mail with a token as any room does."""
    send_mail("Thư mời", f"Mở {TOKEN}", None, ["moi@vidu.invalid"])


def work_off(mail: OutboxMail) -> OutboxMail:
    """Let a worker take the mail, as the task does."""
    tasks.outbox_mail_send(mail.pk)
    mail.refresh_from_db()
    return mail


def pause_over(mail: OutboxMail) -> None:
    """Let the pause or the lease be over."""
    past = timezone.now() - dt.timedelta(seconds=1)
    OutboxMail.objects.filter(pk=mail.pk).update(lease_until=past)


def test_the_portal_sends_by_the_outbox() -> None:
    from laocai_nscl import settings  # noqa: PLC0415 - as the processes of the portal read them

    assert settings.EMAIL_BACKEND == "notifications.mail.OutboxBackend"
    assert settings.EMAIL_BACKEND != settings.OUTBOX_TRANSPORT


def test_a_mail_is_sent_once_with_its_own_message_id_and_then_wiped(mailoutbox: list) -> None:
    send()
    written = OutboxMail.objects.get()
    assert (written.state, written.to) == (MailState.WAITING, "moi@vidu.invalid")
    assert TOKEN in written.body
    sent = work_off(written)
    assert sent.state == MailState.SENT
    assert (sent.body, sent.html) == ("", "")
    assert sent.wiped_at
    work_off(sent)
    (arrived,) = mailoutbox
    assert TOKEN in arrived.body
    assert arrived.extra_headers["Message-ID"] == written.message_id
    assert arrived.from_email == portal_settings.DEFAULT_FROM_EMAIL


def test_a_mail_of_an_act_that_does_not_happen_is_never_written() -> None:
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert not OutboxMail.objects.exists()


def test_a_broker_that_is_down_does_not_disturb_the_act(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def down(_pk: int) -> None:
        raise OSError("Connection refused")

    message = EmailMessage("Thư", "Lời", to=["moi@vidu.invalid"])
    with django_capture_on_commit_callbacks(execute=True):
        assert outbox_mails_put(messages=[message], dispatch=down) == 1
    handed: list[int] = []
    assert outbox_mails_sweep(dispatch=handed.append) == 1
    assert handed == [OutboxMail.objects.get().pk]


def test_each_address_gets_a_mail_of_its_own(mailoutbox: list) -> None:
    message = EmailMultiAlternatives(
        "Thư", "Lời", to=["a@vidu.invalid"], cc=["b@vidu.invalid"], bcc=["c@vidu.invalid"]
    )
    message.attach_alternative("<p>Lời</p>", "text/html")
    message.send()
    assert get_connection().send_messages([]) == 0
    for written in OutboxMail.objects.all():
        work_off(written)
    assert sorted(arrived.recipients() for arrived in mailoutbox) == [
        ["a@vidu.invalid"], ["b@vidu.invalid"], ["c@vidu.invalid"],
    ]  # fmt: skip
    assert mailoutbox[0].alternatives[0].content == "<p>Lời</p>"


def test_what_the_outbox_cannot_carry_is_refused_aloud() -> None:
    message = EmailMessage("Thư", "Lời", to=["a@vidu.invalid"])
    message.attach("bang.csv", "a;b", "text/csv")
    with pytest.raises(ValueError, match="attachments"):
        message.send()


def test_a_claim_is_given_once() -> None:
    written = mail()
    assert OutboxMail.objects.claim(written.pk, LEASE)
    assert OutboxMail.objects.claim(written.pk, LEASE) is None
    assert outbox_mails_sweep(dispatch=lambda _pk: None) == 0


def test_a_mail_whose_worker_died_is_sent_again_with_the_same_id(mailoutbox: list) -> None:
    written = mail()
    assert OutboxMail.objects.claim(written.pk, LEASE)
    pause_over(written)
    assert outbox_mails_sweep(dispatch=tasks.outbox_mail_send) == 1
    assert [one.extra_headers["Message-ID"] for one in mailoutbox] == [written.message_id]
    assert work_off(written).state == MailState.SENT


def test_what_was_sent_counts_as_sent_though_the_claim_was_lost(mailoutbox: list) -> None:
    written = mail()
    first = OutboxMail.objects.claim(written.pk, LEASE)
    assert first
    pause_over(written)
    assert OutboxMail.objects.claim(written.pk, LEASE)
    assert outbox_mail_send(mail=first)
    written.refresh_from_db()
    assert written.state == MailState.SENT


@pytest.mark.parametrize(
    "error",
    [
        OSError("no route"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"no"),
        smtplib.SMTPRecipientsRefused({"a@vidu.invalid": (451, b"later")}),
        UnicodeError("?"),
    ],
)
def test_a_server_that_does_not_take_it_now_is_asked_again_later(
    error: Exception, refusing: type[Refusing], mailoutbox: list, settings: Settings
) -> None:
    refusing.error = error
    written = work_off(mail())
    assert written.state == MailState.PAUSED
    assert written.body
    assert type(error).__name__ in written.error
    wait = written.lease_until - timezone.now()
    assert PAUSES[0] - LEASE < wait <= PAUSES[0]
    assert outbox_mails_sweep(dispatch=lambda _pk: None) == 0
    work_off(written)
    pause_over(written)
    settings.OUTBOX_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox_mails_sweep(dispatch=tasks.outbox_mail_send) == 1
    assert len(mailoutbox) == 1
    assert work_off(written).attempts == 2
    assert written.error == ""


def test_it_is_given_up_after_the_last_pause(refusing: type[Refusing]) -> None:
    written = mail()
    for _pause in PAUSES:
        assert work_off(written).state == MailState.PAUSED
        pause_over(written)
    assert work_off(written).state == MailState.FAILED
    assert outbox_mails_sweep(dispatch=lambda _pk: None) == 0


def test_an_address_that_the_server_refuses_is_given_up_at_once(refusing: type[Refusing]) -> None:
    refusing.error = smtplib.SMTPRecipientsRefused({"a@vidu.invalid": (550, b"unknown")})
    written = work_off(mail())
    assert written.state == MailState.FAILED
    assert "550" in written.error


def test_a_mail_that_kills_its_worker_each_time_is_given_up() -> None:
    written = mail(attempts=len(PAUSES) + 1)
    assert outbox_mails_sweep(dispatch=lambda _pk: None) == 0
    written.refresh_from_db()
    assert written.state == MailState.FAILED


@pytest.mark.parametrize(
    ("ago", "wiped"),
    [(KEPT - dt.timedelta(minutes=1), False), (KEPT + dt.timedelta(minutes=1), True)],
)
def test_the_text_of_a_mail_that_was_given_up_is_wiped_in_the_end(
    ago: dt.timedelta, wiped: bool
) -> None:
    written = mail(failed_at=timezone.now() - ago, html="<p>Lời</p>")
    outbox_mails_sweep(dispatch=lambda _pk: None)
    written.refresh_from_db()
    assert (written.body == written.html == "") is wiped
    assert bool(written.wiped_at) is wiped


NOW = timezone.now()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"sent_at": NOW}, "outbox_mail_sent_is_wiped"),
        ({"sent_at": NOW, "wiped_at": NOW}, "outbox_mail_wiped_is_empty"),
        (
            {"sent_at": NOW, "wiped_at": NOW, "body": "", "failed_at": NOW},
            "outbox_mail_one_end",
        ),
    ],
)
def test_the_database_keeps_no_text_of_a_mail_that_was_sent(values: dict, name: str) -> None:
    written = mail()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        OutboxMail.objects.filter(pk=written.pk).update(**values)


# --- The pages of administrators ---------------------------------------------------------------
@pytest.fixture
def administrator(client: Client) -> User:
    """An administrator, who is logged in."""
    person = user(role=Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def test_administrators_see_where_mail_went_but_never_what_it_says(
    client: Client, administrator: User
) -> None:
    written = mail(body=f"Mở {TOKEN}", html=f"<a href='{TOKEN}'>Mở</a>", subject="Thư mời")
    for url in (reverse("outbox_mail_list"), written.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "Thư mời" in page
        assert "bi-mat" not in page
    export = client.get(reverse("outbox_mail_list"), {"export": "xlsx"})
    assert b"".join(export.streaming_content)
    table = client.get(reverse("outbox_mail_list")).context["list"].table
    assert {"body", "html"}.isdisjoint(table.columns.names())


@pytest.mark.parametrize(
    ("state", "number"), [("waiting", 0), ("paused", 1), ("sent", 2), ("failed", 3)]
)
def test_the_list_is_narrowed_by_state(
    state: str, number: int, client: Client, administrator: User
) -> None:
    now = timezone.now()
    made = [
        mail(),
        mail(error="451"),
        mail(body="", sent_at=now, wiped_at=now),
        mail(failed_at=now, error="550"),
    ]
    assert [one.state for one in made] == ["waiting", "paused", "sent", "failed"]
    page = client.get(reverse("outbox_mail_list"), {"state": state})
    assert [row.record.pk for row in page.context["list"].table.rows] == [made[number].pk]
    assert "1 thư không gửi được" in page.content.decode()


def test_a_mail_that_was_given_up_is_sent_again_and_the_act_is_recorded(
    client: Client, administrator: User, mailoutbox: list
) -> None:
    written = mail(failed_at=timezone.now(), error="550", attempts=7)
    client.post(reverse("outbox_mail_resend", args=[written.pk]))
    assert work_off(written).state == MailState.SENT
    assert len(mailoutbox) == 1
    entry = Entry.objects.get(act="outbox_mail_resend")
    assert entry.actor_id == administrator.pk
    assert entry.before["error"] == "550"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"body": "", "sent_at": timezone.now(), "wiped_at": timezone.now()},
        {"body": "", "failed_at": timezone.now(), "wiped_at": timezone.now()},
    ],
    ids=["waiting", "sent", "wiped"],
)
def test_a_mail_that_waits_was_sent_or_wiped_is_not_sent_again(
    values: dict, client: Client, administrator: User
) -> None:
    written = mail(**values)
    answer = client.post(reverse("outbox_mail_resend", args=[written.pk]))
    assert answer.status_code == 403
    assert not Entry.objects.filter(act="outbox_mail_resend").exists()
    state = written.state
    written.refresh_from_db()
    assert written.state == state
