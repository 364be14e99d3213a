"""How a figure is judged against its target as at a day."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from enterprises.models import EnterpriseFigures
from programs.figures import Status, figures_of_plan, trends_of, year_ends_of
from programs.models import Indicator, Output, Plan, ReadingDecision, TextIssue
from programs.selectors import readings_in_force, with_standing
from tests.enterprises import factories

pytestmark = pytest.mark.django_db


def status(plan: Plan, code: str, day: dt.date) -> Status | None:
    """The judgement of an indicator at a day."""
    return figures_of_plan(plan, day)[code].status


@pytest.mark.parametrize(
    ("day", "outputs", "expected"),
    [
        (dt.date(2020, 12, 15), 0, Status.ON_TRACK),
        (dt.date(2021, 6, 15), 1, Status.BEHIND),
        (dt.date(2021, 6, 15), 2, Status.ON_TRACK),
        (dt.date(2021, 12, 14), 2, Status.BEHIND),
        (dt.date(2021, 12, 15), 2, Status.NOT_MET),
        (dt.date(2021, 12, 14), 3, Status.MET),
        (dt.date(2026, 1, 1), 4, Status.MET),
        (dt.date(2020, 12, 14), 3, Status.NO_DATA),
    ],
)
def test_a_figure_is_held_against_the_straight_line_to_its_target(
    day: dt.date, outputs: int, expected: Status, plan: Plan
) -> None:
    indicator = Indicator.objects.get(plan=plan, code="K01")
    for number in range(outputs):
        Output.objects.create(
            indicator=indicator, name=f"Báo cáo {number}", issued_on=dt.date(2020, 12, 15)
        )
    assert status(plan, "K01", day) == expected


def test_above_a_range_is_no_failure_and_is_told(plan: Plan) -> None:
    for _number in range(3):
        factories.enterprise().award_entries.create(year=2024)
    figure = figures_of_plan(plan, dt.date(2024, 6, 1))["K04"]
    assert (figure.value, figure.status) == (3, Status.MET)
    assert "Vượt khoảng" in figure.reason


def test_a_phase_that_is_over_keeps_its_figure_and_is_judged_at_the_day(plan: Plan) -> None:
    product = factories.product(obligated=True)
    factories.key_entry(product)
    last, later = dt.date(2025, 12, 14), dt.date(2026, 3, 1)
    indicators = with_standing(Indicator.objects.of_plan(plan).select_related("phase"))
    trend = trends_of(plan, indicators, later, year_ends_of(plan, later))["K03"]
    assert (trend[-1].day, trend[-1].status) == (last, Status.NOT_MET)
    assert status(plan, "K03", last) == Status.BEHIND


def test_a_decision_chooses_the_reading_from_its_day_on(plan: Plan) -> None:
    issue = TextIssue.objects.get(plan=plan, code="C05")
    second = issue.readings.get(key="with_project")
    day = dt.date(2024, 1, 1)
    ReadingDecision.objects.create(
        issue=issue, reading=second, instrument=plan.instruments.first(), valid_from=day
    )
    assert readings_in_force(plan, day)["C05"] == "with_project"
    assert readings_in_force(plan, day - dt.timedelta(days=1))["C05"] == "all_key_enterprises"
    of = factories.enterprise()
    factories.key_entry(of)
    factories.certificate(of)
    figure = figures_of_plan(plan, day)["K06"]
    assert (figure.official.denominator, figure.value) == (0, None)
    assert figure.second is not None
    assert figure.second.value == 100


def test_a_figure_opens_into_lists_that_add_up_to_it(plan: Plan, as_officer: Client) -> None:
    declared, bare = factories.product(), factories.product()
    for product in (declared, bare):
        factories.key_entry(product)
    factories.declaration(declared)
    page = as_officer.get(reverse("indicator_detail", args=[plan.code, "K02"]))
    lists = {one.slug: one for one in page.context["lists"]}
    assert {slug: one.count for slug, one in lists.items()} == {
        "tu-so": 1,
        "con-thieu": 1,
        "mau-so": 2,
    }
    listed = as_officer.get(lists["con-thieu"].url)
    assert [row.record for row in listed.context["list"].table.rows] == [bare]
    export = as_officer.get(f"{lists['tu-so'].url}?export=xlsx")
    assert export.status_code == 200
    b"".join(export.streaming_content)


def test_the_page_of_an_indicator_is_right_at_once_after_each_record(
    plan: Plan, as_officer: Client
) -> None:
    def shown() -> str:
        page = as_officer.get(reverse("indicator_detail", args=[plan.code, "K02"]))
        value: str = page.context["value"]
        return value

    product = factories.product()
    assert shown() == "–"
    entry = factories.key_entry(product)
    assert shown() == "0%"
    declared = factories.declaration(product)
    assert shown() == "100%"
    declared.expires_on = dt.date(2021, 2, 1)
    declared.save()
    assert shown() == "0%"
    type(entry).objects.filter(pk=entry.pk).update(
        voided_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), voided_reason="Nhầm"
    )
    assert shown() == "–"


def test_a_day_that_is_none_is_told_and_a_list_that_is_none_is_not_found(
    plan: Plan, as_officer: Client
) -> None:
    page = as_officer.get(reverse("indicator_detail", args=[plan.code, "K02"]), {"ngay": "x"})
    assert "<title>Lỗi:" in page.content.decode()
    for part, day in (("khong-co", "2026-01-01"), ("thieu-so-lieu", "2026-01-01")):
        url = reverse("indicator_evidence", args=[plan.code, "K02", day, part])
        assert as_officer.get(url).status_code == 404
    assert (
        as_officer.get("/ke-hoach/191/chi-tieu/K02/bang-chung/2026-02-31/tu-so/").status_code == 404
    )


def test_an_indicator_is_split_by_size_class(plan: Plan, as_officer: Client) -> None:
    for labour in (5, 5, 150):
        one = factories.enterprise(sector="services")
        factories.key_entry(one)
        EnterpriseFigures.objects.create(enterprise=one, year=2024, labour=labour, revenue=1)
    page = as_officer.get(reverse("indicator_detail", args=[plan.code, "K20"]))
    splits = dict(page.context["breakdowns"])
    assert {part.label: part.denominator for part in splits["Theo quy mô"]} == {
        "Siêu nhỏ": 2,
        "Trên mức vừa": 1,
    }
