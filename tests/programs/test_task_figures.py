"""Tasks: what is planned and done as at a day, and the records behind it."""

import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from programs.figures import Status, figures_of_plan
from programs.models import Indicator, Output, Plan, Target, Task, TaskAssignment
from tests import factories
from tests.enterprises import factories as register

pytestmark = pytest.mark.django_db

CODE = "B1.3.5"
DAY = dt.date(2024, 6, 1)


@pytest.fixture
def counted(plan: Plan) -> Task:
    """A task of 100 pieces that counts the outputs of K13, two of them issued."""
    Task.objects.filter(plan=plan, code=CODE).update(
        measure_key="outputs_issued", measure_parameters={"indicator": "K13"}
    )
    for day in (dt.date(2023, 1, 1), DAY):
        issue(plan, day)
    return Task.objects.get(plan=plan, code=CODE)


def issue(plan: Plan, day: dt.date) -> Output:
    """A document of K13."""
    of = Indicator.objects.get(plan=plan, code="K13")
    number = Output.objects.count()
    return Output.objects.create(indicator=of, name=f"Báo cáo số {number}", issued_on=day)


def written(day: dt.date) -> str:
    """A day as people type it."""
    return day.strftime("%d/%m/%Y")


def test_the_result_of_a_task_opens_exactly_the_records_behind_it(
    counted: Task, as_officer: Client
) -> None:
    page = as_officer.get(counted.get_absolute_url(), {"ngay": written(DAY)})
    (behind,) = page.context["lists"]
    assert f'href="{behind.url}">2</a>' in page.content.decode()
    assert behind.url == f"/ke-hoach/191/nhiem-vu/{CODE}/can-cu/2024-06-01/tu-so/"
    listed = as_officer.get(behind.url)
    assert listed.context["list"].count == behind.count == 2
    text = listed.content.decode()
    assert f"{counted.get_absolute_url()}?ngay={written(DAY)}" in text
    assert reverse("task_list", args=["191"]) in text
    found = as_officer.get(behind.url, {"q": "bao cao so 1"})
    assert [row.record.name for row in found.context["list"].table.rows] == ["Báo cáo số 1"]


def test_a_day_before_a_record_counts_without_it(plan: Plan, counted: Task) -> None:
    values = {
        day: figures_of_plan(plan, day)[CODE].value
        for day in (DAY, DAY - dt.timedelta(days=1), dt.date(2022, 12, 31))
    }
    assert list(values.values()) == [2, 1, 0]


def test_the_page_of_a_task_says_why_there_is_no_figure(plan: Plan, as_officer: Client) -> None:
    url = reverse("task_detail", args=[plan.code, "B2.2.5"])
    text = as_officer.get(url, {"ngay": "14/12/2025"}).content.decode()
    assert "chưa có dữ liệu" in text
    assert "Giai đoạn bắt đầu từ ngày 15/12/2025" in text


def test_what_is_planned_is_the_target_in_force_on_the_day(
    plan: Plan, counted: Task, as_officer: Client
) -> None:
    Target.objects.create(
        task=counted,
        phase=counted.phase,
        due_year=2025,
        low=40,
        instrument=plan.instruments.first(),
        valid_from=DAY,
    )
    for day, planned in ((DAY, "40"), (DAY - dt.timedelta(days=1), "100")):
        page = as_officer.get(counted.get_absolute_url(), {"ngay": written(day)})
        assert page.context["planned"] == planned


def test_a_correction_made_after_the_day_is_marked_on_the_page(
    counted: Task, as_officer: Client
) -> None:
    Output.objects.update(corrected_at=dt.datetime(2024, 7, 1, tzinfo=dt.UTC))
    page = as_officer.get(counted.get_absolute_url(), {"ngay": written(DAY)})
    assert page.context["corrected"] == 2
    assert "2 bản ghi" in page.content.decode()


def test_the_list_of_tasks_shows_and_exports_planned_done_and_status_at_a_day(
    counted: Task, as_officer: Client
) -> None:
    query = {"q": CODE, "ngay": written(DAY)}
    page = as_officer.get(reverse("task_list", args=["191"]), query)
    (row,) = page.context["list"].table.rows
    assert f"/nhiem-vu/{CODE}/can-cu/2024-06-01/tu-so/" in row.get_cell("done")
    assert "chip-warn" in row.get_cell("status")
    columns = {"columns": ["planned", "done", "status"], "export": "xlsx"}
    answer = as_officer.get(reverse("task_list", args=["191"]), query | columns)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    _heading, cells = book.active.iter_rows(values_only=True)
    assert cells == (CODE, counted.text, 100, 2, "chậm tiến độ")


@pytest.mark.parametrize(
    ("url_name", "model"), [("task_list", Task), ("indicator_list", Indicator)]
)
def test_a_list_narrows_to_each_status_on_the_day(
    url_name: str, model: type[Task | Indicator], plan: Plan, counted: Task, as_officer: Client
) -> None:
    codes = set(model.objects.filter(plan=plan).values_list("code", flat=True))
    figures = figures_of_plan(plan, DAY)
    late = {Status.BEHIND, Status.NOT_MET}
    asked = {status.value: {status} for status in Status} | {"unjudged": {None}, "late": late}
    seen = set()
    for word, statuses in asked.items():
        query = {"ngay": written(DAY), "status": word}
        page = as_officer.get(reverse(url_name, args=[plan.code]), query)
        found = {row.record.code for row in page.context["list"].table.rows}
        assert found == {code for code in codes if figures[code].status in statuses}, word
        seen |= found
    assert seen == codes


def test_the_list_names_who_leads_on_the_day(
    plan: Plan, counted: Task, as_officer: Client, officer: User
) -> None:
    lead = factories.organisation(name="Đơn vị được giao", short_name="")
    TaskAssignment.objects.create(
        task=counted,
        lead=lead,
        valid_from=DAY,
        recorded_by=officer,
        approved_by=factories.user(),
        approved_at=dt.datetime(2024, 6, 1, tzinfo=dt.UTC),
    )
    for day, name in ((DAY, lead.name), (dt.date(2024, 5, 31), counted.lead.shown_name)):
        query = {"q": CODE, "ngay": written(day), "sort": "lead"}
        page = as_officer.get(reverse("task_list", args=[plan.code]), query)
        (row,) = page.context["list"].table.rows
        assert row.get_cell("lead") == name


@pytest.mark.parametrize(
    ("url_name", "code"), [("indicator_evidence", "K20"), ("task_evidence", "B2.2.5")]
)
def test_evidence_lists_only_what_the_person_may_see_and_says_how_many_are_hidden(
    url_name: str, code: str, plan: Plan, client: Client, as_officer: Client
) -> None:
    counting = Indicator.objects.get(plan=plan, code="K20")
    Task.objects.filter(plan=plan, code="B2.2.5").update(
        measure_key=counting.measure_key, measure_parameters=counting.measure_parameters
    )
    one = register.enterprise(name="Công ty Ngoài Phạm Vi")
    register.key_entry(one)
    url = reverse(url_name, args=[plan.code, code, "2026-11-01", "mau-so"])
    assert one.name in as_officer.get(url).content.decode()
    client.force_login(factories.user(role=Role.UNIT_OFFICER))
    page = client.get(url)
    assert (page.context["list"].count, page.context["hidden_count"]) == (0, 1)
    assert one.name not in page.content.decode()
