"""The pages of the login library: what each kind of visitor gets, one row for each address."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import allauth_urls
from accounts.choices import Role
from tests.accounts.factories import log_in
from tests.factories import PASSWORD, user

pytestmark = pytest.mark.django_db

OK, LOGIN, AWAY = "200", "to the login", "elsewhere"
MISSING = "404"

# Name: what GET gives a visitor, and whoever is logged in with a second factor.
ROWS = {
    "account_login": (OK, AWAY),
    "account_logout": (LOGIN, OK),
    "account_inactive": (OK, OK),
    "account_signup": (OK, AWAY),
    "account_reauthenticate": (LOGIN, OK),
    "account_change_password": (LOGIN, OK),
    "account_set_password": (LOGIN, AWAY),
    "account_reset_password": (OK, OK),
    "account_reset_password_done": (OK, OK),
    "account_reset_password_from_key": (OK, OK),
    "account_reset_password_from_key_done": (OK, OK),
    "mfa_index": (LOGIN, OK),
    "mfa_authenticate": (LOGIN, AWAY),
    "mfa_reauthenticate": (LOGIN, OK),
    "mfa_activate_totp": (LOGIN, AWAY),
    "mfa_deactivate_totp": (LOGIN, OK),
    "mfa_view_recovery_codes": (LOGIN, MISSING),
    "mfa_generate_recovery_codes": (LOGIN, OK),
    "mfa_download_recovery_codes": (LOGIN, MISSING),
    "mfa_list_webauthn": (LOGIN, AWAY),
    "mfa_add_webauthn": (LOGIN, OK),
    "mfa_reauthenticate_webauthn": (LOGIN, AWAY),
    "mfa_remove_webauthn": (LOGIN, MISSING),
    "mfa_edit_webauthn": (LOGIN, MISSING),
}
ARGUMENTS = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "x-y"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
}


def got(client: Client, name: str) -> str:
    """What the address gives this client."""
    answer = client.get(reverse(name, kwargs=ARGUMENTS.get(name)))
    if answer.status_code != 302:
        return str(answer.status_code)
    login = reverse("account_login")
    return LOGIN if answer.headers["Location"].startswith(login) else AWAY


def test_every_address_of_the_login_library_has_its_row() -> None:
    assert [pattern.name for pattern in allauth_urls.urlpatterns] == list(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_a_visitor_gets_what_the_table_says(name: str, client: Client) -> None:
    assert got(client, name) == ROWS[name][0]


def test_whoever_is_logged_in_gets_what_the_table_says(client: Client) -> None:
    assert log_in(client, user(role=Role.UNIT_OFFICER).email)
    assert {name: got(client, name) for name in ROWS} == {
        name: expected for name, (_visitor, expected) in ROWS.items()
    }


def test_someone_without_a_role_reaches_their_own_account_only(client: Client) -> None:
    assert log_in(client, user().email)
    for name, (_visitor, expected) in ROWS.items():
        assert got(client, name) == expected, name


@pytest.mark.parametrize("name", ["account_reset_password", "account_login"])
def test_known_and_unknown_addresses_are_answered_alike(name: str) -> None:
    person = user(role=Role.UNIT_OFFICER)
    answers = []
    for email in (person.email, "khong.co@vidu.invalid"):
        browser = Client()
        sent = {"email": email, "login": email, "password": f"{PASSWORD}x"}
        answer = browser.post(reverse(name), sent, follow=True)
        lines = answer.content.decode().replace(email, "").splitlines()
        shown = [line for line in lines if "csrfmiddlewaretoken" not in line]
        answers.append((answer.status_code, answer.redirect_chain, shown))
    assert answers[0] == answers[1]


def test_too_many_requests_are_told_in_the_look_of_the_portal(client: Client) -> None:
    for _number in range(5):
        client.post(reverse("account_reset_password"), {"email": "khong.co@vidu.invalid"})
    answer = client.post(reverse("account_reset_password"), {"email": "khong.co@vidu.invalid"})
    assert answer.status_code == 429
    assert "Thao tác quá nhiều lần" in answer.content.decode()
