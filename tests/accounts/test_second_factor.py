"""A second factor for everyone, before anything else."""

import re
import time
from collections.abc import Iterator
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings

from accounts import gates
from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from tests.accounts.factories import administrator, code, log_in
from tests.factories import PASSWORD, user
from tests.house.test_layers import own_addresses

pytestmark = pytest.mark.django_db

# What allauth does after the commit of an act is waited for.
committed = pytest.mark.django_db(transaction=True)

SETUP = "/tai-khoan/xac-thuc/"
SAMPLES = {"uidb36": "1", "key": "x-y", "day": "2026-11-01"}


def every_address() -> Iterator[tuple[str, str]]:
    """Name and a path of every address that the portal answers."""
    addresses = get_resolver().reverse_dict
    for name in addresses:
        if isinstance(name, str):
            template, parameters = addresses[name][0][0]
            yield name, "/" + template % {one: SAMPLES.get(one, "1") for one in parameters}


ADDRESSES = sorted(every_address())
OWN = {pattern.name for pattern in own_addresses()}
FOR_EVERYONE = {
    "health",
    "idle_account_ask",
    "idle_account_reopen",
    "idle_account_sent",
    "invitation_accept",
    "invitation_open",
    "session_state",
}


def without_second_factor(client: Client) -> User:
    """Somebody who is logged in and has no second factor yet."""
    person = user(role=Role.ADMINISTRATOR, second_factor=False)
    client.force_login(person)
    return person


def set_up(client: Client) -> object:
    """Set up the app on a phone, as a person does."""
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    return client.post(reverse("mfa_activate_totp"), {"code": code(secret)})


def test_the_addresses_tried_here_are_all_that_there_are() -> None:
    names = {name for name, _path in ADDRESSES}
    assert names >= OWN
    assert len(names - OWN) > 20


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_second_factor_every_address_leads_to_its_set_up(
    method: str, client: Client
) -> None:
    without_second_factor(client)
    closed = [row for row in ADDRESSES if row[0] not in gates.WITHOUT_SECOND_FACTOR]
    assert len(closed) > 40
    for name, path in closed:
        answer = getattr(client, method)(path)
        assert (answer.status_code, answer.headers.get("Location")) == (302, SETUP), name


def test_what_is_open_without_a_second_factor_is_its_set_up_and_the_way_out() -> None:
    assert {name for name, _path in ADDRESSES} >= gates.WITHOUT_SECOND_FACTOR
    assert {"health", "session_state", "session_continue"} == gates.WITHOUT_SECOND_FACTOR & OWN


def test_a_part_of_a_page_is_led_there_as_a_whole_page(client: Client) -> None:
    without_second_factor(client)
    answer = client.get(reverse("overview"), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == SETUP
    assert answer.content == b""


def test_without_a_login_every_page_of_the_portal_leads_to_the_login(client: Client) -> None:
    for name, path in ADDRESSES:
        if name in OWN - FOR_EVERYONE:
            for answer in (client.get(path), client.post(path)):
                assert answer.status_code == 302, name
                assert answer.headers["Location"].startswith("/tai-khoan/login/"), name


def test_the_demonstration_needs_no_second_factor(client: Client, settings: Settings) -> None:
    without_second_factor(client)
    settings.DEMO = True
    assert client.get(reverse("search")).status_code == 200


@committed
def test_the_set_up_opens_the_portal_and_is_told(client: Client, mailoutbox: list) -> None:
    person = user(role=Role.UNIT_OFFICER, second_factor=False)
    assert log_in(client, person.email)
    answer = set_up(client)
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    page = client.get(answer.headers["Location"])
    assert len(page.context["unused_codes"]) == 10
    assert client.get(reverse("search")).status_code == 200
    assert "xác thực hai lớp" in mailoutbox[0].body
    kinds = [entry.after for entry in Entry.objects.filter(act="second_factor_add")]
    assert {"second_factors": ["totp"]} in kinds


def test_a_wrong_code_sets_nothing_up(client: Client) -> None:
    without_second_factor(client)
    log_in(client, user(role=Role.UNIT_OFFICER, second_factor=False).email)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert not Authenticator.objects.exists()


@committed
def test_the_first_set_up_ends_sessions_that_began_with_the_password_alone() -> None:
    person = user(role=Role.UNIT_OFFICER, second_factor=False)
    first, second = Client(), Client()
    assert log_in(first, person.email)
    assert log_in(second, person.email)
    set_up(second)
    assert second.get(reverse("search")).status_code == 200
    assert first.get(reverse("search")).headers["Location"].startswith("/tai-khoan/login/")


def test_the_set_up_asks_for_the_password_again_after_a_while(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = user(role=Role.UNIT_OFFICER, second_factor=False)
    log_in(client, person.email)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 901)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(answer.headers["Location"], {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_the_password_alone_opens_nothing(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("search")).headers["Location"].startswith("/tai-khoan/login/")


@pytest.mark.parametrize(("steps", "let_in"), [(-2, False), (-1, True), (0, True), (2, False)])
def test_the_code_of_the_phone_lets_in_half_a_minute_around(
    steps: int, let_in: bool, client: Client
) -> None:
    person = user(role=Role.UNIT_OFFICER)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code(steps=steps)})
    assert ("_auth_user_id" in client.session) is let_in


def test_a_code_lets_in_once_as_long_as_it_would_be_right(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = user(role=Role.UNIT_OFFICER)
    used = code()
    assert log_in(client, person.email)
    now = time.time()
    # What allauth remembers of a code is forgotten after 30 seconds, the code is right for 60.
    cache.delete(f"allauth.mfa.totp.used?user={person.pk}&code={used}")
    monkeypatch.setattr(time, "time", lambda: now + 30)
    again = Client()
    again.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    again.post(reverse("mfa_authenticate"), {"code": f"{used[:3]} {used[3:]}"})
    assert "_auth_user_id" not in again.session


def test_a_recovery_code_lets_in_once() -> None:
    person = user(role=Role.UNIT_OFFICER, second_factor=False)
    first = Client()
    log_in(first, person.email)
    set_up(first)
    recovery = first.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    for let_in in (True, False):
        browser = Client()
        browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
        browser.post(reverse("mfa_authenticate"), {"code": recovery})
        assert ("_auth_user_id" in browser.session) is let_in


def test_five_wrong_codes_lock_the_second_factor(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    for _attempt in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert "quá nhiều lần" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_new_password_by_mail_does_not_go_around_the_second_factor(
    client: Client, mailoutbox: list
) -> None:
    person = user(role=Role.UNIT_OFFICER)
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)
    assert link
    new = "mat-khau-moi-hoan-toan"
    form = client.get(link[1], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_login"), {"login": person.email, "password": new})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert "_auth_user_id" in client.session


def test_an_administrator_takes_a_lost_second_factor_away(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    browser = Client()
    assert log_in(browser, person.email)
    client.force_login(administrator())
    answer = client.post(reverse("user_mfa_reset", args=[person.pk]), {"reason": "Mất máy"})
    assert answer.status_code == 302
    assert not Authenticator.objects.filter(user=person).exists()
    assert not UserSession.objects.filter(user=person).exists()
    assert browser.get(reverse("search")).headers["Location"].startswith("/tai-khoan/login/")
    entry = Entry.objects.about(person).get(act="user_mfa_reset")
    assert (entry.before["second_factors"], entry.reason) == (["totp"], "Mất máy")
    assert log_in(browser, person.email)
    assert browser.get(reverse("search")).headers["Location"] == SETUP


def test_a_reset_without_a_reason_is_refused(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    client.force_login(administrator())
    answer = client.post(reverse("user_mfa_reset", args=[person.pk]), {"reason": " "})
    assert "reason" in answer.context["form"].errors
    assert Authenticator.objects.filter(user=person).exists()


def test_whoever_removes_their_only_second_factor_sets_up_another(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    log_in(client, person.email)
    client.post(reverse("mfa_deactivate_totp"))
    assert Entry.objects.about(person).filter(act="second_factor_remove").exists()
    assert client.get(reverse("search")).headers["Location"] == SETUP


@committed
def test_new_recovery_codes_take_the_place_of_the_old_ones(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    log_in(client, person.email)
    client.post(reverse("mfa_generate_recovery_codes"))
    old = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    client.post(reverse("mfa_generate_recovery_codes"))
    new = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert not set(old) & set(new)
    assert Entry.objects.filter(act="recovery_codes_renew").count() == 2


def test_accounts_from_before_count_as_verified() -> None:
    person = user(second_factor=False)
    EmailAddress.objects.all().delete()
    migration = import_module("accounts.migrations.0011_verified_addresses").Migration
    (step,) = migration.operations
    step.code(apps, None)
    assert EmailAddress.objects.get(user=person).verified


def test_whoever_gives_up_at_the_code_comes_back_to_the_login(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_logout"))
    assert client.get(reverse("account_login")).status_code == 200
