"""Real workers, a real broker, a mail server: killed, told twice, broker down, ticks missed."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.notifications.smtp import MailServer, mail_server
from tests.workers import House

TOKEN = "bi-mat-9f3a"


class MailHouse(House):
    """A house from which mail goes to a server of the test."""

    mails: MailServer

    def write(self, times: int = 1) -> None:
        """Write a mail as any room does, and tell the workers so many times."""
        self.python(
            "from django.core.mail import send_mail\n"
            "from django.db import transaction\n"
            "from notifications.models import OutboxMail\n"
            "from notifications.tasks import outbox_mail_send\n"
            "with transaction.atomic():\n"
            f"    send_mail('Thư mời', 'Mã {TOKEN}', None, ['moi@vidu.invalid'])\n"
            f"for _ in range({times - 1}): outbox_mail_send.delay(OutboxMail.objects.get().pk)\n"
        )

    def facts(self) -> list[tuple]:
        """Of each mail: attempts, whether it was sent, and its text."""
        return self.query(
            "SELECT attempts, sent_at IS NOT NULL, body FROM notifications_outboxmail ORDER BY id"
        )

    def sent(self) -> bool:
        """Whether there are mails and all are sent."""
        return bool(self.facts()) and all(sent for _attempts, sent, _body in self.facts())


@pytest.fixture
def house(own_database: str) -> Iterator[MailHouse]:
    """A house of its own for each test, on the module's database."""
    with ExitStack() as stack:
        mails = stack.enter_context(mail_server())
        house = MailHouse(own_database, stack, EMAIL_URL=mails.url)
        house.mails = mails
        house.query(
            "TRUNCATE notifications_outboxmail, notifications_notice, notifications_dailyrun,"
            " notifications_workingdayoverride"
        )
        # No certificate of the demonstration ends: what waits is what the tests make.
        house.query("UPDATE enterprises_certificate SET expires_on = NULL")
        yield house


def test_with_the_broker_down_at_commit_the_mail_goes_out_later_once(house: MailHouse) -> None:
    house.redis.stop()
    house.write()
    ((attempts, sent, body),) = house.facts()
    assert (attempts, sent) == (0, False)
    assert TOKEN in body
    house.redis.start()
    house.scheduler()
    house.worker("first@test")
    house.wait(house.sent, "The mail was not sent after the broker came back.")
    house.wait(lambda: house.messages_left() == 0, "Messages are left over.")
    assert house.facts() == [(1, True, "")]
    (mail,) = house.mails.taken
    assert (mail["To"], TOKEN in mail.get_payload(decode=True).decode()) == (
        "moi@vidu.invalid",
        True,
    )


def test_a_worker_killed_while_sending_leaves_one_mail_that_the_server_confirmed(
    house: MailHouse,
) -> None:
    house.mails.confirms.clear()
    worker = house.worker("first@test")
    house.write()
    house.wait(lambda: len(house.mails.given) == 1, "The worker never sent the mail.")
    house.kill(worker)
    assert not house.sent()
    house.mails.confirms.set()
    house.worker("second@test")
    house.scheduler()
    house.wait(house.sent, "The mail was not sent after the restart.")
    assert house.facts() == [(2, True, "")]
    # Should the server have kept the first one too: it is the same mail by its name.
    assert len(house.mails.given) == 2
    assert len({mail["Message-ID"] for mail in house.mails.given}) == 1


def test_two_schedulers_two_workers_and_a_missed_tick_remind_once_and_mail_once(
    house: MailHouse,
) -> None:
    # The hour of the day has passed when the schedulers start; the day is worked by decision,
    # so that the test holds on a Sunday too.
    house.environment["DJANGO_SETTINGS_MODULE"] = "tests.notifications.worker_settings"
    house.query(
        "INSERT INTO notifications_workingdayoverride"
        " (day, is_working, reason, decision_number, version)"
        " VALUES ((now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, true, 'Kiểm thử', '', 1)"
    )
    house.write(times=10)
    for name in ("first@test", "second@test"):
        house.scheduler()
        house.worker(name)
    done = "SELECT count(*) FROM notifications_dailyrun WHERE finished_at IS NOT NULL"
    house.wait(lambda: house.query(done)[0][0] == 1, "The work of the day was not done.")
    house.wait(house.sent, "The mails were not sent.")
    house.wait(lambda: house.messages_left() == 0, "Messages are left over.")
    assert house.facts() == [(1, True, ""), (1, True, "")]
    assert house.query("SELECT title FROM notifications_notice") == [("Đến hạn: Nộp báo cáo",)]
    assert house.count("notifications_dailyrun") == 1
    assert sorted(mail["To"] for mail in house.mails.taken) == [
        "moi@vidu.invalid",
        "xa@demo.invalid",
    ]
