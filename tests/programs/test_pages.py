"""The pages of the plan: its words, its sums, what is unclear where it matters."""

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Objective, Plan, TextIssue
from programs.plan_file import PlanFile

pytestmark = pytest.mark.django_db

PAGES = [
    "plan_detail",
    "objective_list",
    "plan_item_list",
    "responsibility_list",
    "text_issue_list",
    "task_list",
    "indicator_list",
    "budget_line_list",
]


def page(client: Client, url_name: str, *arguments: str) -> str:
    """The text of a page."""
    response = client.get(reverse(url_name, args=arguments))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("url_name", PAGES)
def test_a_plan_that_is_not_there_is_not_found(url_name: str, as_officer: Client) -> None:
    assert as_officer.get(reverse(url_name, args=["khong-co"])).status_code == 404


@pytest.mark.parametrize("url_name", ["task_detail", "indicator_detail"])
def test_a_code_that_is_not_in_the_plan_is_not_found(
    url_name: str, plan: Plan, as_officer: Client
) -> None:
    assert as_officer.get(reverse(url_name, args=[plan.code, "Z9"])).status_code == 404


@pytest.mark.parametrize("url_name", PAGES)
def test_whoever_is_not_logged_in_is_sent_to_the_login(
    url_name: str, plan: Plan, client: Client
) -> None:
    url = reverse(url_name, args=[plan.code])
    assert client.get(url)["Location"] == f"{reverse('account_login')}?next={url}"


def test_objectives_stand_word_for_word_with_clause_indicators_and_targets(
    plan: Plan, as_officer: Client
) -> None:
    text = page(as_officer, "objective_list", plan.code)
    for objective in Objective.objects.filter(plan=plan):
        assert objective.text in text
        assert f"{objective.code} · mục {objective.clause}" in text
    assert "Tỷ lệ doanh nghiệp trọng điểm triển khai dự án năng suất chất lượng" in text
    assert "≥ 60%" in text
    assert "1–2 doanh nghiệp/năm" in text


def test_section_two_opens_the_tasks_that_pay_for_it(plan: Plan, as_officer: Client) -> None:
    text = page(as_officer, "plan_item_list", plan.code)
    assert reverse("task_detail", args=[plan.code, "B2.2.5"]) in text
    assert "Phụ lục không có dòng dự toán cho nội dung này." in text


def test_every_task_has_a_page_with_its_words_and_money(
    plan: Plan, plan_file: PlanFile, as_officer: Client
) -> None:
    text = page(as_officer, "task_detail", plan.code, "B1.3.5")
    assert "Hỗ trợ 100 doanh nghiệp áp dụng hệ thống quản lý chất lượng ISO 9000" in text
    assert "100 doanh nghiệp" in text
    assert "2.200" in text
    assert "1.200" in text
    assert reverse("task_detail", args=[plan.code, "B2.2.5"]) in text


@pytest.mark.parametrize(
    ("url_name", "code", "issue"),
    [
        ("task_detail", "B1.2.7", "C01"),
        ("task_detail", "B1.1.1", "C16"),
        ("indicator_detail", "K06", "C05"),
        ("indicator_detail", "K17", "C01"),
    ],
)
def test_what_is_unclear_is_told_where_it_matters(
    url_name: str, code: str, issue: str, plan: Plan, as_officer: Client
) -> None:
    assert TextIssue.objects.get(code=issue).statement in (
        page(as_officer, url_name, plan.code, code).replace("&quot;", '"')
    )


def test_the_official_reading_is_the_first_one(plan: Plan) -> None:
    reading = TextIssue.objects.get(plan=plan, code="C05").official_reading
    assert reading is not None
    assert reading.key == "all_key_enterprises"
    assert TextIssue.objects.get(plan=plan, code="C19").official_reading is None


def test_no_figure_is_shown_where_nothing_is_computed(plan: Plan, as_officer: Client) -> None:
    assert "chưa có dữ liệu" in page(as_officer, "indicator_detail", plan.code, "K18")
    assert "0%" not in page(as_officer, "indicator_detail", plan.code, "K18").replace("100%", "")


def test_without_a_plan_the_overview_says_what_to_do(as_officer: Client) -> None:
    assert "load_plan" in page(as_officer, "overview")


def test_text_of_a_plan_never_becomes_markup(plan: Plan, as_officer: Client) -> None:
    Objective.objects.filter(code="P2.02").update(text="<img src=x onerror=alert(1)>")
    text = page(as_officer, "objective_list", plan.code)
    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
