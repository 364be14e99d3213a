"""Reminders: once at 7 working days, at 1, and when overdue, on the days worked out by hand."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.choices import Role
from accounts.models import Membership, User
from core.registers.worklist import Item
from notifications.choices import MailMode
from notifications.models import DailyRun, Notice, OutboxMail, WorkingDayOverride
from notifications.selectors import people_at_work
from notifications.services import (
    daily_run_do,
    daily_runs_sweep,
    mail_preference_set,
    reminders_send,
)
from notifications.services.reminders import RemindersIncompleteError
from notifications.tasks import daily_run_do as daily_run_task
from tests.factories import user
from tests.notifications.factories import MARKUP, item, work

pytestmark = pytest.mark.django_db

Remind = Callable[[str, str], dict[str, list[str]]]


def day(text: str) -> dt.date:
    """A day written as people here write it."""
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone


def days(first: str, last: str) -> list[dt.date]:
    """Every day from one to another."""
    start = day(first)
    return [start + dt.timedelta(days=count) for count in range((day(last) - start).days + 1)]


def reminded_on(person: User, what: Item, first: str, last: str) -> dict[str, list[str]]:
    """On which days somebody is reminded of a thing, if the portal runs on each of them."""
    found: dict[str, list[str]] = {}
    with work({person.pk: [what]}):
        for one in days(first, last):
            reminders_send(day=one)
            new = Notice.objects.filter(recipient=person).values_list("key", flat=True)
            for key in new:
                found.setdefault(key.split(":")[1], [f"{one:%d/%m/%Y}"])
    assert Notice.objects.filter(recipient=person).count() == len(found)
    return found


# Off: Tết 2026 from Saturday 14/2 to Sunday 22/2 (16/2-20/2 by law), Tết 2027 from Thursday 4/2
# to Wednesday 10/2. In January 2026 Friday 2/1 was swapped with Saturday 10/1.
@pytest.mark.parametrize(
    ("due", "week", "one_day", "overdue", "first", "last"),
    [
        ("23/02/2026", "05/02/2026", "13/02/2026", "24/02/2026", "20/01/2026", "05/03/2026"),
        ("13/02/2026", "04/02/2026", "12/02/2026", "23/02/2026", "20/01/2026", "05/03/2026"),
        ("11/02/2027", "26/01/2027", "03/02/2027", "12/02/2027", "15/01/2027", "25/02/2027"),
        ("03/02/2027", "25/01/2027", "02/02/2027", "11/02/2027", "15/01/2027", "25/02/2027"),
        # The swapped Saturday is the working day before the due date.
        ("12/01/2026", "31/12/2025", "10/01/2026", "13/01/2026", "15/12/2025", "20/01/2026"),
        # A due date on a Sunday: Friday is the last working day to do it, Thursday one before.
        ("20/12/2026", "09/12/2026", "17/12/2026", "21/12/2026", "25/11/2026", "30/12/2026"),
    ],
    ids=[
        "after Tết 2026",
        "before Tết 2026",
        "after Tết 2027",
        "before Tết 2027",
        "swap",
        "Sunday",
    ],
)
def test_reminders_fall_on_these_days(
    due: str, week: str, one_day: str, overdue: str, first: str, last: str
) -> None:
    WorkingDayOverride.objects.create(day=day("02/01/2026"), is_working=False, reason="Hoán đổi")
    WorkingDayOverride.objects.create(day=day("10/01/2026"), is_working=True, reason="Làm bù")
    person = user(role=Role.UNIT_OFFICER)
    assert reminded_on(person, item(due=day(due)), first, last) == {
        "week": [week],
        "day": [one_day],
        "overdue": [overdue],
    }


def test_without_the_entries_of_the_office_the_swapped_saturday_is_a_weekend() -> None:
    person = user(role=Role.UNIT_OFFICER)
    found = reminded_on(person, item(due=day("12/01/2026")), "15/12/2025", "20/01/2026")
    assert found["day"] == ["09/01/2026"]


def test_a_reminder_says_what_is_due_when_and_leads_there() -> None:
    person = user(role=Role.UNIT_OFFICER)
    what = item(due=day("23/02/2026"), title="Nộp báo cáo", url="/bao-cao/9/", detail="Kỳ 2026")
    with work({person.pk: [what]}, label="Báo cáo của đơn vị"):
        assert reminders_send(day=day("05/02/2026")) == 1
    told = Notice.objects.get()
    assert told.title == "Còn 7 ngày làm việc: Nộp báo cáo"
    assert told.text == "Báo cáo của đơn vị, hạn 23/02/2026\nKỳ 2026"
    assert told.url == "/bao-cao/9/"
    assert "https://nscl.example/bao-cao/9/" in OutboxMail.objects.get().body


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        ("04/02/2026", None),
        ("05/02/2026", "week"),
        ("12/02/2026", "week"),
        ("13/02/2026", "day"),
        ("23/02/2026", "day"),
        ("24/02/2026", "overdue"),
        ("10/06/2026", "overdue"),
        ("14/02/2026", None),
        ("18/02/2026", None),
    ],
)
def test_after_missed_days_the_stage_of_the_day_is_sent_and_no_earlier_one(
    on: str, stage: str | None
) -> None:
    person = user(role=Role.UNIT_OFFICER)
    with work({person.pk: [item(due=day("23/02/2026"))]}):
        reminders_send(day=day(on))
        reminders_send(day=day(on))
    assert [one.key.split(":")[1] for one in Notice.objects.all()] == ([stage] if stage else [])


def test_another_due_date_is_reminded_of_anew_the_same_one_never() -> None:
    person = user(role=Role.UNIT_OFFICER)
    for due in ("23/02/2026", "23/02/2026", "24/02/2026"):
        with work({person.pk: [item(due=day(due))]}):
            reminders_send(day=day("06/02/2026"))
    assert Notice.objects.count() == 2


def test_what_has_no_due_date_is_never_reminded_of() -> None:
    person = user(role=Role.UNIT_OFFICER)
    with work({person.pk: [item()]}):
        assert reminders_send(day=day("06/02/2026")) == 0


def test_only_people_who_hold_a_role_that_day_are_reminded() -> None:
    former, closed, nobody = user(role=Role.UNIT_OFFICER), user(role=Role.UNIT_OFFICER), user()
    Membership.objects.filter(user=former).update(valid_to=day("05/02/2026"))
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert people_at_work(day("05/02/2026")) == [former]
    assert people_at_work(day("06/02/2026")) == []
    due = day("10/02/2026")
    with work({one.pk: [item(due=due)] for one in (former, closed, nobody)}):
        assert reminders_send(day=day("06/02/2026")) == 0


def test_one_persons_trouble_does_not_keep_reminders_from_others() -> None:
    first, second = user(role=Role.UNIT_OFFICER), user(role=Role.UNIT_OFFICER)
    broken = item("viec:2", due=day("10/02/2026"), url="https://ke-xau.example/")
    fine = item(due=day("10/02/2026"))
    with work({first.pk: [fine, broken], second.pk: [fine]}):
        with pytest.raises(RemindersIncompleteError):
            reminders_send(day=day("06/02/2026"))
        assert [one.recipient for one in Notice.objects.all()] == [second]
    with work({first.pk: [fine], second.pk: [fine]}):
        assert reminders_send(day=day("06/02/2026")) == 1


def test_markup_in_a_reminder_stays_text() -> None:
    person = user(role=Role.UNIT_OFFICER)
    with work({person.pk: [item(due=day("10/02/2026"), title=MARKUP)]}, label=MARKUP):
        reminders_send(day=day("06/02/2026"))
    mail = OutboxMail.objects.get()
    assert MARKUP in mail.body
    assert mail.html == ""


# --- The work of a day -------------------------------------------------------------------------
def moment(text: str) -> dt.datetime:
    """A moment in Việt Nam."""
    return dt.datetime.strptime(f"{text} +0700", "%H:%M %d/%m/%Y %z")


@pytest.mark.parametrize(
    ("at", "days_begun"),
    [
        ("07:29 06/02/2026", []),
        ("07:30 06/02/2026", [dt.date(2026, 2, 6)]),
        ("23:59 06/02/2026", [dt.date(2026, 2, 6)]),
        ("00:10 07/02/2026", []),
    ],
)
def test_the_work_of_a_day_begins_at_half_past_seven_or_when_the_scheduler_is_back(
    at: str, days_begun: list[dt.date]
) -> None:
    handed: list[int] = []
    daily_runs_sweep(now=moment(at), dispatch=handed.append)
    assert [run.day for run in DailyRun.objects.all()] == days_begun
    assert len(handed) == len(days_begun)


def test_however_often_schedulers_ask_the_work_is_done_once_and_holds_the_reminders_of_the_day(
    mailoutbox: list,
) -> None:
    person = user(role=Role.UNIT_OFFICER)
    mail_preference_set(mail=MailMode.DIGEST, by=person)
    with work({person.pk: [item(due=day("10/02/2026"), title="Nộp báo cáo")]}):
        for minute in range(30, 36):
            at = moment(f"07:{minute} 06/02/2026")
            for _scheduler in range(2):
                daily_runs_sweep(now=at, dispatch=daily_run_task)
    run = DailyRun.objects.get()
    assert run.finished_at
    assert run.attempts == 1
    assert "Nộp báo cáo" in OutboxMail.objects.get().body


def test_a_day_that_was_not_finished_is_tried_again_but_not_for_ever() -> None:
    person = user(role=Role.UNIT_OFFICER)
    broken = item(due=day("10/02/2026"), url="https://ke-xau.example/")
    at = moment("08:00 06/02/2026")
    with work({person.pk: [broken]}):
        for _attempt in range(5):
            daily_runs_sweep(now=at, dispatch=daily_run_task)
            DailyRun.objects.update(lease_until=None)
    run = DailyRun.objects.get()
    assert run.finished_at is None
    assert run.attempts == 3


def test_a_worker_that_lost_the_day_does_not_end_it_for_the_other() -> None:
    run = DailyRun.objects.create(day=day("06/02/2026"))
    first = DailyRun.objects.claim(run.pk, dt.timedelta(0))
    assert first
    assert DailyRun.objects.claim(run.pk, dt.timedelta(seconds=60))
    daily_run_do(run=first)
    run.refresh_from_db()
    assert run.finished_at is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_remind_at_the_same_moment_once() -> None:
    people = [user(role=Role.UNIT_OFFICER) for _one in range(3)]

    def at_once(_number: int) -> int:
        try:
            return reminders_send(day=day("06/02/2026"))
        finally:
            connection.close()

    with (
        work({person.pk: [item(due=day("10/02/2026"))] for person in people}),
        ThreadPoolExecutor(4) as threads,
    ):
        assert sum(threads.map(at_once, range(8))) == 3
    assert Notice.objects.count() == OutboxMail.objects.count() == 3
