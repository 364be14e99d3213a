"""The overview for leaders: its numbers are the figures of the plan and open what they count."""

import datetime as dt
import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape, strip_tags

from accounts.models import User
from programs.figures import LATE, Status, figures_of_plan
from programs.models import Indicator, Output, Plan, Task, TaskAssignment
from tests import factories
from tests.enterprises import factories as register

pytestmark = pytest.mark.django_db

DAY = dt.date(2024, 6, 1)
CODE = "B1.3.5"


def written(day: dt.date) -> str:
    """A day as people type it."""
    return day.strftime("%d/%m/%Y")


@pytest.fixture
def standing(plan: Plan) -> Plan:
    """A plan with something met, something behind and something not met on the day."""
    Task.objects.filter(plan=plan, code=CODE).update(
        measure_key="outputs_issued", measure_parameters={"indicator": "K13"}
    )
    indicator = Indicator.objects.get(plan=plan, code="K13")
    for number in range(2):
        Output.objects.create(indicator=indicator, name=f"Sổ {number}", issued_on=DAY)
    for declared in (True, False, False):
        product = register.product()
        register.key_entry(product)
        if declared:
            register.declaration(product)
    return plan


class Links(HTMLParser):
    """The links of the main part of a page, each with its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.href: str | None = None
        self.feed(text.partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a link."""
        if tag == "a":
            self.href = dict(attrs).get("href")
            self.found.append((self.href or "", ""))

    def handle_data(self, data: str) -> None:
        """Add to the words of the link."""
        if self.href is not None:
            href, words = self.found[-1]
            self.found[-1] = href, words + data

    def handle_endtag(self, tag: str) -> None:
        """End the link."""
        if tag == "a":
            self.href = None


def opened(client: Client, day: dt.date) -> str:
    """The overview at a day."""
    answer = client.get(reverse("overview"), {"ngay": written(day)})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_numbers_are_those_of_the_figures_of_the_plan(
    standing: Plan, as_officer: Client
) -> None:
    page = as_officer.get(reverse("overview"), {"ngay": written(DAY)}).context
    figures = figures_of_plan(standing, DAY)
    for name, model in (("indicators_standing", Indicator), ("tasks_standing", Task)):
        rows = model.objects.filter(plan=standing, phase__code="P1")
        statuses = [figures[code].status for code in rows.values_list("code", flat=True)]
        found = {one.word: one.count for one in page[name].told}
        expected = {one.value: statuses.count(one) for one in Status if one in statuses}
        without = {"unjudged": statuses.count(None)} if None in statuses else {}
        assert found == expected | without
        assert page[name].total.count == len(statuses)
        assert page[name].late.count == sum(1 for one in statuses if one in LATE)
    assert [line.figure.official for line in page["indicators"]] == [
        figures[line.code].official for line in page["indicators"]
    ]
    for group in page["groups"]:
        for line in group.lines:
            assert line.figure.official == figures[line.code].official


def test_each_number_opens_a_list_of_exactly_so_many_rows_at_the_day(
    standing: Plan, as_officer: Client
) -> None:
    links = Links(opened(as_officer, DAY)).found
    lists = [
        (url, int(number[0]))
        for url, words in dict.fromkeys(links)
        if re.search(r"/(chi-tieu|nhiem-vu)/\?", url) or re.search(r"/(tu-so|mau-so)/$", url)
        if (number := re.match(r"\s*\d+(?![\d,.%])", words))
    ]
    assert len(lists) > 15
    assert any("can-cu/2024-06-01/tu-so" in url for url, _number in lists)
    for url, number in lists:
        assert "2024" in url
        assert as_officer.get(url).context["list"].count == number, url


def test_what_is_late_stands_with_who_leads_on_the_day_the_worst_first(
    standing: Plan, as_officer: Client, officer: User
) -> None:
    lead = factories.organisation(name="Đơn vị được giao", short_name="")
    TaskAssignment.objects.create(
        task=Task.objects.get(plan=standing, code=CODE),
        lead=lead,
        valid_from=DAY,
        recorded_by=officer,
        approved_by=factories.user(),
        approved_at=dt.datetime(2024, 6, 1, tzinfo=dt.UTC),
    )
    late = as_officer.get(reverse("overview"), {"ngay": written(DAY)}).context["late"]
    figures = figures_of_plan(standing, DAY)
    expected = {
        code
        for code, figure in figures.items()
        if figure.status in LATE and figure.subject.phase.code == "P1"
    }
    assert {line.code for line in late} == expected
    assert CODE in expected
    statuses = [line.figure.status for line in late]
    assert statuses == sorted(statuses, key=lambda one: one != Status.NOT_MET)
    leads = {line.code: line.lead for line in late}
    assert leads[CODE] == lead.name
    assert leads["K01"] == "Sở KH&CN"
    before = opened(as_officer, DAY - dt.timedelta(days=1))
    assert lead.name not in before


def test_a_past_day_shows_what_stood_then(standing: Plan, as_officer: Client) -> None:
    def done(day: dt.date) -> str:
        groups = as_officer.get(reverse("overview"), {"ngay": written(day)}).context["groups"]
        (line,) = (line for group in groups for line in group.lines if line.code == CODE)
        return str(line.value)

    assert ">2</a>" in done(DAY)
    assert ">0</a>" in done(DAY - dt.timedelta(days=1))


def test_panels_of_other_rooms_stand_as_at_the_day(plan: Plan, as_officer: Client) -> None:
    for day, amount in ((DAY, "18.450"), (dt.date(2026, 6, 1), "16.650")):
        page = as_officer.get(reverse("overview"), {"ngay": written(day)})
        assert any(amount in card for card in page.context["cards"])


def test_the_heading_says_what_is_late_on_the_day(standing: Plan, as_officer: Client) -> None:
    page = as_officer.get(reverse("overview"), {"ngay": written(DAY)}).context
    indicators, tasks = (page[name].late for name in ("indicators_standing", "tasks_standing"))
    told = f"{indicators.count} chỉ tiêu và {tasks.count} nhiệm vụ chậm hoặc không đạt"
    assert min(indicators.count, tasks.count) > 0
    assert strip_tags(page["heading"]) == f"Năm 2024, đến ngày 01/06/2024: {told}"
    for late in (indicators, tasks):
        assert f'<a href="{escape(late.url)}">{late.count} ' in page["heading"]


def test_where_nothing_is_late_the_overview_says_so(plan: Plan, as_officer: Client) -> None:
    text = opened(as_officer, dt.date(2020, 1, 1))
    assert "Đến ngày 01/01/2020 không có chỉ tiêu hay nhiệm vụ nào chậm." in text
    assert "không có chỉ tiêu, nhiệm vụ nào chậm" in text


def test_the_overview_of_a_day_that_is_none_says_so(plan: Plan, as_officer: Client) -> None:
    answer = as_officer.get(reverse("overview"), {"ngay": "31/02/2024"})
    assert "<title>Lỗi:" in answer.content.decode()


def test_today_the_heading_says_how_long_figures_still_come_in(
    plan: Plan, as_officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, told in (("2026-11-25", "còn 19 ngày chốt số liệu"), ("2026-12-14", "hôm nay chốt")):
        today = dt.date.fromisoformat(day)
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args, one=today: one)
        assert told in as_officer.get(reverse("overview")).context["heading"]


def test_the_overview_costs_the_same_queries_whatever_the_number_of_records(
    standing: Plan, as_officer: Client
) -> None:
    # The menu counts what waits for the person once a minute.
    as_officer.get(reverse("search"))
    with CaptureQueriesContext(connection) as few:
        opened(as_officer, DAY)
    indicator = Indicator.objects.get(plan=standing, code="K13")
    for number in range(30):
        Output.objects.create(indicator=indicator, name=f"Tệp {number}", issued_on=DAY)
        register.declaration(register.product())
    with CaptureQueriesContext(connection) as many:
        opened(as_officer, DAY)
    assert len(few) == len(many)
