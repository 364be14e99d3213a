"""A session ends after 30 minutes of nothing and after 12 hours; polling is nothing."""

import datetime as dt
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.session_limits import BEGAN, QUIET_HEADER, SEEN, now
from tests.factories import user

pytestmark = pytest.mark.django_db

MINUTE, HOUR = 60, 3600


@pytest.fixture
def person(client: Client) -> Client:
    """The browser of somebody who has just logged in."""
    client.force_login(user(role=Role.PROGRAMME_OFFICER))
    return client


def age(client: Client, *, seen: float, began: float | None = None) -> None:
    """Make the session older, in seconds."""
    session = client.session
    session[SEEN] = now() - seen
    session[BEGAN] = now() - (seen if began is None else began)
    session.save()


def ends_with(answer: HttpResponse) -> str | None:
    """Why the login page says that the session ended, if that is where the answer leads."""
    target = urlsplit(answer.headers.get("Location", ""))
    assert target.path == reverse("account_login")
    return parse_qs(target.query).get("ended", [None])[0]


def test_both_limits_are_those_of_the_standard() -> None:
    assert dt.timedelta(minutes=30) == settings.SESSION_IDLE
    assert dt.timedelta(hours=12) == settings.SESSION_ABSOLUTE


@pytest.mark.parametrize(
    ("seen", "began", "end"),
    [
        (30 * MINUTE - 5, None, None),
        (30 * MINUTE, None, "idle"),
        (5 * MINUTE, 12 * HOUR - 5, None),
        (5 * MINUTE, 12 * HOUR, "absolute"),
    ],
)
def test_a_session_ends_when_a_limit_is_reached(
    person: Client, seen: float, began: float | None, end: str | None
) -> None:
    age(person, seen=seen, began=began)
    answer = person.get(reverse("overview"))
    if end is None:
        assert answer.status_code == 200
    else:
        assert ends_with(answer) == end
        assert not Session.objects.exists()
        assert person.get(reverse("overview")).status_code == 302


def test_work_starts_the_idle_clock_anew(person: Client) -> None:
    age(person, seen=20 * MINUTE)
    assert person.get(reverse("overview")).status_code == 200
    assert now() - person.session[SEEN] < MINUTE


QUIET: dict[str, Callable[[Client], HttpResponse]] = {
    "asking for the state": lambda client: client.get(reverse("session_state")),
    "a draft": lambda client: client.post(reverse("form_draft_save")),
    "the progress of a report": lambda client: client.get(reverse("report_run_progress", args=[1])),
    "the progress of an import": lambda client: client.get(
        reverse("import_run_progress", args=[1])
    ),
    "a page that says so": lambda client: client.get(
        reverse("overview"), headers={QUIET_HEADER: "1"}
    ),
}


@pytest.mark.parametrize("what", QUIET)
def test_what_a_page_asks_by_itself_is_no_work(person: Client, what: str) -> None:
    age(person, seen=20 * MINUTE)
    QUIET[what](person)
    assert now() - person.session[SEEN] >= 20 * MINUTE


def test_going_on_is_work_and_does_not_stretch_the_day(person: Client) -> None:
    age(person, seen=29 * MINUTE, began=11 * HOUR)
    assert person.get(reverse("session_state")).json() == {
        "left": MINUTE,
        "lasts": True,
        "warning": 180,
    }
    assert person.post(reverse("session_continue")).json()["left"] == 30 * MINUTE
    age(person, seen=0, began=12 * HOUR - MINUTE)
    answer = person.post(reverse("session_continue")).json()
    assert answer == {"left": MINUTE, "lasts": False, "warning": 180}


def test_a_session_that_is_over_has_nothing_left(client: Client) -> None:
    assert client.get(reverse("session_state")).json()["left"] == 0


def test_a_page_that_stands_open_learns_when_to_warn(person: Client) -> None:
    assert 'data-after="1620"' in person.get(reverse("overview")).content.decode()
    age(person, seen=0, began=12 * HOUR - 10 * MINUTE)
    assert 'data-after="420"' in person.get(reverse("overview")).content.decode()


def test_a_session_that_was_ended_elsewhere_says_so(person: Client) -> None:
    Session.objects.all().delete()
    assert ends_with(person.get(reverse("overview"))) == "gone"


def test_somebody_who_was_never_here_is_told_nothing_of_a_session(client: Client) -> None:
    assert ends_with(client.get(reverse("overview"))) is None
    client.post(reverse("account_login"), {"login": "a@vidu.invalid", "password": "sai-hoan-toan"})
    assert ends_with(client.get(reverse("overview"))) is None


@pytest.mark.parametrize(
    ("end", "sentence"),
    [("idle", "lâu không có thao tác"), ("absolute", "một ngày làm việc"), ("gone", "đã kết thúc")],
)
def test_the_login_page_says_why(client: Client, end: str, sentence: str) -> None:
    page = client.get(reverse("account_login"), {"ended": end, "next": "/"}).content.decode()
    assert sentence in page
    assert sentence not in client.get(reverse("account_login")).content.decode()


def test_htmx_is_sent_to_the_login_page_and_back_to_its_own(person: Client) -> None:
    age(person, seen=31 * MINUTE)
    page = f"http://testserver{reverse('report_run_list')}"
    answer = person.get(reverse("overview"), headers={"HX-Request": "true", "HX-Current-URL": page})
    target = urlsplit(answer.headers["HX-Redirect"])
    query = parse_qs(target.query)
    assert (answer.status_code, target.path) == (200, reverse("account_login"))
    assert query == {"next": [reverse("report_run_list")], "ended": ["idle"]}


def test_the_limits_begin_anew_at_each_login(client: Client) -> None:
    person = user(role=Role.PROGRAMME_OFFICER)
    client.force_login(person)
    age(client, seen=31 * MINUTE, began=13 * HOUR)
    client.get(reverse("overview"))
    client.force_login(person)
    assert client.get(reverse("overview")).status_code == 200
