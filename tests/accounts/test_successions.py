"""An organisation continues another: rights, open work, old names at old dates."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.choices import OrganisationKind, Role
from accounts.models import Membership, Organisation, Succession, User
from accounts.services import (
    membership_grant,
    organisation_edit,
    succession_preview,
    succession_record,
    succession_work_pass,
    successions_work_pass,
)
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from core.registers import successions as register
from core.versions import StaleVersionError
from tests.factories import BY, SINCE, membership, organisation, user

pytestmark = pytest.mark.django_db

ON = dt.date(2025, 3, 1)
EVE = dt.date(2025, 2, 28)


class Desk:
    """A room with open work, as upper rooms register theirs."""

    def __init__(self) -> None:
        self.holder: dict[str, Organisation] = {}

    def find(self, place: Organisation) -> list[register.Piece]:
        """What the organisation has open."""
        held = [key for key, holder in self.holder.items() if holder == place]
        return [register.Piece(key, f"Hồ sơ {key}") for key in held]

    def move(self, *, keys: list[str], old: Organisation, new: Organisation, by: object) -> None:
        """Hand over."""
        assert connection.in_atomic_block
        for key in keys:
            assert self.holder[key] == old
            self.holder[key] = new


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Open work, of which no other test knows."""
    monkeypatch.setattr(register, "_kinds", {})
    made = Desk()
    register.register(register.OpenWork("dossier", "Hồ sơ", made.find, made.move))
    return made


def roles_of(person: User, day: dt.date) -> dict[str, str]:
    """The role of a person in each organisation on a day."""
    return {m.organisation.code: m.role for m in User.objects.get(pk=person.pk).memberships_at(day)}


def record(old: Organisation, *new: Organisation, **values: object) -> Organisation:
    """A succession on 1/3/2025."""
    return succession_record(predecessor=old, successors=new, **{"on": ON, "by": BY, **values})


def test_with_one_successor_roles_pass_on_its_first_day() -> None:
    old, new = organisation(code="SKHDT", name="Sở Kế hoạch và Đầu tư"), organisation(code="STC")
    person = user()
    membership(person, Role.FINANCE_OFFICER, old)
    record(old, new, decision_number="1/NQ-HĐND", decided_on=EVE)
    assert roles_of(person, EVE) == {"SKHDT": Role.FINANCE_OFFICER}
    assert roles_of(person, ON) == {"STC": Role.FINANCE_OFFICER}
    old.refresh_from_db()
    assert (old.valid_to, old.name) == (EVE, "Sở Kế hoạch và Đầu tư")
    link = Succession.objects.get()
    assert (link.on, link.decision_number, link.decided_on) == (ON, "1/NQ-HĐND", EVE)
    assert Membership.objects.get(organisation=old).valid_to == EVE
    entry = Entry.objects.get(act="succession_record")
    assert entry.after["people"] == 1
    assert Entry.objects.filter(act="membership_pass").count() == 2


def test_a_role_keeps_its_last_day_and_one_that_had_not_begun_its_first() -> None:
    old, new = organisation(code="CU"), organisation(code="MOI")
    ends, begins, over = user(), user(), user()
    last, first = dt.date(2025, 5, 31), dt.date(2025, 4, 1)
    Membership.objects.filter(pk=membership(ends, Role.UNIT_OFFICER, old).pk).update(valid_to=last)
    Membership.objects.filter(pk=membership(over, Role.UNIT_OFFICER, old).pk).update(valid_to=EVE)
    membership_grant(user=begins, organisation=old, role=Role.LEADERSHIP, valid_from=first, by=BY)
    record(old, new)
    assert roles_of(ends, last) == {"MOI": Role.UNIT_OFFICER}
    assert roles_of(ends, last + dt.timedelta(days=1)) == {}
    assert roles_of(begins, ON) == {}
    assert roles_of(begins, first) == {"MOI": Role.LEADERSHIP}
    assert roles_of(over, EVE) == {"CU": Role.UNIT_OFFICER}
    assert roles_of(over, ON) == {}


def test_a_role_that_is_held_in_the_successor_already_is_not_given_twice() -> None:
    old, new = organisation(code="CU"), organisation(code="MOI")
    person, partly = user(), user()
    for where in (old, new):
        membership(person, Role.UNIT_OFFICER, where)
        membership(partly, Role.UNIT_OFFICER, where)
    until = dt.date(2025, 6, 30)
    held = Membership.objects.filter(user=partly, organisation=new)
    held.update(valid_to=until)
    record(old, new)
    assert Membership.objects.filter(user=person, organisation=new).count() == 1
    assert roles_of(person, ON) == {"MOI": Role.UNIT_OFFICER}
    assert [(m.valid_from, m.valid_to) for m in held] == [
        (SINCE, until),
        (dt.date(2025, 7, 1), None),
    ]


def test_with_several_successors_the_recorder_assigns_and_the_department_gets_the_rest(
    desk: Desk,
) -> None:
    dost = organisation(OrganisationKind.DOST, code="SKHCN")
    old, new, other = organisation(code="CU"), organisation(code="XA1"), organisation(code="XA2")
    chosen, left = user(), user()
    given = membership(chosen, Role.UNIT_OFFICER, old)
    membership(left, Role.UNIT_OFFICER, old)
    desk.holder = {"a": old, "b": old, "c": other}
    preview = succession_preview(predecessor=old, successors=[new, other], on=ON)
    assert (preview.default, preview.heirs) == (dost, [dost, new, other])
    assert [piece.title for _kind, piece in preview.pieces] == ["Hồ sơ a", "Hồ sơ b"]
    record(old, new, other, memberships={given.pk: new}, work={"dossier:b": other})
    assert roles_of(chosen, ON) == {"XA1": Role.UNIT_OFFICER}
    assert roles_of(left, ON) == {"SKHCN": Role.UNIT_OFFICER}
    assert desk.holder == {"a": dost, "b": other, "c": other}
    assert set(Succession.objects.values_list("successor__code", flat=True)) == {"XA1", "XA2"}


def test_nobody_is_assigned_to_an_organisation_that_is_no_successor() -> None:
    old, new, other = organisation(), organisation(), organisation()
    given = membership(user(), Role.UNIT_OFFICER, old)
    with pytest.raises(DomainError, match="không phải là đơn vị kế thừa"):
        record(old, new, memberships={given.pk: other})
    assert not Succession.objects.exists()


def test_open_work_of_a_day_to_come_passes_on_that_day_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = organisation(), organisation()
    desk.holder = {"a": old}
    today = timezone.localdate()
    record(old, new, on=today + dt.timedelta(days=1))
    assert successions_work_pass(by=BY) == 0
    assert desk.holder == {"a": old}
    monkeypatch.setattr(timezone, "localdate", lambda *_: today + dt.timedelta(days=1))
    assert successions_work_pass(by=BY) == 1
    assert desk.holder == {"a": new}
    assert successions_work_pass(by=BY) == 0
    assert succession_work_pass(predecessor=old, by=BY) == {}
    assert Entry.objects.filter(act="succession_work_pass").count() == 1


def test_what_a_room_cannot_move_leaves_everything_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = organisation(code="CU"), organisation(code="MOI")
    person = user()
    membership(person, Role.UNIT_OFFICER, old)
    desk.holder = {"a": old}

    def refuse(**_values: object) -> None:
        raise DomainError("Hồ sơ a đang khóa.")

    monkeypatch.setattr(register, "_kinds", {})
    register.register(register.OpenWork("dossier", "Hồ sơ", desk.find, refuse))
    with pytest.raises(DomainError, match="đang khóa"):
        record(old, new)
    assert roles_of(person, ON) == {"CU": Role.UNIT_OFFICER}
    assert Organisation.objects.get(pk=old.pk).valid_to is None


def test_a_chain_recorded_late_leads_to_its_end() -> None:
    first, second, third = organisation(code="A"), organisation(code="B"), organisation(code="C")
    person = user()
    membership(person, Role.UNIT_OFFICER, first)
    later = dt.date(2025, 7, 1)
    record(second, third, on=later)
    record(first, second)
    assert roles_of(person, EVE) == {"A": Role.UNIT_OFFICER}
    assert roles_of(person, ON) == {"B": Role.UNIT_OFFICER}
    assert roles_of(person, later) == {"C": Role.UNIT_OFFICER}


def test_a_forgotten_successor_is_added_on_the_same_day_only() -> None:
    old, new, other = organisation(), organisation(), organisation()
    record(old, new)
    with pytest.raises(DomainError, match="01/03/2025"):
        record(old, other, on=dt.date(2025, 4, 1))
    record(old, other)
    assert Succession.objects.filter(predecessor=old).count() == 2


def refused_cases() -> dict[str, tuple[str, str]]:
    """What is tried, and the words of the refusal."""
    return {
        "nobody": ("none", "ít nhất một"),
        "itself": ("old", "không thể kế thừa chính mình"),
        "twice": ("known", "đã được ghi rồi"),
        "circle": ("ancestor", "vòng tròn"),
        "not there yet": ("young", "không tồn tại vào ngày 01/03/2025"),
        "ended before": ("dead", "không tồn tại vào ngày 01/03/2025"),
    }


@pytest.mark.parametrize(("who", "words"), refused_cases().values(), ids=refused_cases())
def test_what_cannot_succeed_is_refused_in_a_sentence(who: str, words: str) -> None:
    ancestor, between, old = organisation(), organisation(), organisation()
    record(ancestor, between, on=dt.date(2022, 1, 1))
    record(between, old, on=dt.date(2023, 1, 1))
    known = organisation()
    if who == "known":
        record(old, known)
    tried = {
        "none": [],
        "old": [old],
        "known": [known],
        "ancestor": [ancestor],
        "young": [organisation(valid_from=ON + dt.timedelta(days=1))],
        "dead": [organisation(valid_to=EVE)],
    }[who]
    before = Succession.objects.count(), Entry.objects.count()
    with pytest.raises(DomainError, match=words):
        record(old, *tried)
    assert (Succession.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("day", [SINCE, SINCE - dt.timedelta(days=1)])
def test_a_successor_begins_after_the_old_one_began(day: dt.date) -> None:
    with pytest.raises(DomainError, match="chỉ có thể bắt đầu sau"):
        record(organisation(), organisation(valid_from=dt.date(2020, 1, 1)), on=day)


@pytest.mark.parametrize(("day", "fits"), [(-1, False), (0, True), (1, False)])
def test_a_successor_begins_the_day_after_a_known_end(day: int, *, fits: bool) -> None:
    old, new = organisation(valid_to=EVE), organisation()
    on = ON + dt.timedelta(days=day)
    if fits:
        record(old, new, on=on)
    else:
        with pytest.raises(DomainError, match="không phải ngày"):
            record(old, new, on=on)
    assert Succession.objects.exists() is fits


def test_the_database_refuses_a_circle_too() -> None:
    first, second, third = organisation(), organisation(), organisation()
    Succession.objects.create(predecessor=first, successor=second, on=ON)
    Succession.objects.create(predecessor=second, successor=third, on=ON)
    with pytest.raises(IntegrityError, match="circle"), transaction.atomic():
        Succession.objects.create(predecessor=third, successor=first, on=ON)


def test_whoever_saw_an_older_version_is_told() -> None:
    old, new = organisation(), organisation()
    organisation_edit(organisation=old, values={"short_name": "Sở"}, version=1, by=BY)
    with pytest.raises(StaleVersionError):
        record(old, new, version=1)
    assert not Succession.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_record_a_succession(role: Role) -> None:
    with pytest.raises(NotAllowedError, match="quản trị viên"):
        record(organisation(), organisation(), by=user(role=role))
    assert not Succession.objects.exists()
