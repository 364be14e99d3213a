"""Who gets in: invited people by e-mail and password, demo accounts only in the demonstration."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.choices import Role
from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.models import User
from accounts.services import demo_accounts_create
from audit.models import Entry
from tests.accounts.factories import log_in
from tests.factories import BY, PASSWORD, membership, user

pytestmark = pytest.mark.django_db

LOGIN = "account_login"


def test_a_person_logs_in_by_e_mail_in_any_case(client: Client) -> None:
    user(email="nguoi.mau@vidu.invalid", role=Role.UNIT_OFFICER)
    assert log_in(client, "Nguoi.Mau@vidu.invalid", PASSWORD)
    assert client.get(reverse("overview")).status_code == 200


def test_the_session_id_changes_at_login(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    client.get(reverse(LOGIN))
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert log_in(client, person.email, PASSWORD)
    assert client.session.session_key != session.session_key


@pytest.mark.parametrize("password", ["", "sai-mat-khau-hoan-toan"])
def test_a_wrong_password_is_refused(client: Client, password: str) -> None:
    person = user(role=Role.UNIT_OFFICER)
    assert not log_in(client, person.email, password)


def test_known_and_unknown_addresses_are_answered_alike(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    answers = [
        client.post(reverse(LOGIN), {"login": email, "password": "sai-mat-khau-hoan-toan"})
        .content.decode()
        .replace(email, "")
        for email in (person.email, "khong.co@vidu.invalid")
    ]
    without_tokens = [
        [line for line in answer.splitlines() if "csrfmiddlewaretoken" not in line]
        for answer in answers
    ]
    assert without_tokens[0] == without_tokens[1]


def test_someone_who_was_closed_out_is_cut_off_at_the_next_request(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    client.force_login(person)
    assert client.get(reverse("overview")).status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(reverse("overview")).status_code == 302


@pytest.mark.parametrize("account", DEMO_ACCOUNTS, ids=lambda account: account.email)
def test_each_demo_account_logs_in_where_the_demonstration_runs(
    account: object, client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    demo_accounts_create(by=BY)
    assert log_in(client, account.email, DEMO_PASSWORD)  # type: ignore[attr-defined]


def test_demo_accounts_are_refused_everywhere_else(client: Client, settings: Settings) -> None:
    demo_accounts_create(by=BY)
    settings.DEMO = False
    assert not log_in(client, DEMO_ACCOUNTS[0].email, DEMO_PASSWORD)


def test_a_demo_session_ends_where_the_demonstration_ends(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    demo_accounts_create(by=BY)
    assert log_in(client, DEMO_ACCOUNTS[0].email, DEMO_PASSWORD)
    settings.DEMO = False
    assert client.get(reverse("overview")).status_code == 302


def test_production_makes_no_demo_accounts(settings: Settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="máy dùng thử"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_demo_accounts_hold_every_role_and_are_made_once() -> None:
    assert demo_accounts_create(by=BY) == len(DEMO_ACCOUNTS)
    assert demo_accounts_create(by=BY) == 0
    held = {person.current_memberships[0].role for person in User.objects.all()}
    assert held == set(Role)
    assert Entry.objects.filter(act="user_create").count() == len(DEMO_ACCOUNTS)


def test_a_changed_password_counts_and_is_in_the_history(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    client.force_login(person)
    new = "mat-khau-moi-hoan-toan"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    person.refresh_from_db()
    assert person.check_password(new)
    assert Entry.objects.get(act="password_set").actor_id == person.pk


def test_a_forgotten_password_is_reset_by_mail(client: Client, mailoutbox: list) -> None:
    person = user(role=Role.UNIT_OFFICER)
    client.post(reverse("account_reset_password"), {"email": person.email})
    (mail,) = mailoutbox
    link = re.search(r"http://testserver(\S+)", mail.body)
    assert link
    form = client.get(link[1], follow=True)
    new = "mat-khau-moi-hoan-toan"
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)


def test_a_stranger_gets_no_mail_and_the_same_answer(client: Client, mailoutbox: list) -> None:
    person = user(role=Role.UNIT_OFFICER)
    answers = []
    for email, mails in (("khong.co@vidu.invalid", 0), (person.email, 1)):
        answer = client.post(reverse("account_reset_password"), {"email": email})
        answers.append((answer.status_code, answer.headers.get("Location")))
        assert len(mailoutbox) == mails
    assert answers[0] == answers[1]


def test_five_failures_lock_the_account_even_for_the_right_password(
    client: Client,
) -> None:
    person = user(role=Role.UNIT_OFFICER)
    for _attempt in range(5):
        assert not log_in(client, person.email, "sai-mat-khau-hoan-toan")
    assert not log_in(client, person.email, PASSWORD)
    assert log_in(client, user(role=Role.UNIT_OFFICER).email, PASSWORD)


def test_nobody_signs_up(client: Client) -> None:
    client.post(
        reverse("account_signup"),
        {"email": "moi@vidu.invalid", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not User.objects.exists()


def test_the_database_holds_one_account_for_an_address() -> None:
    user(email="mot@vidu.invalid")
    for email in ("mot@vidu.invalid", "MOT@vidu.invalid"):
        again = User(email=email, full_name="Hai")
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()


def test_the_database_refuses_the_same_role_twice_at_one_time() -> None:
    person = user()
    first = membership(person, Role.UNIT_OFFICER)
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()
