"""What administrators do with accounts and roles, and what nobody may."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.choices import OrganisationKind, Role
from accounts.models import Membership, User
from audit.models import Entry
from core.errors import DomainError
from tests.accounts.factories import administrator, invitation, log_in
from tests.factories import membership, organisation, user

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
USERS = "/quan-tri/nguoi-dung/"
REASON = "Theo quyết định luân chuyển"


@pytest.fixture
def admin(client: Client) -> User:
    """An administrator, who is logged in."""
    person = administrator()
    client.force_login(person)
    return person


@pytest.fixture
def officer(db: None) -> User:
    """A unit officer."""
    return user(role=Role.UNIT_OFFICER, name="Cán Bộ Xã")


def day(shift: int) -> str:
    """A day around today, as people write it."""
    return f"{timezone.localdate() + shift * DAY:%d/%m/%Y}"


def end(client: Client, held: Membership, **values: str) -> object:
    """Send the form that ends a role."""
    sent = {"when": "at_once", "reason": REASON, **values}
    return client.post(reverse("membership_end", args=[held.pk]), sent)


def give(client: Client, person: User, **values: object) -> object:
    """Send the form that gives a role."""
    sent = {
        "organisation": organisation(OrganisationKind.DEPARTMENT).pk,
        "role": Role.UNIT_OFFICER.value,
        "valid_from": day(0),
        "valid_to": "",
        **values,
    }
    return client.post(reverse("membership_grant", args=[person.pk]), sent)


# --- Roles ------------------------------------------------------------------------------------


def test_a_role_that_is_given_counts_at_once_and_is_in_the_history(
    admin: User, client: Client, officer: User
) -> None:
    place = organisation(OrganisationKind.DEPARTMENT)
    give(client, officer, organisation=place.pk, role="finance_officer", valid_to=day(30))
    held = officer.memberships.get(role=Role.FINANCE_OFFICER)
    assert (held.organisation, held.valid_to) == (place, timezone.localdate() + 30 * DAY)
    entry = Entry.objects.about(held).get(act="membership_grant")
    assert entry.actor_id == admin.pk


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"role": Role.PROGRAMME_LEAD.value}, "không có trong loại cơ quan này"),
        ({"role": "khong-co"}, "khong-co"),
        ({"valid_to": "01/01/2020"}, "trước ngày bắt đầu"),
        ({"organisation": "0"}, "không"),
    ],
)
def test_a_role_that_cannot_be_is_told_and_not_given(
    values: dict, sentence: str, admin: User, client: Client, officer: User
) -> None:
    answer = give(client, officer, **values)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert officer.memberships.count() == 1


def test_the_same_role_twice_at_one_time_is_told(
    admin: User, client: Client, officer: User
) -> None:
    held = officer.memberships.get()
    answer = give(client, officer, organisation=held.organisation_id)
    assert "đã giữ" in answer.content.decode() or "rồi" in answer.content.decode()
    assert officer.memberships.count() == 1


def test_a_role_that_ends_cuts_the_next_click_off_with_the_reason(
    admin: User, client: Client, officer: User
) -> None:
    browser = Client()
    assert log_in(browser, officer.email)
    assert browser.get(reverse("search")).status_code == 200
    end(client, officer.memberships.get())
    answer = browser.get(reverse("search"))
    assert answer.status_code == 403
    assert f"kết thúc ngày {day(-1)}" in answer.content.decode()


def test_the_last_day_of_a_role_still_counts(admin: User, client: Client, officer: User) -> None:
    held = officer.memberships.get()
    end(client, held, when="on_day", last_day=day(0))
    held.refresh_from_db()
    assert held.valid_to == timezone.localdate()
    assert User.objects.get(pk=officer.pk).has_any_role
    entry = Entry.objects.about(held).get(act="membership_end")
    assert entry.reason == REASON
    assert entry.after["valid_to"] == timezone.localdate().isoformat()


@pytest.mark.parametrize("begins", [0, 1])
def test_a_role_that_ends_before_its_first_day_is_over_is_taken_back(
    begins: int, admin: User, client: Client, officer: User
) -> None:
    held = officer.memberships.get()
    Membership.objects.filter(pk=held.pk).update(valid_from=timezone.localdate() + begins * DAY)
    browser = Client()
    assert log_in(browser, officer.email)
    end(client, held)
    assert not Membership.objects.filter(pk=held.pk).exists()
    entry = Entry.objects.get(act="membership_take_back")
    assert (entry.target_id, entry.reason) == (str(held.pk), REASON)
    answer = browser.get(reverse("search"))
    assert answer.status_code == 403
    told = f"Cán bộ đơn vị, {held.organisation}) đã được thu hồi ngày {day(0)}"
    assert told in answer.content.decode()


def test_a_role_that_begins_later_is_told(officer: User) -> None:
    officer.memberships.update(valid_from=timezone.localdate() + 3 * DAY)
    browser = Client()
    assert log_in(browser, officer.email)
    assert f"bắt đầu từ ngày {day(3)}" in browser.get(reverse("search")).content.decode()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": ""}, "Lý do"),
        ({"when": "on_day"}, "Nhập ngày cuối cùng"),
        ({"when": "on_day", "last_day": "31/02/2026"}, "hợp lệ"),
        ({"when": "on_day", "last_day": "01/01/2022"}, "từ hôm qua trở đi"),
    ],
)
def test_an_end_that_cannot_be_is_told_and_not_recorded(
    values: dict, sentence: str, admin: User, client: Client, officer: User
) -> None:
    held = officer.memberships.get()
    answer = end(client, held, **values)
    assert sentence in answer.content.decode()
    held.refresh_from_db()
    assert held.valid_to is None


def test_a_role_that_has_ended_is_left_alone(admin: User, client: Client, officer: User) -> None:
    held = officer.memberships.get()
    end(client, held)
    answer = end(client, held, when="on_day", last_day=day(10))
    assert f"kết thúc ngày {day(-1)}" in answer.content.decode()


@pytest.mark.parametrize("act", ["membership_grant", "user_close", "user_reopen", "user_mfa_reset"])
def test_nobody_acts_on_their_own_account(act: str, admin: User, client: Client) -> None:
    before = (User.objects.values().get(pk=admin.pk), list(admin.memberships.values()))
    url = reverse(act, args=[admin.pk])
    assert client.get(url).status_code == 403
    sent = {
        "reason": REASON,
        "organisation": organisation().pk,
        "role": "unit_officer",
        "valid_from": day(0),
    }
    answer = client.post(url, sent)
    assert answer.status_code == 403
    after = (User.objects.values().get(pk=admin.pk), list(admin.memberships.values()))
    assert after == before


def test_nobody_ends_their_own_role(admin: User, client: Client) -> None:
    administrator()
    answer = end(client, admin.memberships.get())
    assert answer.status_code == 403
    assert "tự thay đổi vai trò" in answer.content.decode()
    assert admin.memberships.get().valid_to is None


def test_the_services_refuse_whoever_is_no_administrator(officer: User) -> None:
    lead = user(role=Role.PROGRAMME_LEAD)
    held = officer.memberships.get()
    yesterday = timezone.localdate() - DAY
    acts: list[Callable[[], object]] = [
        lambda: services.user_edit(user=officer, full_name="Khác", by=lead),
        lambda: services.user_close(user=officer, reason=REASON, by=lead),
        lambda: services.user_reopen(user=officer, reason=REASON, by=lead),
        lambda: services.user_mfa_reset(user=officer, reason=REASON, by=lead),
        lambda: services.membership_end(
            membership=held, last_day=yesterday, reason=REASON, by=lead
        ),
        lambda: services.membership_grant(
            user=lead,
            organisation=held.organisation,
            role=Role.UNIT_OFFICER,
            valid_from=yesterday,
            by=lead,
        ),
    ]
    for act in acts:
        with pytest.raises(DomainError, match="Chỉ quản trị"):
            act()


# --- The last administrator -------------------------------------------------------------------


def test_the_last_administrator_stays(officer: User) -> None:
    """Only somebody whose own role ends later could try: nobody ends their own."""
    lasting = administrator()
    passing = administrator()
    passing.memberships.update(valid_to=timezone.localdate() + 5 * DAY)
    held = lasting.memberships.get()
    for act in (
        lambda: services.membership_end(
            membership=held, last_day=timezone.localdate(), reason=REASON, by=passing
        ),
        lambda: services.user_close(user=lasting, reason=REASON, by=passing),
    ):
        with pytest.raises(DomainError, match="không còn quản trị"):
            act()
    held.refresh_from_db()
    lasting.refresh_from_db()
    assert held.valid_to is None
    assert lasting.is_active


def test_an_administrator_whose_account_is_closed_does_not_count() -> None:
    lasting, closed, passing = administrator(), administrator(), administrator()
    passing.memberships.update(valid_to=timezone.localdate() + 5 * DAY)
    services.user_close(user=closed, reason=REASON, by=passing)
    with pytest.raises(DomainError, match="không còn quản trị"):
        services.user_close(user=lasting, reason=REASON, by=passing)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_remove_each_other_at_once_leave_one() -> None:
    first, second = administrator(), administrator()
    together = threading.Barrier(2)
    told: list[str] = []

    def remove(other: User, by: User) -> None:
        try:
            together.wait()
            services.user_close(user=other, reason=REASON, by=by)
        except DomainError as error:
            told.append(error.message)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=remove, args=pair) for pair in ((first, second), (second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 1
    assert User.objects.filter(is_active=True).count() == 1


# --- Accounts ---------------------------------------------------------------------------------


def test_a_closed_account_is_cut_off_and_opens_again(
    admin: User, client: Client, officer: User
) -> None:
    browser = Client()
    assert log_in(browser, officer.email)
    client.post(reverse("user_close", args=[officer.pk]), {"reason": REASON})
    assert browser.get(reverse("search")).status_code == 302
    assert not log_in(browser, officer.email)
    client.post(reverse("user_reopen", args=[officer.pk]), {"reason": REASON})
    officer.refresh_from_db()
    assert officer.is_active
    acts = Entry.objects.about(officer).filter(reason=REASON).order_by("pk")
    assert [entry.act for entry in acts] == ["user_close", "user_reopen"]


@pytest.mark.parametrize("act", ["user_close", "user_reopen", "user_mfa_reset"])
def test_an_act_that_is_done_already_is_told(
    act: str, admin: User, client: Client, officer: User
) -> None:
    if act == "user_close":
        client.post(reverse(act, args=[officer.pk]), {"reason": REASON})
    person = user(second_factor=False) if act == "user_mfa_reset" else officer
    answer = client.post(reverse(act, args=[person.pk]), {"reason": REASON})
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()


def test_a_name_is_corrected_and_nothing_else(admin: User, client: Client, officer: User) -> None:
    before = User.objects.values().get(pk=officer.pk)
    client.post(
        reverse("user_edit", args=[officer.pk]),
        {"full_name": "  Nguyễn  Văn An ", "email": "x@vidu.invalid", "is_active": "false"},
    )
    after = User.objects.values().get(pk=officer.pk)
    assert after == {**before, "full_name": "Nguyễn Văn An"}


def test_an_empty_name_is_told(admin: User, client: Client, officer: User) -> None:
    answer = client.post(reverse("user_edit", args=[officer.pk]), {"full_name": " "})
    assert "full_name" in answer.context["form"].errors


# --- Pages ------------------------------------------------------------------------------------


def rows(client: Client, query: str) -> list[User]:
    """The people that the list shows."""
    page = client.get(f"{USERS}?{query}")
    assert page.status_code == 200
    return [row.record for row in page.context["list"].table.rows]


def test_the_list_finds_people_by_words_role_organisation_and_state(
    admin: User, client: Client
) -> None:
    place = organisation(OrganisationKind.DEPARTMENT)
    found = user(name="Đặng Thị Ơn", email="on@vidu.invalid")
    membership(found, Role.FINANCE_OFFICER, place)
    # Holds the role elsewhere and another role here: not both at once.
    other = user(role=Role.FINANCE_OFFICER)
    membership(other, Role.UNIT_OFFICER, place)
    idle = user(role=Role.LEADERSHIP)
    User.objects.filter(pk=idle.pk).update(last_login=timezone.now() - 46 * DAY)
    closed = user(role=Role.LEADERSHIP)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    nobody = user()
    assert rows(client, "q=dang on") == [found]
    assert rows(client, "q=on@") == [found]
    assert rows(client, f"role=finance_officer&organisation={place.code}") == [found]
    assert set(rows(client, f"organisation={place.code}")) == {found, other}
    assert rows(client, "state=idle") == [idle]
    assert rows(client, "state=closed") == [closed]
    assert rows(client, "state=no_role") == [nobody]
    assert set(rows(client, "state=active")) == {admin, found, other}


def test_a_role_that_ended_does_not_find_its_person(
    admin: User, client: Client, officer: User
) -> None:
    officer.memberships.update(valid_to=timezone.localdate() - DAY)
    assert rows(client, "role=unit_officer") == []


def test_the_list_costs_the_same_queries_for_three_and_thirty(admin: User, client: Client) -> None:
    for number in range(33):
        user(role=Role.FINANCE_OFFICER if number < 3 else Role.UNIT_OFFICER)
    # The first page of a session starts its clocks.
    rows(client, "")
    costs = []
    for role, count in (("finance_officer", 3), ("unit_officer", 30)):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"{USERS}?role={role}")
        assert page.context["list"].count == count
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 12


def test_the_page_of_a_person_costs_the_same_queries_whatever_they_did(
    admin: User, client: Client, officer: User
) -> None:
    busy = user(role=Role.UNIT_OFFICER)
    for _number in range(10):
        membership(busy, Role.FINANCE_OFFICER)
        log_in(Client(), busy.email)
    log_in(Client(), officer.email)
    # The first page of a session starts its clocks.
    rows(client, "")
    costs = []
    for person in (officer, busy):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("user_detail", args=[person.pk])).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 20


def test_a_programme_lead_reads_and_is_told_who_may_change(client: Client, officer: User) -> None:
    client.force_login(user(role=Role.PROGRAMME_LEAD))
    page = client.get(reverse("user_detail", args=[officer.pk])).content.decode()
    assert "Chỉ quản trị hệ thống được thay đổi" in page
    assert reverse("membership_grant", args=[officer.pk]) not in page


def test_the_database_refuses_a_half_accepted_invitation(admin: User) -> None:
    made, _token = invitation(by=admin)
    made.accepted_at = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save()
