"""The appendix "Dự toán kinh phí" as the plan has it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Plan, Task

pytestmark = pytest.mark.django_db


def rows(client: Client, plan: Plan) -> list[str]:
    """The rows of the appendix as text."""
    text = client.get(reverse("budget_line_list", args=[plan.code])).content.decode()
    table = text[text.index("<table") : text.index("</table>")]
    return [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    ]


def test_rows_stand_in_the_order_of_the_plan_with_their_sums(
    plan: Plan, as_officer: Client
) -> None:
    shown = rows(as_officer, plan)
    body = [row for row in shown if not row.startswith(("STT", "Vốn"))]
    assert len(body) == 2 + 5 + 34 + 1
    assert re.match(r"I Giai đoạn từ 2021- 2025 .*18\.450 8\.050 10\.400", body[0])
    assert body[-1].startswith("Tổng cộng: 35.100 15.100 20.000")
    texts = [task.text for task in Task.objects.filter(plan=plan).order_by("position")]
    lines = [row for row in body if row.startswith(("- ", "+ "))]
    assert [text in row for text, row in zip(texts, lines, strict=True)] == [True] * 34


def test_the_headings_are_those_of_the_plan(plan: Plan, as_officer: Client) -> None:
    first, second, *_rest = rows(as_officer, plan)
    assert first.startswith("STT Nội dung, nhiệm vụ Đơn vị chủ trì Đơn vị phối hợp Tổng kinh phí")
    assert second == "Vốn ngân sách NN Vốn đối ứng DN"


def test_the_words_of_the_amount_stand_with_their_conflict(plan: Plan, as_officer: Client) -> None:
    text = as_officer.get(reverse("budget_line_list", args=[plan.code])).content.decode()
    assert "Bằng chữ: Ba mươi năm tỷ một trăm triệu đồng" in text
    assert "C02" in text
