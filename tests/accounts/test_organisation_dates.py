"""Roles lie within the dates of their organisation; dates agree with successions."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.choices import Role
from accounts.models import Membership, Organisation
from accounts.services import (
    area_create,
    area_edit,
    area_succession_record,
    membership_grant,
    organisation_create,
    organisation_edit,
    succession_record,
)
from core.errors import DomainError
from tests.factories import BY, SINCE, area, membership, organisation, user

pytestmark = pytest.mark.django_db

LAST = dt.date(2025, 6, 30)
ONE_DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        (SINCE, LAST, True),
        (LAST, LAST, True),
        (SINCE - ONE_DAY, LAST, False),
        (SINCE, LAST + ONE_DAY, False),
        (SINCE, None, False),
        (LAST + ONE_DAY, LAST + ONE_DAY, False),
    ],
)
def test_a_role_lies_within_the_dates_of_its_organisation(
    first: dt.date, last: dt.date | None, *, fits: bool
) -> None:
    place, person = organisation(valid_to=LAST), user()
    role = Membership(
        user=person, organisation=place, role=Role.UNIT_OFFICER, valid_from=first, valid_to=last
    )
    if fits:
        role.full_clean()
        role.save()
        return
    with pytest.raises(ValidationError, match="từ ngày 01/01/2021, đến ngày: 30/06/2025"):
        role.full_clean()
    with pytest.raises(IntegrityError, match="outside the dates"), transaction.atomic():
        role.save()


def test_a_role_is_not_given_outside_the_dates() -> None:
    place, person = organisation(valid_to=LAST), user()
    with pytest.raises(ValidationError, match="thời gian tồn tại"):
        membership_grant(
            user=person, organisation=place, role=Role.UNIT_OFFICER, valid_from=LAST, by=BY
        )
    assert not Membership.objects.exists()


@pytest.mark.parametrize("values", [{"valid_to": LAST}, {"valid_from": SINCE + ONE_DAY}])
def test_an_organisation_does_not_leave_roles_outside(values: dict[str, dt.date]) -> None:
    place = organisation()
    membership(user(), Role.UNIT_OFFICER, place)
    with pytest.raises(ValidationError, match="1 vai trò"):
        organisation_edit(organisation=place, values=values, version=1, by=BY)
    with pytest.raises(IntegrityError, match="outside its dates"), transaction.atomic():
        Organisation.objects.filter(pk=place.pk).update(**values)
    assert Organisation.objects.get(pk=place.pk).valid_to is None


def test_an_organisation_that_was_succeeded_keeps_its_last_day() -> None:
    old, new = organisation(), organisation()
    succession_record(predecessor=old, successors=[new], on=LAST + ONE_DAY, by=BY)
    for last in (None, LAST - ONE_DAY, LAST + ONE_DAY):
        with pytest.raises(ValidationError, match="30/06/2025"):
            organisation_edit(organisation=old, values={"valid_to": last}, version=None, by=BY)
    late = {"valid_from": LAST + 2 * ONE_DAY}
    with pytest.raises(ValidationError, match="không thể bắt đầu sau"):
        organisation_edit(organisation=new, values=late, version=None, by=BY)
    with pytest.raises(ValidationError, match="không thể kết thúc trước"):
        organisation_edit(organisation=new, values={"valid_to": LAST}, version=None, by=BY)


def test_an_area_that_was_succeeded_keeps_its_last_day() -> None:
    old, new, other = area(), area(), area()
    area_succession_record(predecessor=old, successors=[new, other], on=LAST + ONE_DAY, by=BY)
    old.refresh_from_db()
    assert old.valid_to == LAST
    with pytest.raises(ValidationError, match="30/06/2025"):
        area_edit(area=old, values={"valid_to": None}, version=None, by=BY)
    with pytest.raises(DomainError, match="vòng tròn"):
        area_succession_record(predecessor=new, successors=[old], on=LAST + 2 * ONE_DAY, by=BY)


def test_a_code_is_used_once() -> None:
    kept, known = organisation(code="SCT"), area(code="02647")
    with pytest.raises(ValidationError, match="Đã có cơ quan mang mã này"):
        organisation_create(code="SCT", name="Sở Khác", kind=kept.kind, valid_from=SINCE, by=BY)
    values = {"code": "02647", "name": "xã Khác", "level": known.level, "valid_from": SINCE}
    with pytest.raises(ValidationError, match="Đã có địa bàn mang mã này"):
        area_create(values=values, by=BY)


def test_an_end_before_the_start_is_refused() -> None:
    early = SINCE - ONE_DAY
    with pytest.raises(ValidationError, match="Ngày kết thúc trước ngày bắt đầu"):
        organisation(valid_to=early)
    with pytest.raises(ValidationError, match="Ngày kết thúc trước ngày bắt đầu"):
        area(valid_to=early)


def test_nothing_stands_below_itself() -> None:
    top = organisation()
    below = organisation(parent=top)
    with pytest.raises(ValidationError, match="trực thuộc chính mình"):
        organisation_edit(organisation=top, values={"parent": below}, version=1, by=BY)
    province = area()
    commune = area(parent=province)
    with pytest.raises(ValidationError, match="trực thuộc chính mình"):
        area_edit(area=province, values={"parent": commune}, version=1, by=BY)
