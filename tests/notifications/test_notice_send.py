"""Telling people: the inbox always and at once, mail as each of them chose."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from notifications.choices import MailMode
from notifications.models import Notice, OutboxMail
from notifications.services import mail_preference_set, notice_send
from notifications.services.reminders import REMINDER
from tests.factories import user
from tests.notifications.factories import notice

pytestmark = pytest.mark.django_db


def tell(people: list[User], key: str = "", title: str = "Hồ sơ được trả lại") -> list[Notice]:
    """Tell people something."""
    return notice_send(
        kind=REMINDER, to=people, title=title, text="Thiếu giấy.", url="/x/", key=key
    )


def test_everyone_is_told_in_the_inbox_and_by_a_mail_of_their_own() -> None:
    people = [user(), user()]
    tell(people)
    assert {one.recipient for one in Notice.objects.unread()} == set(people)
    mails = list(OutboxMail.objects.all())
    assert {mail.to for mail in mails} == {person.email for person in people}
    assert mails[0].subject == "Hồ sơ được trả lại"
    assert "Thiếu giấy." in mails[0].body
    assert "https://nscl.example/x/" in mails[0].body
    assert "https://nscl.example/thong-bao/cach-nhan/" in mails[0].body


def test_who_chose_a_digest_gets_no_mail_of_its_own() -> None:
    person = user()
    mail_preference_set(mail=MailMode.DIGEST, by=person)
    tell([person])
    assert Notice.objects.get().mailed_at is None
    assert not OutboxMail.objects.exists()


def test_nothing_is_told_by_an_act_that_does_not_happen() -> None:
    person = user()
    with transaction.atomic():
        tell([person])
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not OutboxMail.objects.exists()


def test_a_closed_account_gets_nothing() -> None:
    person = user()
    person.is_active = False
    assert tell([person]) == []
    assert not OutboxMail.objects.exists()


def test_the_same_person_named_twice_is_told_once() -> None:
    person = user()
    assert len(tell([person, person])) == 1


def test_with_a_key_nobody_is_told_twice_but_others_still_are() -> None:
    first, second = user(), user()
    tell([first], key="nomination:7:returned")
    assert [one.recipient for one in tell([first, second], key="nomination:7:returned")] == [second]
    assert len(tell([first], key="nomination:8:returned")) == 1
    assert OutboxMail.objects.filter(to=first.email).count() == 2


def test_the_database_refuses_the_same_key_for_a_person_again() -> None:
    made = notice(user(), key="viec")
    made.pk = None
    with pytest.raises(IntegrityError, match="notice_told_once"), transaction.atomic():
        made.save()


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_the_same_thing_at_the_same_moment_tell_it_once() -> None:
    person = user()

    def at_once(_number: int) -> int:
        try:
            return len(tell([person], key="viec"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(at_once, range(24))) == 1
    assert Notice.objects.count() == OutboxMail.objects.count() == 1


def test_a_kind_that_no_room_registered_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        notice_send(kind="khong_co", to=[user()], title="Việc")


@pytest.mark.parametrize(
    "url", ["//ke-xau.example/", "https://ke-xau.example/", "/\\ke-xau.example", "javascript:x"]
)
def test_the_database_refuses_a_notice_that_leads_elsewhere(url: str) -> None:
    person = user()
    with pytest.raises(IntegrityError, match="notice_url_of_the_portal"), transaction.atomic():
        notice(person, url=url)


def test_a_title_that_is_too_long_is_cut_and_one_of_two_lines_stays_on_one() -> None:
    made = notice(user(), title="Việc\nkhẩn " + "rất dài " * 60)
    made.refresh_from_db()
    assert len(made.title) == 200
    mail = OutboxMail.objects.get()
    assert mail.subject.startswith("Việc khẩn rất dài")
    assert "\n" not in mail.subject


def test_telling_three_people_and_thirty_costs_the_same_queries() -> None:
    few, many = [user() for _one in range(3)], [user() for _one in range(30)]
    with CaptureQueriesContext(connection) as for_few:
        tell(few, key="a")
    with CaptureQueriesContext(connection) as for_many:
        tell(many, key="b")
    assert len(for_few) == len(for_many) <= 10
