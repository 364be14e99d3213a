"""Areas and organisations followed through the years, and found by their names."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from pytest_django import DjangoDbBlocker

from accounts.area_file import read_area_file
from accounts.choices import AreaLevel, Role
from accounts.lineage import Atlas, area_now, areas_within, organisation_at, successors_of
from accounts.models import AdministrativeArea, Organisation
from accounts.naming import OrganisationNames, areas_named, organisations_named
from accounts.services import areas_load
from tests.factories import BY, membership, user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("province")]

AREAS = Path(settings.BASE_DIR) / "plans" / "areas-laocai.yaml"
BEFORE, AFTER = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
NINE = {
    "thành phố Lào Cai", "thị xã Sa Pa", "huyện Bát Xát", "huyện Mường Khương",
    "huyện Si Ma Cai", "huyện Bắc Hà", "huyện Bảo Thắng", "huyện Bảo Yên", "huyện Văn Bàn",
}  # fmt: skip


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The province, loaded once for the tests of this module and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        areas_load(area_file=read_area_file(AREAS), by=BY)
        yield
        transaction.set_rollback(True)


def organisation(code: str) -> Organisation:
    """An organisation by its code."""
    return Organisation.objects.get(code=code)


def area(name: str, level: AreaLevel = AreaLevel.COMMUNE) -> AdministrativeArea:
    """An area by its whole name."""
    return AdministrativeArea.objects.get(name=name, level=level)


def names(areas: object) -> set[str]:
    """Their names."""
    return {one.name for one in areas}


def test_the_file_holds_the_province_before_and_after() -> None:
    now = AdministrativeArea.objects.valid_at(AFTER)
    communes = now.of_level(AreaLevel.COMMUNE)
    assert communes.filter(name__startswith="xã ").count() == 89
    assert communes.filter(name__startswith="phường ").count() == 10
    assert names(now.of_level(AreaLevel.PROVINCE)) == {"tỉnh Lào Cai"}
    assert not now.of_level(AreaLevel.DISTRICT).exists()
    before = AdministrativeArea.objects.valid_at(BEFORE)
    assert names(before.of_level(AreaLevel.PROVINCE)) == {"tỉnh Lào Cai", "tỉnh Yên Bái"}
    assert names(before.of_level(AreaLevel.DISTRICT).filter(parent__code="10")) == NINE
    assert not before.of_level(AreaLevel.COMMUNE).exists()
    # Every commune came of some district, and each has its committee.
    assert not communes.filter(predecessions=None).exists()
    committees = Organisation.objects.valid_at(AFTER).filter(area__level=AreaLevel.COMMUNE)
    assert committees.count() == committees.values("area").distinct().count() == 99


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SKHDT", "STC"),
        ("STTTT", "SKHCN"),
        ("SNNPTNT", "SNNMT"),
        ("SGTVT", "SXD"),
        ("SLDTBXH", "SNV"),
    ],
)
def test_departments_of_the_plan_go_on_since_march_2025(old: str, new: str) -> None:
    eve, day = dt.date(2025, 2, 28), dt.date(2025, 3, 1)
    assert organisation_at(organisation(old), eve) == organisation(old)
    assert organisation_at(organisation(old), day) == organisation(new)
    assert organisation(old).valid_to == eve
    assert not Organisation.objects.valid_at(day).filter(code=old).exists()


def test_a_new_department_is_the_old_one_on_an_old_day() -> None:
    new, old = organisation("SNNMT"), organisation("SNNPTNT")
    assert organisation_at(new, dt.date(2024, 12, 14)) == old
    # The Department of Finance was there itself.
    assert organisation_at(organisation("STC"), dt.date(2024, 12, 14)) == organisation("STC")


def test_a_district_goes_on_in_its_communes() -> None:
    committee = organisation("UBND-SA-PA")
    assert organisation_at(committee, BEFORE) == committee
    assert successors_of(committee, BEFORE) == []
    assert organisation_at(committee, AFTER) is None
    assert {one.area.name for one in successors_of(committee, AFTER)} == {
        "phường Sa Pa", "xã Ngũ Chỉ Sơn", "xã Tả Phìn", "xã Tả Van", "xã Mường Bo", "xã Bản Hồ",
    }  # fmt: skip


def test_areas_are_followed_to_their_day() -> None:
    district = area("thị xã Sa Pa", AreaLevel.DISTRICT)
    ward = area("phường Sa Pa")
    assert area_now(district, BEFORE) == [district]
    assert ward in area_now(district)
    assert names(areas_within(district, BEFORE)) >= {"thị xã Sa Pa", "phường Sa Pa"}
    assert areas_within(district, AFTER).count() == 1 + 6
    assert set(areas_within(ward, AFTER)) == {ward}
    atlas, old, new = Atlas(), *AdministrativeArea.objects.filter(code__in=["10", "15"])
    old, new = sorted((old, new), key=lambda one: one.code)
    # The territory of the plan today: the communes of the nine districts, not Yên Bái.
    there = AdministrativeArea.objects.filter(pk__in=atlas.within(old.pk, AFTER))
    assert names(there) > NINE
    assert not names(there) & {"phường Yên Bái", "thành phố Yên Bái", "tỉnh Yên Bái"}
    assert there.of_level(AreaLevel.COMMUNE).count() == 48
    # The new province, on a day before it began, is both old ones; today all of it.
    assert len(atlas.within(new.pk, AFTER)) == AdministrativeArea.objects.count() == 120
    assert len(atlas.within(new.pk, BEFORE)) == 120
    assert len(atlas.within(old.pk, BEFORE)) == 1 + 9 + 48


def test_a_commune_of_two_districts_lies_in_both() -> None:
    commune = area("xã Cốc San")
    for name in ("thành phố Lào Cai", "huyện Bát Xát"):
        district = area(name, AreaLevel.DISTRICT)
        assert commune in areas_within(district, AFTER)
        assert commune in areas_within(district, BEFORE)
    assert commune not in areas_within(area("huyện Bắc Hà", AreaLevel.DISTRICT), AFTER)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sở Khoa học và Công nghệ", "SKHCN"),
        ("  sở khoa học  & công nghệ", "SKHCN"),
        ("so kh&cn", "SKHCN"),
        ("Sở KHCN", "SKHCN"),
        ("SKHCN", "SKHCN"),
        ("Sở LĐTB&XH", "SLDTBXH"),
        ("UBND huyện Bát Xát", "UBND-BAT-XAT"),
        ("UBND xã Bát Xát", "UBND-02683"),
    ],
)
def test_an_organisation_is_found_by_what_lists_call_it(text: str, code: str) -> None:
    assert [one.code for one in organisations_named(text)] == [code]


def test_an_old_name_finds_the_successor_on_a_later_day() -> None:
    found = OrganisationNames()
    assert [one.code for one in found.find("Sở KH&ĐT", BEFORE)] == ["STC"]
    assert [one.code for one in found.find("Sở Tài chính", BEFORE)] == ["STC"]
    assert [one.code for one in found.find("Sở KH&ĐT", dt.date(2025, 2, 28))] == ["SKHDT"]
    assert len(found.find("UBND thị xã Sa Pa", AFTER)) == 6
    assert found.find("Sở Không Có") == []


@pytest.mark.parametrize(
    ("text", "level", "name"),
    [
        ("Sa Pa", AreaLevel.DISTRICT, "thị xã Sa Pa"),
        ("sa pa", AreaLevel.COMMUNE, "phường Sa Pa"),
        ("TX. Sa Pa", None, "thị xã Sa Pa"),
        ("H. Bát Xát", None, "huyện Bát Xát"),
        ("xa bat xat", None, "xã Bát Xát"),
        ("TP Lào Cai", None, "thành phố Lào Cai"),
        ("Mù Cang Chải", AreaLevel.DISTRICT, "huyện Mù Căng Chải"),
    ],
)
def test_an_area_is_found_without_its_kind(text: str, level: AreaLevel | None, name: str) -> None:
    assert names(areas_named(text, level)) == {name}


def test_a_name_of_several_finds_them_all() -> None:
    assert names(areas_named("Sa Pa")) == {"thị xã Sa Pa", "phường Sa Pa"}


def test_a_person_of_an_ended_committee_is_no_member_there_today() -> None:
    person = user()
    with pytest.raises(ValidationError, match="thời gian tồn tại"):
        membership(person, Role.UNIT_OFFICER, organisation("UBND-SA-PA"))
