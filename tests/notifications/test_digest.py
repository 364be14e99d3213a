"""One mail a day with what is new, each notice in one mail only."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from notifications.choices import MailMode
from notifications.models import Notice, OutboxMail
from notifications.services import digests_send, mail_preference_set, notice_read
from tests.factories import user
from tests.notifications.factories import MARKUP, notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    """Someone who wants one mail a day."""
    person = user()
    mail_preference_set(mail=MailMode.DIGEST, by=person)
    return person


def test_a_digest_holds_what_is_new_in_order_and_once(reader: User) -> None:
    notice(reader, title="Việc thứ nhất", text="Lời", url="/ke-hoach/")
    notice(reader, title="Việc thứ hai")
    notice(user(), title="Của người khác")
    OutboxMail.objects.all().delete()
    assert digests_send() == 1
    assert digests_send() == 0
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.subject) == (reader.email, "2 thông báo mới")
    first, second = mail.body.index("1. Việc thứ nhất"), mail.body.index("2. Việc thứ hai")
    assert first < second
    assert "https://nscl.example/ke-hoach/" in mail.body
    assert "Của người khác" not in mail.body


def test_what_was_read_meanwhile_is_left_out(reader: User) -> None:
    made = notice(reader)
    notice_read(notice=made, by=reader)
    assert digests_send() == 0


def test_who_changes_to_single_mails_still_gets_what_waited(reader: User) -> None:
    notice(reader, title="Chờ thư tổng hợp")
    mail_preference_set(mail=MailMode.SINGLE, by=reader)
    notice(reader, title="Gửi ngay")
    assert digests_send() == 1
    subjects = {mail.subject for mail in OutboxMail.objects.all()}
    assert subjects == {"Gửi ngay", "1 thông báo mới"}


def test_a_closed_account_gets_no_digest(reader: User) -> None:
    notice(reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert digests_send() == 0


def test_markup_in_a_digest_stays_text(reader: User) -> None:
    notice(reader, title=MARKUP, text=MARKUP)
    digests_send()
    mail = OutboxMail.objects.get()
    assert mail.body.count(MARKUP) == 2
    assert mail.html == ""


@pytest.mark.django_db(transaction=True)
def test_digests_at_the_same_moment_are_one(reader: User) -> None:
    for _number in range(5):
        notice(reader)

    def at_once(_number: int) -> int:
        try:
            return digests_send()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(at_once, range(8))) == 1
    assert OutboxMail.objects.count() == 1
    assert not Notice.objects.not_mailed().exists()
    assert Notice.objects.filter(mailed_at__gt=timezone.now() - dt.timedelta(hours=1)).count() == 5
