"""An account that nobody uses is warned of, disabled after 45 days, and opened again by mail."""

import datetime as dt
import re

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from accounts.selectors import AccessState, memberships_visible_to, with_access_state
from accounts.services import idle_accounts_check
from accounts.tasks import idle_accounts_check as nightly
from audit.models import Entry
from tests.accounts.factories import code
from tests.factories import PASSWORD, user

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def idle(days: float, *, warned: float | None = None, role: Role = Role.UNIT_OFFICER) -> User:
    """A person last seen so many days ago, and warned then."""
    person = user(role=role)
    seen = NOW - dt.timedelta(days=days)
    warned_at = None if warned is None else NOW - dt.timedelta(days=warned)
    User.objects.filter(pk=person.pk).update(
        last_login=seen, created_at=seen, idle_warned_at=warned_at
    )
    return person


def is_disabled(person: User) -> bool:
    """Whether the account is disabled for disuse."""
    person.refresh_from_db()
    return person.disabled_idle_at is not None


@pytest.mark.parametrize(("days", "warned"), [(37.9, False), (38.1, True), (200, True)])
def test_people_are_warned_a_week_before(
    days: float, warned: bool, mailoutbox: list[EmailMessage]
) -> None:
    person = idle(days)
    idle_accounts_check(now=NOW)
    assert [mail.to for mail in mailoutbox] == ([[person.email]] if warned else [])
    idle_accounts_check(now=NOW + dt.timedelta(days=1))
    assert len(mailoutbox) <= 1 or not warned
    if warned:
        closing = timezone.localtime(NOW + dt.timedelta(days=7)).strftime("%d/%m/%Y")
        assert closing in mailoutbox[0].body
        assert not is_disabled(person)


@pytest.mark.parametrize(
    ("days", "warned", "disabled"),
    [
        (45.1, 7, True),
        (45.1, 6.5, False),
        (44.9, 7, False),
        (45.1, None, False),
        # Warned, then seen, then idle again without a new notice.
        (45.1, 60, False),
    ],
)
def test_an_account_is_disabled_after_45_days_and_a_notice(
    days: float, warned: float | None, disabled: bool, mailoutbox: list[EmailMessage]
) -> None:
    person = idle(days, warned=warned)
    idle_accounts_check(now=NOW)
    assert is_disabled(person) is disabled
    assert person.is_active
    entries = Entry.objects.filter(act="idle_account_disable")
    assert [entry.target_id for entry in entries] == ([str(person.pk)] if disabled else [])
    if disabled:
        assert "Mở lại tài khoản" in mailoutbox[-1].body


def test_from_the_last_visit_to_the_end_night_by_night(mailoutbox: list[EmailMessage]) -> None:
    person = idle(0)
    nights = [NOW + dt.timedelta(days=days, seconds=days % 7) for days in range(1, 60)]
    disabled_on = None
    for number, night in enumerate(nights, 1):
        if idle_accounts_check(now=night)[1]:
            disabled_on = number
    assert disabled_on == 45
    assert is_disabled(person)
    assert len(mailoutbox) == 2


def test_demo_accounts_stay(mailoutbox: list[EmailMessage]) -> None:
    person = idle(99, warned=9)
    User.objects.filter(pk=person.pk).update(is_demo=True)
    nightly()
    assert not is_disabled(person)
    assert mailoutbox == []


def test_the_last_administrator_stays() -> None:
    one, two = (idle(99, warned=9, role=Role.ADMINISTRATOR) for _each in range(2))
    closed = idle(99, warned=9, role=Role.ADMINISTRATOR)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    idle_accounts_check(now=NOW)
    assert [is_disabled(one), is_disabled(two)] == [True, False]


def test_one_mail_that_fails_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    first, second = idle(99, warned=9), idle(99, warned=9)
    send = EmailMessage.send

    def fail_for_first(mail: EmailMessage, **options: object) -> int:
        if mail.to == [first.email]:
            raise OSError
        return send(mail, **options)

    monkeypatch.setattr(EmailMessage, "send", fail_for_first)
    idle_accounts_check(now=NOW)
    assert [is_disabled(first), is_disabled(second)] == [False, True]


@pytest.fixture
def disabled() -> User:
    """Somebody whose account is disabled for disuse."""
    person = idle(60, warned=15)
    idle_accounts_check(now=NOW)
    assert is_disabled(person)
    return person


def log_in(client: Client, person: User, password: str = PASSWORD) -> str:
    """Log in and return where that led."""
    data = {"login": person.email, "password": password}
    answer = client.post(reverse("account_login"), data)
    if answer.headers.get("Location") == reverse("mfa_authenticate"):
        answer = client.post(reverse("mfa_authenticate"), {"code": code()})
    return answer.headers.get("Location", "")


def link_in(mail: EmailMessage) -> str:
    """The address in a mail."""
    found = re.search(r"http://testserver(\S+)", str(mail.body))
    assert found
    return found[1]


def test_the_password_alone_does_not_open_it(
    client: Client, disabled: User, mailoutbox: list[EmailMessage]
) -> None:
    sent = len(mailoutbox)
    assert log_in(client, disabled) == reverse("idle_account_sent")
    assert client.get(reverse("overview")).status_code == 302
    assert [mail.to for mail in mailoutbox[sent:]] == [[disabled.email]]
    log_in(client, disabled)
    assert len(mailoutbox) == sent + 1


def test_a_session_ends_when_the_account_is_disabled(client: Client, disabled: User) -> None:
    User.objects.filter(pk=disabled.pk).update(disabled_idle_at=None)
    client.force_login(disabled)
    assert client.get(reverse("overview")).status_code == 200
    User.objects.filter(pk=disabled.pk).update(disabled_idle_at=NOW)
    assert client.get(reverse("overview")).status_code == 302


def test_the_mailed_link_and_the_password_open_it_again(
    client: Client, disabled: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post(reverse("idle_account_ask"), {"email": disabled.email.upper()})
    link = link_in(mailoutbox[-1])
    assert client.get(link).status_code == 200
    assert is_disabled(disabled)
    answer = client.post(link, follow=True)
    assert "đã được mở lại" in answer.content.decode()
    assert not is_disabled(disabled)
    assert Entry.objects.get(act="idle_account_reopen").actor_id == disabled.pk
    # Not logged in by the link alone, and not disabled again the night after.
    assert client.get(reverse("overview")).status_code == 302
    idle_accounts_check(now=NOW + dt.timedelta(days=1))
    assert not is_disabled(disabled)
    assert log_in(client, disabled) == reverse("worklist")


@pytest.mark.parametrize("wrong", ["used", "old", "forged", "of an earlier time"])
def test_a_wrong_link_says_so_and_opens_nothing(
    client: Client,
    disabled: User,
    mailoutbox: list[EmailMessage],
    wrong: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client.post(reverse("idle_account_ask"), {"email": disabled.email})
    link = link_in(mailoutbox[-1])
    match wrong:
        case "used":
            client.post(link)
        case "old":
            later = timezone.now() + dt.timedelta(days=3, minutes=1)
            monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
        case "forged":
            link = link[:-3] + "x/"
    if wrong in {"used", "of an earlier time"}:
        User.objects.filter(pk=disabled.pk).update(disabled_idle_at=timezone.now())
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 400
        assert "không còn hiệu lực" in answer.content.decode()
    assert is_disabled(disabled)


@pytest.mark.parametrize("whose", ["nobody", "active", "closed"])
def test_every_address_is_answered_alike(
    client: Client, disabled: User, mailoutbox: list[EmailMessage], whose: str
) -> None:
    known = client.post(reverse("idle_account_ask"), {"email": disabled.email}, follow=True)
    sent = len(mailoutbox)
    other = user(role=Role.UNIT_OFFICER)
    if whose == "closed":
        User.objects.filter(pk=other.pk).update(is_active=False, disabled_idle_at=NOW)
    email = "khong.co@vidu.invalid" if whose == "nobody" else other.email
    answer = client.post(reverse("idle_account_ask"), {"email": email}, follow=True)
    assert answer.content == known.content
    assert len(mailoutbox) == sent


def test_a_wrong_password_tells_nothing_of_it(
    client: Client, disabled: User, mailoutbox: list[EmailMessage]
) -> None:
    sent = len(mailoutbox)
    assert log_in(client, disabled, "sai-mat-khau-hoan-toan") == ""
    assert len(mailoutbox) == sent


def test_the_access_review_tells_it_apart(disabled: User) -> None:
    administrator = user(role=Role.ADMINISTRATOR)
    rows = with_access_state(memberships_visible_to(administrator), NOW)
    assert rows.get(user=disabled).state == AccessState.DISABLED
