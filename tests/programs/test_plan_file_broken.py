"""A broken plan file: a sentence for each fault, with its line, and nothing changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from budgets.models import BudgetLine
from programs.models import Indicator, Plan, Target, Task
from programs.plan_file import PlanFileError, read_plan_file
from tests.factories import PLAN_191


def replaced(old: str, new: str) -> Callable[[str], str]:
    """A plan with one passage replaced."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


BROKEN = {
    "unknown key": (
        replaced("format: 1\n", "format: 1\nghi_chu: x\n"),
        "ghi_chu: khóa này không được biết",
    ),
    "missing field": (replaced("  number: 191/KH-UBND\n", ""), "plan.number: thiếu trường này"),
    "row that does not add up": (
        replaced("total: 1250\n", "total: 1251\n"),
        "tổng 1.251 không bằng ngân sách 500 + doanh nghiệp 750",
    ),
    "unknown unit": (replaced("unit: khóa\n", "unit: khoá\n"), "đơn vị tính “khoá” chưa được biết"),
    "duplicate code": (replaced("- code: K02\n", "- code: K01\n"), "mã K01 dùng hai lần"),
    "overlapping phases": (replaced("from: 2026\n", "from: 2025\n"), "trùng với giai đoạn P1"),
    "phase that ends before it begins": (
        replaced("to: 2025\n", "to: 2020\n"),
        "giai đoạn kết thúc trước khi bắt đầu",
    ),
    "text where a number belongs": (
        replaced("total: 1250\n", "total: nhiều\n"),
        "“nhiều” phải là số",
    ),
    "date in another form": (
        replaced("issued_on: 2021-04-22", "issued_on: 22/4/2021"),
        "“22/4/2021” phải là ngày viết như 2021-04-22",
    ),
    "code that is not in the file": (
        replaced("objective: P1.02", "objective: P9.99"),
        "“P9.99” được nhắc ở đây nhưng không có trong tệp",
    ),
    "key twice": (
        replaced("  number: 191/KH-UBND\n", "  number: 191/KH-UBND\n  number: 192/KH-UBND\n"),
        "khóa này xuất hiện hai lần",
    ),
    "not YAML": (replaced("plan:\n", "plan: [\n"), "không đúng cú pháp YAML"),
    "not a plan": (lambda _text: "chỉ là chữ", "Tệp không chứa dữ liệu"),
    "empty": (lambda _text: "", "Tệp không chứa dữ liệu"),
    "quantity without unit": (
        replaced("quantity: 20\n              unit: lớp\n", "quantity: 20\n"),
        "có số lượng thì phải có đơn vị tính",
    ),
    "range upside down": (
        replaced("low: 1\n        high: 2", "low: 3\n        high: 2"),
        "mức trên của mục tiêu thấp hơn mức dưới",
    ),
    "target outside the phase": (
        replaced("due: 2030", "due: 2019"),
        "năm 2019 nằm ngoài giai đoạn",
    ),
    "part of a đồng": (
        replaced("total: 1250\n", "total: 1250.0000001\n"),
        "không phải số nguyên",
    ),
    "value that is not allowed": (
        replaced("comparator: between", "comparator: giữa"),
        "“giữa” không thuộc các giá trị cho phép",
    ),
}


def everything() -> list[list[dict]]:
    """All that a load could change."""
    models = (Plan, Task, Target, Indicator, BudgetLine, Entry)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.django_db
def test_a_broken_file_is_refused_in_one_sentence_with_its_place(
    kind: str, tmp_path: Path, plan: Plan
) -> None:
    change, sentence = BROKEN[kind]
    path = tmp_path / "plan.yaml"
    path.write_text(change(PLAN_191.read_text(encoding="utf-8")), encoding="utf-8")
    before = everything()
    with pytest.raises(CommandError) as refused:
        call_command("load_plan", str(path))
    assert sentence in str(refused.value)
    if kind not in {"not a plan", "empty"}:
        assert str(refused.value).startswith("Dòng ")
    assert everything() == before


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("heading: Khảo sát, đánh giá thực trạng sản xuất", "group", "groups[1].total"),
        ("heading: Giai đoạn từ 2021- 2025", "phase", "appendix.phases[1].total"),
        ("in_words:", "whole", "appendix.total"),
    ],
)
def test_sums_of_groups_phases_and_the_whole_are_checked(
    old: str, new: str, place: str, tmp_path: Path
) -> None:
    text = PLAN_191.read_text(encoding="utf-8")
    start = text.index("total: ", text.index(old, text.index("appendix:")))
    end = text.index("\n", start)
    path = tmp_path / "plan.yaml"
    path.write_text(f"{text[:start]}total: 99999{text[end:]}", encoding="utf-8")
    with pytest.raises(PlanFileError) as refused:
        read_plan_file(path)
    assert any(place in line and "99.999" in line for line in refused.value.sentences), new


def test_every_fault_is_told_at_once_with_the_line_where_it_stands(tmp_path: Path) -> None:
    text = PLAN_191.read_text(encoding="utf-8")
    broken = text.replace("total: 1250\n", "total: 1251\n").replace("unit: cổng", "unit: cong")
    path = tmp_path / "plan.yaml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(PlanFileError) as refused:
        read_plan_file(path)
    line = broken[: broken.index("unit: cong")].count("\n") + 1
    assert any(
        told.startswith(f"Dòng {line}, indicators[13].unit:") for told in refused.value.sentences
    )
    assert any("1.251" in told for told in refused.value.sentences)


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError, match="Không đọc được tệp"):
        read_plan_file(tmp_path / "missing.yaml")
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"\xff\xfe\x00plan")
    with pytest.raises(PlanFileError, match="Không đọc được tệp"):
        read_plan_file(binary)


def test_yaml_that_would_run_code_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("format: !!python/object/apply:os.system ['true']\n", encoding="utf-8")
    with pytest.raises(PlanFileError, match="YAML"):
        read_plan_file(path)
