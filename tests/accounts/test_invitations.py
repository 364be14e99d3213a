"""Invitations: a mail with a link that makes one account, once, within its days."""

import datetime as dt
import re
from smtplib import SMTPException

import pytest
from allauth.account.models import EmailAddress
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.choices import InvitationState, OrganisationKind, Role
from accounts.models import Invitation, Membership, User
from audit.models import Entry
from core.errors import DomainError
from tests.accounts.factories import administrator, invitation
from tests.factories import PASSWORD, organisation, user

pytestmark = pytest.mark.django_db

NEW = "mat-khau-rieng-cua-toi"
DAY = dt.timedelta(days=1)
ACCEPT = "/tai-khoan/loi-moi/"


@pytest.fixture
def admin(client: Client) -> User:
    """An administrator, who is logged in."""
    person = administrator()
    client.force_login(person)
    return person


def sent(email: str = "duoc.moi@vidu.invalid", **values: object) -> dict[str, object]:
    """What the form of an invitation sends."""
    return {
        "email": email,
        "full_name": "Người Được Mời",
        "organisation": organisation().pk,
        "role": Role.UNIT_OFFICER.value,
        "valid_from": f"{timezone.localdate():%d/%m/%Y}",
        "valid_to": "",
        **values,
    }


def opened(token: str) -> tuple[Client, object]:
    """The browser of whoever opens the link, and the page they get."""
    browser = Client()
    return browser, browser.get(reverse("invitation_open", args=[token]), follow=True)


def accept(token: str, password: str = NEW, again: str = "") -> tuple[Client, object]:
    """The browser of whoever opens the link and sends a password, and the answer."""
    browser, _page = opened(token)
    answer = browser.post(ACCEPT, {"password1": password, "password2": again or password})
    return browser, answer


def test_from_the_form_by_mail_to_an_account_with_a_role(
    admin: User, client: Client, mailoutbox: list
) -> None:
    client.post(reverse("invitation_create"), sent("Duoc.Moi@vidu.invalid"))
    (mail,) = mailoutbox
    assert mail.to == ["duoc.moi@vidu.invalid"]
    link = re.search(r"http://testserver(\S+)", mail.body)
    assert link
    token = link[1].rstrip("/").rpartition("/")[2]
    browser, _answer = accept(token)
    person = User.objects.get(email="duoc.moi@vidu.invalid")
    assert person.has_role(Role.UNIT_OFFICER)
    assert EmailAddress.objects.get(user=person).verified
    assert browser.session["_auth_user_id"] == str(person.pk)
    # Nothing but the set-up of the second factor can be reached.
    assert browser.get(reverse("overview")).headers["Location"] == reverse("mfa_index")
    assert Invitation.objects.get().state == InvitationState.ACCEPTED
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"invitation_create", "user_create", "membership_grant", "invitation_accept"} <= acts


def test_the_address_that_stays_in_the_browser_holds_no_token(admin: User) -> None:
    _made, token = invitation(by=admin)
    _browser, page = opened(token)
    assert page.status_code == 200
    assert page.redirect_chain == [(ACCEPT, 302)]
    assert token not in page.content.decode()


def test_only_the_digest_of_the_token_is_kept(admin: User) -> None:
    made, token = invitation(by=admin)
    assert made.token_digest == services.invitations.digest(token)
    assert token not in str(Invitation.objects.values())


def test_looking_at_the_link_uses_nothing_up(admin: User) -> None:
    _made, token = invitation(by=admin)
    for _time in range(3):
        opened(token)
    accept(token)
    assert User.objects.filter(email="duoc.moi@vidu.invalid").exists()


def expire(made: Invitation) -> None:
    """Let the link run out this very moment."""
    Invitation.objects.filter(pk=made.pk).update(expires_at=timezone.now())


def withdraw(made: Invitation) -> None:
    """Withdraw the invitation."""
    services.invitation_withdraw(invitation=made, by=made.invited_by)


def send_again(made: Invitation) -> None:
    """Send another link, which takes the place of this one."""
    services.invitation_resend(invitation=made, address=lambda token: token, by=made.invited_by)


def use_up(made: Invitation) -> None:
    """Leave the link as someone does who has accepted."""
    person = user(email=made.email)
    Invitation.objects.filter(pk=made.pk).update(accepted_at=timezone.now(), user=person)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (expire, "đã hết hạn"),
        (withdraw, "đã bị rút"),
        (send_again, "Liên kết không đúng"),
        (use_up, "đã được sử dụng"),
    ],
)
def test_a_link_that_opens_nothing_says_why_and_changes_nothing(
    spoil: object, sentence: str, admin: User
) -> None:
    made, token = invitation(by=admin)
    browser, _page = opened(token)
    spoil(made)  # type: ignore[operator]
    before = (User.objects.count(), Membership.objects.count())
    answer = browser.post(ACCEPT, {"password1": NEW, "password2": NEW})
    assert answer.status_code == 404
    assert sentence in answer.content.decode()
    _browser, page = opened(token)
    assert page.status_code == 404
    assert sentence in page.content.decode()
    assert (User.objects.count(), Membership.objects.count()) == before


def test_the_service_itself_refuses_a_link_that_opens_nothing(admin: User) -> None:
    made, token = invitation(by=admin)
    expire(made)
    for wrong in (token, "x", ""):
        with pytest.raises(DomainError):
            services.invitation_accept(token=wrong, password=NEW)
    assert not User.objects.filter(email=made.email).exists()


def test_a_link_that_is_used_again_is_in_the_history(admin: User) -> None:
    made, token = invitation(by=admin)
    accept(token)
    opened(token)
    entry = Entry.objects.about(made).get(act="invitation_refused")
    assert entry.after == {"state": "accepted"}
    opened("khong-co")
    assert Entry.objects.filter(act="invitation_refused").count() == 1


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ngan-qua-11", "ít nhất 12"),
        ("123456789012345", "chỉ"),
        ("qwerty123456", "phổ biến"),
        ("nguoiduocmoi", "giống"),
        ("duoc.moi@vidu", "giống"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays(
    password: str, sentence: str, admin: User
) -> None:
    made, token = invitation(by=admin, full_name="nguoiduocmoi")
    _browser, answer = accept(token, password)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert answer.context["form"].errors["password1"]
    assert not User.objects.filter(email=made.email).exists()
    accept(token)
    assert User.objects.filter(email=made.email).exists()


def test_two_passwords_that_differ_are_told(admin: User) -> None:
    _made, token = invitation(by=admin)
    _browser, answer = accept(token, NEW, f"{NEW}x")
    assert "password2" in answer.context["form"].errors


def test_whoever_is_signed_in_as_another_is_told(admin: User, client: Client) -> None:
    _made, token = invitation(by=admin)
    page = client.get(reverse("invitation_open", args=[token]), follow=True)
    assert admin.full_name in page.content.decode()
    client.post(ACCEPT, {"password1": NEW, "password2": NEW})
    assert Invitation.objects.get().state == InvitationState.SENT


def test_an_invitation_is_sent_again_with_a_new_link(admin: User, mailoutbox: list) -> None:
    made, old = invitation(by=admin)
    expire(made)
    tokens: list[str] = []
    services.invitation_resend(
        invitation=made, address=lambda token: tokens.append(token) or token, by=admin
    )
    assert len(mailoutbox) == 2
    accept(old)
    assert not User.objects.filter(email=made.email).exists()
    accept(tokens[0])
    assert User.objects.filter(email=made.email).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "khong-phai-thu"}, "email"),
        ({"full_name": ""}, "full_name"),
        ({"role": Role.FINANCE_OFFICER.value + "x"}, "role"),
        ({"role": Role.PROGRAMME_LEAD.value}, "role"),
        ({"valid_to": "01/01/2020"}, "valid_to"),
        ({"valid_from": "hôm qua"}, "valid_from"),
    ],
)
def test_bad_input_is_told_at_its_field_and_sends_nothing(
    values: dict, field: str, admin: User, client: Client, mailoutbox: list
) -> None:
    answer = client.post(reverse("invitation_create"), sent(**values))
    errors = answer.context["form"].errors
    assert field in errors or (field == "valid_to" and "__all__" in errors)
    assert not Invitation.objects.exists()
    assert mailoutbox == []


def test_someone_who_has_an_account_is_not_invited(admin: User, client: Client) -> None:
    user(email="co.roi@vidu.invalid")
    answer = client.post(reverse("invitation_create"), sent("CO.ROI@vidu.invalid"))
    assert "đã có tài khoản" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_one_invitation_to_an_address_is_open_at_a_time(admin: User, client: Client) -> None:
    first, _token = invitation(by=admin)
    answer = client.post(reverse("invitation_create"), sent(first.email))
    assert "đang mở" in answer.content.decode()
    again = Invitation.objects.get()
    again.pk, again.token_digest = None, "0" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
    withdraw(first)
    client.post(reverse("invitation_create"), sent(first.email))
    assert Invitation.objects.open().count() == 1


def test_a_mail_that_cannot_go_leaves_no_invitation(
    admin: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise SMTPException("refused")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    answer = client.post(reverse("invitation_create"), sent())
    assert "Không gửi được thư" in answer.content.decode()
    assert not Invitation.objects.exists()
    assert not Entry.objects.filter(act="invitation_create").exists()


@pytest.mark.parametrize("act", ["invitation_resend", "invitation_withdraw"])
@pytest.mark.parametrize("spoil", [withdraw, use_up])
def test_an_invitation_that_is_over_is_left_alone(
    act: str, spoil: object, admin: User, client: Client
) -> None:
    made, _token = invitation(by=admin)
    spoil(made)  # type: ignore[operator]
    before = Invitation.objects.values().get()
    answer = client.post(reverse(act, args=[made.pk]))
    assert answer.status_code == 403
    assert Invitation.objects.values().get() == before


def test_the_account_gets_the_invited_role_and_nothing_else(admin: User) -> None:
    where = organisation(OrganisationKind.DEPARTMENT)
    first = timezone.localdate() + 3 * DAY
    _made, token = invitation(by=admin, where=where, valid_from=first, valid_to=first + DAY)
    browser, _page = opened(token)
    browser.post(
        ACCEPT,
        {
            "password1": NEW,
            "password2": NEW,
            "role": Role.ADMINISTRATOR.value,
            "organisation": "1",
            "valid_from": "01/01/2020",
            "email": "khac@vidu.invalid",
        },
    )
    person = User.objects.get(email="duoc.moi@vidu.invalid")
    held = person.memberships.get()
    assert (held.role, held.organisation) == (Role.UNIT_OFFICER, where)
    assert (held.valid_from, held.valid_to) == (first, first + DAY)


def test_the_list_finds_invitations_by_words_and_state(admin: User, client: Client) -> None:
    open_one, _token = invitation(by=admin)
    gone, _token = invitation(by=admin, email="khac@vidu.invalid", full_name="Đặng Ơn")
    withdraw(gone)
    for query, expected in (
        ("state=sent", [open_one]),
        ("state=withdrawn", [gone]),
        ("q=dang", [gone]),
    ):
        page = client.get(f"{reverse('invitation_list')}?{query}")
        assert [row.record for row in page.context["list"].table.rows] == expected, query


def test_the_chosen_password_is_kept_nowhere_in_the_clear(admin: User) -> None:
    _made, token = invitation(by=admin)
    accept(token, PASSWORD)
    person = User.objects.get(email="duoc.moi@vidu.invalid")
    assert person.check_password(PASSWORD)
    assert PASSWORD not in str(list(Entry.objects.values()))
