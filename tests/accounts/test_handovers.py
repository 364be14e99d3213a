"""Somebody leaves: their roles end, their open work passes to a colleague, all or nothing."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Handover, Membership, Organisation, User
from accounts.services import handover_carry_out, handover_record, handovers_carry_out
from accounts.tasks import handovers_carry_out as nightly
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from core.registers import handovers as register
from tests.factories import membership, organisation, user

pytestmark = pytest.mark.django_db


def day(days: int) -> dt.date:
    """A day so many days after today."""
    return timezone.localdate() + dt.timedelta(days=days)


class Drafts:
    """A room's open work: drafts by person and organisation."""

    def __init__(self) -> None:
        self.owners: list[tuple[int, int]] = []
        self.error: Exception | None = None

    def count(self, leaver: User, place: Organisation) -> int:
        """How many the person has there."""
        return self.owners.count((leaver.pk, place.pk))

    def move(self, leaver: User, colleague: User, place: Organisation, by: User) -> int:
        """Pass them on."""
        if self.error:
            raise self.error
        moved = self.count(leaver, place)
        old, new = (leaver.pk, place.pk), (colleague.pk, place.pk)
        self.owners = [new if owner == old else owner for owner in self.owners]
        return moved


@pytest.fixture
def drafts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drafts]:
    """The work that a room has registered."""
    monkeypatch.setattr(register, "_works", {})
    made = Drafts()
    register.register(register.Work("drafts", "Bản thảo", made.count, made.move))
    return made


class Office:
    """An organisation with a leaver, a colleague, a lead and an administrator."""

    def __init__(self) -> None:
        self.place = organisation()
        self.leaver, self.colleague, self.lead, self.administrator = (
            self.person(role)
            for role in (
                Role.PROGRAMME_OFFICER,
                Role.PROGRAMME_OFFICER,
                Role.PROGRAMME_LEAD,
                Role.ADMINISTRATOR,
            )
        )

    def person(self, role: Role) -> User:
        """Somebody who works there."""
        person = user()
        membership(person, role, self.place)
        return person

    def hand_over(self, **values: object) -> Handover:
        """Record the handover of the leaver, today."""
        values = {
            "leaver": self.leaver,
            "colleague": self.colleague,
            "organisation": self.place,
            "last_day": day(0),
            "reason": "Chuyển công tác",
            "by": self.lead,
            **values,
        }
        return handover_record(**values)


@pytest.fixture
def office() -> Office:
    """Where they work."""
    return Office()


def last_days(person: User) -> list[dt.date | None]:
    """The last days of a person's roles."""
    return list(person.memberships.order_by("pk").values_list("valid_to", flat=True))


def test_roles_end_and_open_work_passes_at_once(office: Office, drafts: Drafts) -> None:
    elsewhere = membership(office.leaver, Role.UNIT_OFFICER)
    other_place = elsewhere.organisation_id
    drafts.owners = [(office.leaver.pk, office.place.pk)] * 2 + [(office.leaver.pk, other_place)]
    handover = office.hand_over()
    assert handover.pk
    assert last_days(office.leaver) == [day(0), None]
    assert drafts.owners == [
        *[(office.colleague.pk, office.place.pk)] * 2,
        (office.leaver.pk, other_place),
    ]
    assert Handover.objects.get().moved == {"drafts": 2}
    acts = Entry.objects.filter(act__in=["handover_record", "membership_end", "handover_carry_out"])
    assert {(entry.act, entry.actor_id) for entry in acts} == {
        ("handover_record", office.lead.pk),
        ("membership_end", office.lead.pk),
        ("handover_carry_out", office.lead.pk),
    }
    assert Entry.objects.get(act="membership_end").reason == "Chuyển công tác"


def test_work_waits_for_a_last_day_to_come_and_passes_once(office: Office, drafts: Drafts) -> None:
    drafts.owners = [(office.leaver.pk, office.place.pk)]
    office.hand_over(last_day=day(5))
    nightly()
    assert handovers_carry_out(today=day(5)) == 0
    assert drafts.owners == [(office.leaver.pk, office.place.pk)]
    assert handovers_carry_out(today=day(6)) == 1
    assert drafts.owners == [(office.colleague.pk, office.place.pk)]
    drafts.owners = [(office.leaver.pk, office.place.pk)]
    assert handovers_carry_out(today=day(7)) == 0
    # A second delivery of the same message, which read the handover before.
    handover_carry_out(handover=Handover.objects.get())
    assert drafts.owners == [(office.leaver.pk, office.place.pk)]
    assert Handover.objects.get().moved == {"drafts": 1}


def test_nothing_happens_if_a_room_cannot_pass_its_work_on(office: Office, drafts: Drafts) -> None:
    drafts.error = DomainError("Chưa được.")
    with pytest.raises(DomainError, match="Chưa được"):
        office.hand_over()
    assert last_days(office.leaver) == [None]
    assert not Handover.objects.exists()
    assert not Entry.objects.filter(act="membership_end").exists()


@pytest.mark.parametrize(
    "role", [Role.PROGRAMME_OFFICER, Role.UNIT_OFFICER, Role.LEADERSHIP, Role.FINANCE_OFFICER]
)
def test_only_a_lead_there_or_an_administrator_may(office: Office, role: Role) -> None:
    for by in (office.person(role), user(role=Role.PROGRAMME_LEAD)):
        with pytest.raises(NotAllowedError):
            office.hand_over(by=by)
    assert office.hand_over(by=user(role=Role.ADMINISTRATOR))


def test_a_lead_ends_no_administrator(office: Office) -> None:
    office.person(Role.ADMINISTRATOR)
    with pytest.raises(DomainError, match="Chỉ quản trị viên"):
        office.hand_over(leaver=office.administrator)
    assert office.hand_over(leaver=office.administrator, by=office.administrator)


def test_the_last_administrator_stays(office: Office) -> None:
    gone = office.person(Role.ADMINISTRATOR)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(DomainError, match="quản trị viên cuối cùng"):
        office.hand_over(leaver=office.administrator, by=office.administrator)
    assert last_days(office.administrator) == [None]


def test_who_takes_over_works_there_afterwards(office: Office) -> None:
    stranger = user(role=Role.PROGRAMME_OFFICER)
    with pytest.raises(DomainError, match="không làm việc"):
        office.hand_over(colleague=stranger)
    Membership.objects.filter(user=office.colleague).update(valid_to=day(3))
    with pytest.raises(DomainError, match="không làm việc"):
        office.hand_over(last_day=day(3))
    with pytest.raises(ValidationError, match="người khác"):
        office.hand_over(colleague=office.leaver)


def test_a_leaver_without_a_role_that_goes_on_has_nothing_to_end(office: Office) -> None:
    Membership.objects.filter(user=office.leaver).update(valid_to=day(-1))
    with pytest.raises(DomainError, match="không còn vai trò"):
        office.hand_over()


def test_a_role_that_begins_later_is_not_passed_over(office: Office) -> None:
    Membership.objects.filter(user=office.leaver).update(valid_from=day(9))
    with pytest.raises(DomainError, match="bắt đầu ngày"):
        office.hand_over()


def test_the_page_shows_what_will_happen_before_it_happens(
    office: Office, drafts: Drafts, client: Client
) -> None:
    drafts.owners = [(office.leaver.pk, office.place.pk)] * 3
    client.force_login(office.lead)
    posts = {one.user_id: one.pk for one in Membership.objects.all()}
    data = {
        "leaver": posts[office.leaver.pk],
        "colleague": posts[office.colleague.pk],
        "last_day": day(0).strftime("%d/%m/%Y"),
        "reason": "Chuyển công tác",
    }
    check = client.post(reverse("handover_record"), data).content.decode()
    assert "Bản thảo: 3" in check
    assert ">Chuyên viên chương trình</dd>" in check
    assert not Handover.objects.exists()
    back = client.post(reverse("handover_record"), {**data, "change": ""}).content.decode()
    assert ">Chuyển công tác</textarea>" in back.replace("\n", "")
    done = client.post(reverse("handover_record"), {**data, "confirmed": ""}, follow=True)
    assert "Bản thảo: 3" in done.content.decode()
    assert Handover.objects.get().carried_out_at


def test_a_lead_has_only_their_own_people_to_choose(office: Office, client: Client) -> None:
    stranger = membership(user(name="Người Lạ"), Role.PROGRAMME_OFFICER)
    client.force_login(office.lead)
    page = client.get(reverse("handover_record")).content.decode()
    assert "Người Lạ" not in page
    colleague = office.colleague.memberships.get()
    data = {"leaver": stranger.pk, "colleague": colleague.pk, "last_day": "", "reason": ""}
    refused = client.post(reverse("handover_record"), {**data, "confirmed": ""})
    assert "<title>Lỗi:" in refused.content.decode()
    client.force_login(office.administrator)
    assert "Người Lạ" in client.get(reverse("handover_record")).content.decode()


def test_a_lead_sees_the_handovers_of_their_own_organisation(office: Office) -> None:
    handover = office.hand_over()
    elsewhere = user(role=Role.PROGRAMME_LEAD)
    seen = {
        person: list(Handover.objects.visible_to(person))
        for person in (office.lead, office.administrator, elsewhere, office.colleague)
    }
    assert [len(found) for found in seen.values()] == [1, 1, 0, 0]
    assert seen[office.lead] == [handover]
