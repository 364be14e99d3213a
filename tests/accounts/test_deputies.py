"""A deputy has the rights of a lead on the days that were recorded, and as themself."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Deputy, Membership, Organisation, User
from accounts.services import deputy_end, deputy_record
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from tests.factories import membership, organisation, user

pytestmark = pytest.mark.django_db


def day(days: int) -> dt.date:
    """A day so many days after today."""
    return timezone.localdate() + dt.timedelta(days=days)


def fresh(person: User) -> User:
    """The person as the next request reads them."""
    return User.objects.get(pk=person.pk)


@pytest.fixture
def office() -> Organisation:
    """Where they work."""
    return organisation(short_name="Sở Mẫu")


@pytest.fixture
def lead(office: Organisation) -> User:
    """A programme lead."""
    person = user(name="Nguyễn Thị Lãnh Đạo")
    membership(person, Role.PROGRAMME_LEAD, office)
    return person


@pytest.fixture
def officer(office: Organisation) -> User:
    """A programme officer of the same organisation."""
    person = user(name="Trần Văn Phó")
    membership(person, Role.PROGRAMME_OFFICER, office)
    return person


def stand_in(lead: User, officer: User, first: int = 0, last: int = 3, **values: object) -> Deputy:
    """Record that the officer stands in for the lead."""
    office = lead.memberships.get(role=Role.PROGRAMME_LEAD).organisation
    values = {"by": lead, "organisation": office, "reason": "Đi công tác", **values}
    return deputy_record(
        lead=lead, deputy=officer, valid_from=day(first), valid_to=day(last), **values
    )


@pytest.mark.parametrize(("on", "holds"), [(-1, False), (0, True), (3, True), (4, False)])
def test_the_rights_hold_from_the_first_day_to_the_last(
    lead: User, officer: User, on: int, holds: bool
) -> None:
    stand_in(lead, officer)
    roles = {one.role for one in fresh(officer).memberships_at(day(on))}
    assert (Role.PROGRAMME_LEAD in roles) is holds
    assert Role.PROGRAMME_OFFICER in roles


def test_a_deputy_is_shown_as_standing_in(lead: User, officer: User, client: Client) -> None:
    stand_in(lead, officer)
    person = fresh(officer)
    assert person.has_role(Role.PROGRAMME_LEAD)
    assert "thay mặt Nguyễn Thị Lãnh Đạo" in person.position_label
    client.force_login(person)
    page = client.get(reverse("access_review")).content.decode()
    assert "Trần Văn Phó thay mặt Nguyễn Thị Lãnh Đạo, Sở Mẫu" in page
    assert fresh(lead).position_label.count("thay mặt") == 0


def test_ending_it_cuts_the_next_request_off(lead: User, officer: User, client: Client) -> None:
    deputy = stand_in(lead, officer)
    client.force_login(officer)
    assert client.get(reverse("entry_list")).status_code == 200
    deputy_end(deputy=deputy, reason="Lãnh đạo về sớm", by=lead)
    assert client.get(reverse("entry_list")).status_code == 404
    assert not fresh(officer).has_role(Role.PROGRAMME_LEAD)


def test_a_past_day_keeps_its_deputy_after_an_early_end(lead: User, officer: User) -> None:
    deputy = stand_in(lead, officer)
    Deputy.objects.filter(pk=deputy.pk).update(valid_from=day(-5))
    deputy_end(deputy=deputy, reason="Về sớm", by=lead)
    roles = {one.role for one in fresh(officer).memberships_at(day(-1))}
    assert Role.PROGRAMME_LEAD in roles


@pytest.mark.parametrize("whose", ["lead", "officer", "lead_account"])
def test_it_lapses_with_the_role_or_the_work_behind_it(
    lead: User, officer: User, whose: str
) -> None:
    stand_in(lead, officer)
    if whose == "lead_account":
        User.objects.filter(pk=lead.pk).update(is_active=False)
    else:
        person = lead if whose == "lead" else officer
        Membership.objects.filter(user=person).update(valid_to=day(-1))
        membership(officer, Role.UNIT_OFFICER)
    assert not fresh(officer).has_role(Role.PROGRAMME_LEAD)
    assert not Deputy.objects.in_force(timezone.localdate()).exists()


def test_the_roles_of_a_deputy_are_read_at_once(lead: User, officer: User) -> None:
    stand_in(lead, officer)
    with CaptureQueriesContext(connection) as captured:
        person = fresh(officer)
        assert person.has_role(Role.PROGRAMME_LEAD)
        assert "thay mặt" in person.position_label
    assert len(captured) == 2
    (held,) = [one for one in person.current_memberships if one.instead_of]
    assert (held.pk, held.user, held.instead_of) == (None, person, lead)


def test_a_deputy_names_no_further_deputy(lead: User, officer: User, client: Client) -> None:
    deputy = stand_in(lead, officer)
    third = user()
    membership(third, Role.PROGRAMME_OFFICER, deputy.organisation)
    with pytest.raises(NotAllowedError):
        stand_in(lead, third, 5, 6, by=fresh(officer))
    with pytest.raises(NotAllowedError):
        deputy_record(
            lead=officer,
            organisation=deputy.organisation,
            deputy=third,
            valid_from=day(0),
            valid_to=day(1),
            reason="x",
            by=fresh(officer),
        )
    with pytest.raises(NotAllowedError):
        deputy_end(deputy=deputy, reason="x", by=fresh(officer))
    client.force_login(officer)
    assert client.get(reverse("deputy_record")).status_code == 403


def test_nobody_makes_themself_a_deputy(lead: User, office: Organisation) -> None:
    administrator = user()
    membership(administrator, Role.ADMINISTRATOR, office)
    with pytest.raises(DomainError, match="tự ghi mình"):
        stand_in(lead, administrator, by=administrator)
    with pytest.raises(DomainError):
        stand_in(lead, lead)
    assert not Deputy.objects.exists()


def test_an_administrator_records_one_for_a_lead_who_is_ill(
    lead: User, officer: User, office: Organisation
) -> None:
    administrator = user()
    membership(administrator, Role.ADMINISTRATOR, office)
    deputy = stand_in(lead, officer, by=administrator)
    entry = Entry.objects.get(act="deputy_record")
    assert (entry.actor_id, entry.reason) == (administrator.pk, "Đi công tác")
    assert entry.target_id == str(deputy.pk)


def test_somebody_of_another_organisation_cannot_stand_in(lead: User) -> None:
    stranger = user(role=Role.PROGRAMME_OFFICER)
    with pytest.raises(DomainError, match="không làm việc"):
        stand_in(lead, stranger)


def test_a_lead_who_is_no_lead_there_has_no_deputy(lead: User, officer: User) -> None:
    Membership.objects.filter(user=lead).update(valid_to=day(2))
    with pytest.raises(DomainError, match="không giữ vai trò lãnh đạo"):
        stand_in(lead, officer, 3, 4)


def test_no_days_of_the_past_and_no_two_at_once(lead: User, officer: User) -> None:
    with pytest.raises(DomainError, match="sớm nhất từ hôm nay"):
        stand_in(lead, officer, -1, 3)
    deputy = stand_in(lead, officer, 1, 3)
    with pytest.raises(ValidationError, match="đã có người thay mặt"):
        stand_in(lead, officer, 3, 5)
    deputy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        deputy.save(force_insert=True)
    deputy_end(deputy=Deputy.objects.get(), reason="Đổi người", by=lead)
    assert stand_in(lead, officer, 2, 5)


def test_the_page_records_and_ends(lead: User, officer: User, client: Client) -> None:
    client.force_login(lead)
    posts = {one.user_id: one.pk for one in Membership.objects.all()}
    data = {
        "lead": posts[lead.pk],
        "deputy": posts[officer.pk],
        "valid_from": day(0).strftime("%d/%m/%Y"),
        "valid_to": day(2).strftime("%d/%m/%Y"),
        "reason": "Đi công tác",
    }
    wrong = client.post(reverse("deputy_record"), {**data, "valid_to": "01/01/2020", "deputy": ""})
    assert "<title>Lỗi:" in wrong.content.decode()
    assert client.post(reverse("deputy_record"), data).status_code == 302
    deputy = Deputy.objects.get()
    assert "đang thay mặt" in client.get(reverse("deputy_list")).content.decode()
    answer = client.post(reverse("deputy_end", args=[deputy.pk]), {"reason": "Về sớm"})
    assert answer.status_code == 302
    assert Entry.objects.get(act="deputy_end").reason == "Về sớm"
    again = client.post(reverse("deputy_end", args=[deputy.pk]), {"reason": "Nữa"})
    assert again.status_code == 403


def test_another_lead_ends_nothing(lead: User, officer: User, client: Client) -> None:
    deputy = stand_in(lead, officer)
    client.force_login(user(role=Role.PROGRAMME_LEAD))
    answer = client.post(reverse("deputy_end", args=[deputy.pk]), {"reason": "x"})
    assert answer.status_code == 403
    deputy.refresh_from_db()
    assert deputy.ended_on is None


def test_a_list_of_many_costs_as_much_as_one_of_few(
    lead: User, officer: User, client: Client
) -> None:
    client.force_login(lead)
    # The menu counts what waits for the person once a minute.
    client.get(reverse("search"))
    counts = []
    for number in (3, 30):
        while Deputy.objects.count() < number:
            made = Deputy.objects.count()
            stand_in(lead, officer, made * 2, made * 2)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("deputy_list")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 12


def test_only_the_role_of_the_lead_passes_and_only_there(
    lead: User, officer: User, office: Organisation
) -> None:
    membership(lead, Role.ADMINISTRATOR, office)
    elsewhere = membership(lead, Role.PROGRAMME_LEAD).organisation
    membership(officer, Role.UNIT_OFFICER, elsewhere)
    stand = deputy_record(
        lead=lead,
        organisation=office,
        deputy=officer,
        valid_from=day(0),
        valid_to=day(1),
        reason="Đi công tác",
        by=lead,
    )
    held = {(one.role, one.organisation) for one in fresh(officer).current_memberships}
    assert held == {
        (Role.PROGRAMME_OFFICER, office),
        (Role.PROGRAMME_LEAD, stand.organisation),
        (Role.UNIT_OFFICER, elsewhere),
    }
