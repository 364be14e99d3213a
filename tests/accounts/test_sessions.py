"""Where a person is signed in, and how that ends."""

import datetime as dt
import time

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.devices import device_label
from accounts.models import User
from audit.models import Entry
from tests.accounts.factories import log_in
from tests.factories import PASSWORD, user

pytestmark = pytest.mark.django_db

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
LIST = "/tai-khoan/phien/"


@pytest.fixture
def person() -> User:
    """Somebody with an account."""
    return user(role=Role.UNIT_OFFICER)


def browser(person: User, **origin: str) -> Client:
    """A browser in which the person is signed in."""
    made = Client(**origin)
    assert log_in(made, person.email)
    return made


def signed_in(client: Client) -> bool:
    """Whether the browser still reaches the portal."""
    return client.get(reverse("search")).status_code == 200


@pytest.fixture
def two(client: Client, monkeypatch: pytest.MonkeyPatch, person: User) -> tuple[Client, Client]:
    """Two browsers in which the person is signed in."""
    first = browser(person, HTTP_USER_AGENT=CHROME, REMOTE_ADDR="192.0.2.1")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 90)
    second = browser(person, HTTP_USER_AGENT=SAFARI, REMOTE_ADDR="192.0.2.2")
    return first, second


def test_the_list_names_device_address_and_this_one(
    two: tuple[Client, Client], person: User
) -> None:
    page = two[0].get(LIST)
    told = [(device, session.ip, here) for session, device, here in page.context["sessions"]]
    assert sorted(told) == [
        ("Chrome, Windows", "192.0.2.1", True),
        ("Safari, iPhone", "192.0.2.2", False),
    ]


def test_one_device_is_signed_out(two: tuple[Client, Client], person: User) -> None:
    first, second = two
    session = UserSession.objects.get(ip="192.0.2.2")
    first.post(reverse("session_end", args=[session.pk]))
    assert signed_in(first)
    assert not signed_in(second)
    assert Entry.objects.get(act="session_end").after == {"remote_address": "192.0.2.2"}


def test_signing_out_here_by_the_list_leads_to_the_login(
    two: tuple[Client, Client], person: User
) -> None:
    first, second = two
    session = UserSession.objects.get(ip="192.0.2.1")
    answer = first.post(reverse("session_end", args=[session.pk]))
    assert answer.headers["Location"] == reverse("account_login")
    assert not signed_in(first)
    assert signed_in(second)


def test_signed_out_everywhere_means_here_too(two: tuple[Client, Client], person: User) -> None:
    first, second = two
    first.post(reverse("session_end_all"))
    assert not signed_in(first)
    assert not signed_in(second)
    assert Entry.objects.get(act="session_end_all").after == {"sessions": 2}


def test_a_session_of_somebody_else_is_not_there(two: tuple[Client, Client], person: User) -> None:
    stranger = browser(user(role=Role.UNIT_OFFICER))
    session = UserSession.objects.get(ip="192.0.2.2")
    assert stranger.post(reverse("session_end", args=[session.pk])).status_code == 404
    assert signed_in(two[1])


def test_a_new_password_ends_the_other_sessions(two: tuple[Client, Client], person: User) -> None:
    first, second = two
    new = "mat-khau-moi-hoan-toan"
    first.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert signed_in(first)
    assert not signed_in(second)
    assert len(first.get(LIST).context["sessions"]) == 1


def test_the_use_of_a_session_is_noted_every_few_minutes(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = browser(person)
    long_ago = timezone.now() - dt.timedelta(hours=1)
    seen = UserSession.objects.filter(user=person)
    seen.update(last_seen_at=long_ago)
    signed_in(used)
    assert seen.get().last_seen_at == long_ago
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    used.get(reverse("search"), headers={"X-Portal-Quiet": "1"})
    assert seen.get().last_seen_at == long_ago
    signed_in(used)
    assert seen.get().last_seen_at > long_ago


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (CHROME, "Chrome, Windows"),
        (SAFARI, "Safari, iPhone"),
        (f"{CHROME} Edg/140.0.0.0", "Edge, Windows"),
        (f"{CHROME} coc_coc_browser/140", "Cốc Cốc, Windows"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        ("curl/8", "Thiết bị không rõ"),
        ("", "Thiết bị không rõ"),
    ],
)
def test_a_device_is_told_by_browser_and_system(agent: str, label: str) -> None:
    assert device_label(agent) == label


def test_the_own_page_shows_roles_second_factor_and_sessions(
    two: tuple[Client, Client], person: User
) -> None:
    page = two[0].get(reverse("profile")).content.decode()
    assert "Cán bộ đơn vị" in page
    assert "Ứng dụng trên điện thoại" in page
    assert LIST in page
