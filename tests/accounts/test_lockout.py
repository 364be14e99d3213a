"""Wrong passwords lock the account for 15 minutes, and after 50 the network address."""

import threading
import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.choices import Role
from accounts.lockout import Attempt
from accounts.models import User
from audit.models import Entry
from tests.accounts.factories import log_in
from tests.factories import PASSWORD, user

pytestmark = pytest.mark.django_db

WRONG = "sai-mat-khau-hoan-toan"
LOCKED = "Nhập sai quá nhiều lần"


def attempt(email: str, password: str = WRONG, **origin: str) -> str:
    """The page that answers an attempt, from an address of the attacker's choice."""
    answer = Client(**origin).post(reverse("account_login"), {"login": email, "password": password})
    return answer.content.decode()


@pytest.fixture
def person() -> User:
    """Somebody with an account."""
    return user(role=Role.UNIT_OFFICER)


def test_the_sixth_attempt_is_refused_although_the_password_is_right(
    person: User, client: Client
) -> None:
    for _attempt in range(5):
        assert LOCKED not in attempt(person.email)
    assert LOCKED in attempt(person.email, PASSWORD)
    assert not log_in(client, person.email)
    assert Entry.objects.about(person).filter(act="login_locked").count() == 1


def test_four_failures_lock_nothing(person: User, client: Client) -> None:
    for _attempt in range(4):
        attempt(person.email)
    assert log_in(client, person.email)


def test_the_account_is_locked_in_any_spelling_and_from_any_address(person: User) -> None:
    for number in range(5):
        attempt(person.email.upper(), REMOTE_ADDR=f"192.0.2.{number}")
    assert LOCKED in attempt(person.email, PASSWORD, REMOTE_ADDR="192.0.2.99")


@pytest.mark.parametrize(("seconds", "let_in"), [(14 * 60 + 50, False), (15 * 60 + 1, True)])
def test_the_lock_holds_for_15_minutes_after_the_fifth_failure(
    seconds: int, let_in: bool, person: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = time.time()
    # The first four came over ten minutes: a window that slides would open too early.
    for late in (0, 150, 300, 450, 600):
        monkeypatch.setattr(time, "time", lambda late=late: start + late)
        attempt(person.email)
    monkeypatch.setattr(time, "time", lambda: start + 600 + seconds)
    assert log_in(client, person.email) is let_in


def test_known_and_unknown_addresses_are_locked_alike(person: User) -> None:
    answers = {}
    for email in (person.email, "khong.co@vidu.invalid"):
        answers[email] = [LOCKED in attempt(email) for _attempt in range(7)]
    assert answers[person.email] == answers["khong.co@vidu.invalid"]
    assert Entry.objects.filter(act="login_locked").count() == 1


def fail_fifty_times(**origin: str) -> None:
    """Fail once with each of fifty accounts."""
    for number in range(50):
        attempt(f"nguoi.la.{number}@vidu.invalid", **origin)


def test_fifty_failures_lock_the_address_and_no_other(person: User) -> None:
    fail_fifty_times(REMOTE_ADDR="192.0.2.7")
    assert LOCKED in attempt(person.email, PASSWORD, REMOTE_ADDR="192.0.2.7")
    assert LOCKED not in attempt(person.email, PASSWORD, REMOTE_ADDR="192.0.2.8")


def test_a_success_at_the_address_wipes_no_failure(person: User) -> None:
    for number in range(49):
        attempt(f"nguoi.la.{number}@vidu.invalid", REMOTE_ADDR="192.0.2.7")
    assert log_in(Client(REMOTE_ADDR="192.0.2.7"), person.email)
    attempt("nguoi.la@vidu.invalid", REMOTE_ADDR="192.0.2.7")
    assert LOCKED in attempt(user().email, PASSWORD, REMOTE_ADDR="192.0.2.7")


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_forged_header_does_not_make_another_address(
    proxies: int, person: User, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for number in range(50):
        forged = f"203.0.113.{number}" if not proxies else f"203.0.113.{number}, 198.51.100.9"
        attempt(
            f"nguoi.la.{number}@vidu.invalid",
            REMOTE_ADDR="198.51.100.9",
            HTTP_X_FORWARDED_FOR=forged,
        )
    forged = "203.0.113.99" if not proxies else "203.0.113.99, 198.51.100.9"
    told = attempt(person.email, PASSWORD, REMOTE_ADDR="198.51.100.9", HTTP_X_FORWARDED_FOR=forged)
    assert LOCKED in told


def test_addresses_of_one_ipv6_network_count_as_one(person: User) -> None:
    for number in range(50):
        attempt(f"nguoi.la.{number}@vidu.invalid", REMOTE_ADDR=f"2001:db8:0:1::{number:x}")
    assert LOCKED in attempt(person.email, PASSWORD, REMOTE_ADDR="2001:db8:0:1::ffff")
    assert LOCKED not in attempt(person.email, PASSWORD, REMOTE_ADDR="2001:db8:0:2::1")


def test_many_attempts_at_once_get_no_more_tries() -> None:
    begun: list[bool] = []
    together = threading.Barrier(20)

    def begin() -> None:
        together.wait()
        begun.append(Attempt(account="mot@vidu.invalid", address="192.0.2.1").begin())

    threads = [threading.Thread(target=begin) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cache.close()
    assert begun.count(True) <= 5


def test_wrong_passwords_typed_later_count_too(person: User, client: Client) -> None:
    log_in(client, person.email)
    for _attempt in range(5):
        client.post(reverse("account_reauthenticate"), {"password": WRONG})
    assert LOCKED in attempt(person.email, PASSWORD)


def test_a_person_who_succeeds_often_is_not_locked(person: User) -> None:
    for _attempt in range(8):
        assert LOCKED not in attempt(person.email, PASSWORD)
