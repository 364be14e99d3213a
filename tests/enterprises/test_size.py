"""The size class of NĐ 80/2021: every boundary, both sides, by Python and by the database."""

import datetime as dt

import pytest

from accounts.choices import Role, Sector
from core.errors import DomainError, NotAllowedError
from enterprises import plan_part, services
from enterprises.choices import EnterpriseKind, SizeClass
from enterprises.models import Enterprise, EnterpriseFigures, SizeThreshold
from enterprises.size import (
    Size,
    enterprises_of_size,
    size_at,
    size_class_of_row,
    thresholds_at,
)
from programs.models import Plan
from programs.plan_sync import PlanSync
from tests import factories as people
from tests.enterprises import factories

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 12, 14)
BILLION = 1_000_000_000
MICRO, SMALL, MEDIUM, LARGE = SizeClass
# Labour, revenue and capital (billion VND) of domain knowledge, typed apart from the data file.
BOUNDS = {
    Sector.AGRICULTURE: ((10, 3, 3), (100, 50, 20), (200, 200, 100)),
    Sector.INDUSTRY: ((10, 3, 3), (100, 50, 20), (200, 200, 100)),
    Sector.SERVICES: ((10, 10, 3), (50, 100, 50), (100, 300, 100)),
}
TOO_MUCH = 10_000 * BILLION


@pytest.fixture(autouse=True)
def thresholds(db: None) -> None:
    """The thresholds as the portal begins with them."""
    plan_part.load(PlanSync(Plan()), None)


def figured(
    sector: str,
    labour: int | None,
    revenue: int | None,
    capital: int | None,
    kind: EnterpriseKind = EnterpriseKind.ENTERPRISE,
) -> Enterprise:
    """An enterprise with figures of 2024."""
    made = factories.enterprise(kind=kind, sector=sector)
    figures(made, 2024, labour, revenue, capital)
    return made


def figures(
    of: Enterprise, year: int, labour: int | None, revenue: int | None, capital: int | None
) -> EnterpriseFigures:
    """Figures of a year."""
    return EnterpriseFigures.objects.create(
        enterprise=of, year=year, labour=labour, revenue=revenue, capital=capital
    )


def by_database(day: dt.date = DAY) -> dict[int, str | None]:
    """The size class of every enterprise as a list shows it."""
    column = size_class_of_row(day, thresholds_at(day))
    return dict(Enterprise.objects.annotate(size=column).values_list("pk", "size"))


@pytest.mark.parametrize("sector", Sector)
def test_every_boundary_both_sides(sector: Sector) -> None:
    expected = {}
    for place, size_class in enumerate((MICRO, SMALL, MEDIUM)):
        labour, revenue, capital = BOUNDS[sector][place]
        revenue, capital = revenue * BILLION, capital * BILLION
        above = (SMALL, MEDIUM, LARGE)[place]
        for case, wanted in (
            ((labour, revenue, TOO_MUCH), size_class),
            ((labour, TOO_MUCH, capital), size_class),
            ((labour, revenue, None), size_class),
            ((labour, None, capital), size_class),
            ((labour + 1, revenue, capital), above),
            ((labour, revenue + 1, capital + 1), above),
            ((labour, revenue + 1, None), above),
            ((labour, None, capital + 1), above),
        ):
            expected[figured(sector, *case)] = wanted
    assert {one.pk: size_at(one, DAY).size_class for one in expected} == {
        one.pk: wanted for one, wanted in expected.items()
    }
    assert by_database() == {one.pk: wanted for one, wanted in expected.items()}
    for size_class in SizeClass:
        found = set(enterprises_of_size(size_class, DAY, thresholds_at(DAY)))
        assert found == {one.pk for one, wanted in expected.items() if wanted == size_class}


@pytest.mark.parametrize(
    ("sector", "case", "kind", "told"),
    [
        (Sector.SERVICES, (None, 1, 1), EnterpriseKind.ENTERPRISE, "thiếu lao động"),
        (Sector.SERVICES, (5, None, None), EnterpriseKind.ENTERPRISE, "thiếu cả doanh thu"),
        ("", (5, 1, 1), EnterpriseKind.ENTERPRISE, "thiếu nhóm ngành"),
        (Sector.SERVICES, (5, 1, 1), EnterpriseKind.COOPERATIVE, "không xếp quy mô"),
        (Sector.SERVICES, (5, 1, 1), EnterpriseKind.HOUSEHOLD, "không xếp quy mô"),
    ],
)
def test_without_data_or_outside_the_decree_there_is_no_class(
    sector: str, case: tuple[int, int, int], kind: EnterpriseKind, told: str
) -> None:
    made = figured(sector, *case, kind=kind)
    assert size_at(made, DAY).size_class is None
    assert told in size_at(made, DAY).reason
    assert by_database() == {made.pk: None}


def test_the_reason_says_what_was_compared_with_what() -> None:
    small = figured(Sector.INDUSTRY, 45, 30 * BILLION, 500 * BILLION)
    told = "Nhỏ: 45 lao động ≤ 100 và doanh thu 30 tỷ đồng ≤ 50 tỷ đồng (số liệu năm 2024)"
    assert size_at(small, DAY) == Size(SMALL, told, 2024)
    large = figured(Sector.INDUSTRY, 201, 1, 1)
    assert size_at(large, DAY).reason == "Trên mức vừa: 201 lao động > 200 (số liệu năm 2024)"
    rich = figured(Sector.INDUSTRY, 20, 201 * BILLION, 101 * BILLION)
    told = (
        "Trên mức vừa: doanh thu 201 tỷ đồng > 200 tỷ đồng và nguồn vốn 101 tỷ đồng > 100 tỷ đồng "
        "(số liệu năm 2024)"
    )
    assert size_at(rich, DAY).reason == told


def test_the_last_year_up_to_the_day_counts_and_voided_figures_never() -> None:
    made = figured(Sector.INDUSTRY, 5, BILLION, None)
    figures(made, 2025, 50, BILLION, None)
    later = figures(made, 2026, 500, BILLION, None)
    for day, wanted in (
        (dt.date(2023, 12, 31), None),
        (dt.date(2024, 1, 1), MICRO),
        (dt.date(2025, 1, 1), SMALL),
        (dt.date(2025, 12, 31), SMALL),
        (dt.date(2026, 1, 1), LARGE),
    ):
        assert size_at(made, day).size_class == wanted
        assert by_database(day)[made.pk] == wanted
    later.voided_at, later.voided_reason = later.recorded_at, "Nhập nhầm"
    later.save()
    assert size_at(made, dt.date(2026, 1, 1)).size_class == SMALL
    assert by_database(dt.date(2026, 1, 1))[made.pk] == SMALL


def threshold(by: people.User, **values: object) -> SizeThreshold:
    """A threshold for services that begins in 2027."""
    given = {
        "sector": Sector.SERVICES,
        "size_class": MICRO,
        "labour": 15,
        "revenue": 12 * BILLION,
        "capital": 4 * BILLION,
        "valid_from": dt.date(2027, 1, 1),
        "legal_basis": "Nghị định thử",
    }
    return services.size_threshold_add(values={**given, **values}, by=by)


def test_a_new_threshold_counts_once_another_person_approved_it() -> None:
    maker, lead = (people.user(role=Role.PROGRAMME_LEAD) for _ in range(2))
    made = figured(Sector.SERVICES, 12, BILLION, None)
    entered = threshold(maker)
    first = dt.date(2027, 1, 1)
    assert size_at(made, first).size_class == SMALL
    with pytest.raises(NotAllowedError, match="người khác"):
        services.size_threshold_approve(threshold=entered, by=maker)
    officer = people.user(role=Role.PROGRAMME_OFFICER)
    with pytest.raises(NotAllowedError, match="lãnh đạo"):
        services.size_threshold_approve(threshold=entered, by=officer)
    services.size_threshold_approve(threshold=entered, by=lead)
    assert size_at(made, first).size_class == MICRO
    assert size_at(made, dt.date(2026, 12, 31)).size_class == SMALL
    replaced = SizeThreshold.objects.get(sector=Sector.SERVICES, size_class=MICRO, labour=10)
    assert replaced.valid_to == dt.date(2026, 12, 31)
    with pytest.raises(NotAllowedError, match="Đã được phê duyệt"):
        services.size_threshold_approve(threshold=entered, by=lead)


def test_a_voided_threshold_leaves_every_date_and_is_never_approved() -> None:
    maker, lead = people.user(role=Role.PROGRAMME_OFFICER), people.user(role=Role.PROGRAMME_LEAD)
    entered = threshold(maker)
    services.size_threshold_void(threshold=entered, reason="Nhập sai", by=maker)
    with pytest.raises(DomainError):
        services.size_threshold_approve(threshold=entered, by=lead)
    in_force = SizeThreshold.objects.get(sector=Sector.SERVICES, size_class=MICRO, labour=10)
    with pytest.raises(NotAllowedError):
        services.size_threshold_void(threshold=in_force, reason="Thử", by=maker)
    services.size_threshold_void(threshold=in_force, reason="Sai nghị định", by=lead)
    assert in_force not in thresholds_at(DAY)


def test_without_thresholds_the_reason_names_the_page_to_fill() -> None:
    SizeThreshold.objects.all().delete()
    made = figured(Sector.SERVICES, 5, BILLION, None)
    assert "Ngưỡng quy mô" in size_at(made, DAY).reason
    assert by_database() == {made.pk: None}


def test_loading_a_plan_again_leaves_the_table_alone() -> None:
    SizeThreshold.objects.filter(size_class=MICRO).update(labour=11)
    sync = PlanSync(Plan())
    plan_part.load(sync, None)
    assert not sync.changes
    assert SizeThreshold.objects.count() == 9
