"""Every list: constant queries, filters, and an export of exactly what is listed."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from programs.models import Indicator, Plan, Target, Task
from reports.choices import PeriodKind
from reports.models import ReportRun
from reports.services.periods import reporting_period_of


def more_tasks(plan: Plan, number: int) -> None:
    """Copies of a task, to make a list long."""
    sample = Task.objects.get(plan=plan, code="B1.3.5")
    for index in range(number):
        sample.pk, sample.code, sample.position = None, f"X{index}", 1000 + index
        sample.save()


def more_indicators(plan: Plan, number: int) -> None:
    """Copies of an indicator with its target."""
    sample = Indicator.objects.get(plan=plan, code="K05")
    target = Target.objects.get(indicator=sample)
    for index in range(number):
        sample.pk, sample.code, sample.position = None, f"X{index}", 1000 + index
        sample.save()
        target.pk, target.indicator = None, sample
        target.save()


@pytest.mark.parametrize(
    ("url_name", "make_more"), [("task_list", more_tasks), ("indicator_list", more_indicators)]
)
def test_three_rows_and_thirty_rows_cost_the_same_queries(
    url_name: str, make_more: Callable[[Plan, int], None], plan: Plan, as_officer: Client
) -> None:
    url = reverse(url_name, args=[plan.code])
    make_more(plan, 30)
    # The menu counts what waits for the person once a minute.
    as_officer.get(reverse("search"))
    with CaptureQueriesContext(connection) as few:
        assert as_officer.get(f"{url}?q=X0").context["list"].count == 1
    with CaptureQueriesContext(connection) as many:
        assert as_officer.get(f"{url}?q=X").context["list"].count >= 30
    # Every figure of these lists is a statement of its own, whatever is listed.
    assert len(few) == len(many)


def exported(client: Client, url: str) -> list[list[object]]:
    """The rows of an exported workbook, with its heading."""
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_the_export_holds_what_the_filter_leaves_in_its_order_and_columns(
    plan: Plan, as_officer: Client
) -> None:
    url = reverse("task_list", args=[plan.code])
    query = "?q=chuyen gia&phase=P2&sort=-code&columns=quantity"
    response = as_officer.get(url + query)
    heading, *rows = exported(as_officer, url + query + "&export=xlsx")
    shown = [row.record for row in response.context["list"].table.rows]
    assert heading == ["Mã", "Nhiệm vụ", "Số lượng"]
    assert rows == [[task.code, task.text, task.quantity] for task in shown]
    assert [task.code for task in shown] == ["B2.1.3", "B2.1.2"]


@pytest.mark.parametrize("url_name", ["task_list", "indicator_list", "report_run_list"])
def test_every_list_can_be_exported(
    url_name: str, plan: Plan, as_officer: Client, officer: User
) -> None:
    period = reporting_period_of(plan=plan, kind=PeriodKind.ANNUAL, year=2026)
    period.save()
    ReportRun.objects.create(plan=plan, period=period, asked_by=officer)
    arguments = [] if url_name == "report_run_list" else [plan.code]
    heading, *rows = exported(as_officer, reverse(url_name, args=arguments) + "?export=xlsx")
    assert all(heading)
    assert rows


def test_pages_of_a_list_hold_every_row_once_whatever_it_is_sorted_by(
    plan: Plan, as_officer: Client
) -> None:
    more_tasks(plan, 60)
    url = reverse("task_list", args=[plan.code])
    pages = [as_officer.get(f"{url}?sort=kind&page={n}").context["list"].table for n in (1, 2)]
    codes = [row.record.code for table in pages for row in table.page.object_list]
    assert len(codes) == len(set(codes)) == 94


def test_text_that_looks_like_a_formula_stays_text_in_the_export(
    plan: Plan, as_officer: Client
) -> None:
    Task.objects.filter(code="B1.3.5").update(text='=HYPERLINK("http://vidu.invalid")')
    _heading, row = exported(
        as_officer, reverse("task_list", args=[plan.code]) + "?q=B1.3.5&export=xlsx"
    )
    assert row[1] == '=HYPERLINK("http://vidu.invalid")'
    response = as_officer.get(reverse("task_list", args=[plan.code]) + "?q=B1.3.5&export=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.active["B2"].data_type == "s"


def test_a_filter_value_that_does_not_exist_is_told_and_lists_nothing(
    plan: Plan, as_officer: Client
) -> None:
    response = as_officer.get(reverse("task_list", args=[plan.code]) + "?phase=P9")
    assert response.status_code == 200
    assert response.context["list"].count == 0
    assert "<title>Lỗi:" in response.content.decode()


@pytest.mark.parametrize("query", ["?page=99", "?page=x", "?sort=nothing", "?columns=nothing"])
def test_an_address_that_was_mistyped_still_shows_the_list(
    query: str, plan: Plan, as_officer: Client
) -> None:
    response = as_officer.get(reverse("task_list", args=[plan.code]) + query)
    assert response.context["list"].count == 34
