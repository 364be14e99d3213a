"""Loading a plan: all of it or nothing, twice without change, old targets stay."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.choices import Role
from accounts.models import Organisation
from audit.models import Entry
from budgets.models import BudgetLine
from budgets.selectors import appendix_of
from core.errors import DomainError
from programs.models import (
    Indicator,
    Objective,
    Phase,
    Plan,
    PlanItem,
    Target,
    Task,
    TaskGroup,
    TextIssue,
)
from programs.plan_file import PlanFile, read_plan_file
from programs.services import plan_load
from tests.factories import BY, PLAN_191, load, user

OTHER = Path(__file__).parent / "plans" / "tinh-mau.yaml"

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> str:
    """What ``load_plan`` prints."""
    out = io.StringIO()
    call_command("load_plan", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_the_command_prints_what_the_plan_holds_and_the_second_run_changes_nothing() -> None:
    first = command(str(PLAN_191))
    assert "191/KH-UBND: 2 giai đoạn, 5 nhóm, 34 dòng, 26 chỉ tiêu, 19 điểm chưa rõ" in first
    assert "35.100 = 15.100 + 20.000 triệu đồng" in first
    entry = Entry.objects.get(act="plan_load")
    assert entry.target_label == "191/KH-UBND"
    assert len(entry.after["sha256"]) == 64
    rows = list(Task.objects.values_list()), list(Target.objects.values_list())
    assert "Không có gì thay đổi." in command(str(PLAN_191))
    assert Entry.objects.filter(act="plan_load").count() == 1
    assert (list(Task.objects.values_list()), list(Target.objects.values_list())) == rows


def test_a_dry_run_keeps_nothing() -> None:
    assert "chưa lưu gì" in command(str(PLAN_191), "--dry-run")
    assert not Plan.objects.exists()
    assert not Organisation.objects.exists()
    assert not Entry.objects.exists()


def test_the_portal_holds_the_whole_plan_word_for_word(plan: Plan, plan_file: PlanFile) -> None:
    counts = {
        model: model._default_manager.filter(plan=plan).count()
        for model in (Phase, TaskGroup, Task, Indicator, TextIssue, Objective)
    }
    assert counts == {Phase: 2, TaskGroup: 5, Task: 34, Indicator: 26, TextIssue: 19, Objective: 22}
    for part in plan_file.tasks:
        assert Task.objects.get(plan=plan, code=part.code).text == part.text
    for objective in plan_file.objectives:
        assert Objective.objects.get(plan=plan, code=objective.code).text == objective.text
    item = PlanItem.objects.get(plan=plan, code="II.3.a.9")
    assert item.text.startswith(
        "Hỗ trợ 05 doanh nghiệp áp dụng hệ thống quản lý ISO/ IEC 17025: 2005"
    )
    assert [task.code for task in item.tasks.all()] == ["B1.3.9", "B2.2.9"]


def test_money_is_kept_in_dong_and_adds_up_as_the_plan_says(plan: Plan) -> None:
    person = user(role=Role.LEADERSHIP)
    appendix = appendix_of(person, plan)
    assert (appendix.sums.total, appendix.sums.state, appendix.sums.enterprise) == (
        35_100_000_000,
        15_100_000_000,
        20_000_000_000,
    )
    assert [part.sums.total for part in appendix.phases] == [18_450_000_000, 16_650_000_000]
    groups = [group.sums.total for part in appendix.phases for group in part.groups]
    assert groups == [1_050_000_000, 7_050_000_000, 10_350_000_000, 2_750_000_000, 13_900_000_000]
    line = BudgetLine.objects.get(task__code="B2.2.9")
    assert (line.state, line.enterprise, line.total) == (800_000_000, 1_100_000_000, 1_900_000_000)


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """Plan 191 with a passage replaced."""
    text = PLAN_191.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    target = tmp_path / "plan.yaml"
    target.write_text(text.replace(old, new), encoding="utf-8")
    return target


K05 = "targets:\n      - low: 60\n        due: 2025\n    numerator: Doanh nghiệp trọng điểm có"


def test_a_changed_target_is_a_new_row_and_the_old_one_stays(plan: Plan, tmp_path: Path) -> None:
    path = changed(tmp_path, K05, K05.replace("60", "65"))
    printed = command(str(path), "--dry-run")
    assert "K05" in printed
    assert "60" in printed
    assert "65" in printed
    assert Target.objects.get(indicator__code="K05").low == 60
    command(str(path))
    old, new = Target.objects.filter(indicator__code="K05").order_by("pk")
    assert (old.low, new.low) == (Decimal(60), Decimal(65))
    assert old.replaced_at is not None
    assert new.replaced_at is None
    entry = Entry.objects.filter(act="plan_load").latest("pk")
    assert [change["code"] for change in entry.before["changed"]] == ["K05"]
    assert entry.after["changed"][0]["values"]["target"] == "65"


def test_a_target_that_is_gone_from_the_file_no_longer_stands(plan: Plan, tmp_path: Path) -> None:
    old = K05[: K05.index("    numerator")]
    text = PLAN_191.read_text(encoding="utf-8")
    start = text.index("- code: K05")
    part = text[start : text.index("- code: K06")]
    without = part.replace("comparator: at_least", "comparator: none").replace(f"    {old}", "")
    assert without != part
    command(str(changed(tmp_path, part, without)))
    target = Target.objects.get(indicator__code="K05")
    assert target.replaced_at is not None
    assert not Target.objects.standing().filter(indicator__code="K05").exists()
    assert "Không có gì thay đổi." in command(str(tmp_path / "plan.yaml"))


def test_a_bullet_that_moved_is_told_and_recorded(plan: Plan, tmp_path: Path) -> None:
    text = PLAN_191.read_text(encoding="utf-8")
    path = tmp_path / "plan.yaml"
    file = yaml.safe_load(text)
    second = file["items"][1]["items"].pop(0)
    file["items"][0]["items"].append(second)
    path.write_text(yaml.safe_dump(file, allow_unicode=True), encoding="utf-8")
    command(str(path))
    moved = [c for c in Entry.objects.latest("pk").after["changed"] if "parent" in c["values"]]
    assert [(change["code"], change["values"]["parent"]) for change in moved] == [
        (second["code"], "II.1")
    ]


def test_an_amended_target_by_another_document_stands_beside_the_first(
    plan: Plan, tmp_path: Path
) -> None:
    amended = K05.replace(
        "    numerator",
        "      - low: 70\n        due: 2025\n        instrument: 1322/QĐ-TTg\n"
        "        valid_from: 2024-01-01\n    numerator",
    )
    command(str(changed(tmp_path, K05, amended)))
    standing = Target.objects.standing().filter(indicator__code="K05").order_by("valid_from")
    assert [(target.low, str(target.instrument.number)) for target in standing] == [
        (60, "191/KH-UBND"),
        (70, "1322/QĐ-TTg"),
    ]


def test_a_file_that_lost_a_row_is_refused(plan: Plan, tmp_path: Path) -> None:
    old = "  - code: C19\n"
    path = changed(tmp_path, old, "  - code: C20\n")
    before = list(TextIssue.objects.values_list("code", "statement"))
    with pytest.raises(DomainError, match="C19"):
        plan_load(plan_file=read_plan_file(path), by=BY)
    assert list(TextIssue.objects.values_list("code", "statement")) == before


def test_a_plan_of_another_province_loads_beside_it(plan: Plan) -> None:
    other = load(read_plan_file(OTHER))
    assert not other.is_current
    assert Plan.objects.current() == plan
    assert [phase.years for phase in other.phases.all()] == ["2024–2024", "2025–2027", "2028–2028"]
    assert BudgetLine.objects.get(task__plan=other, task__code="A1.1").state == 10_500_000
    assert Target.objects.get(indicator__plan=other).shown("at_most") == "≤ 5"
    assert not plan_load(plan_file=read_plan_file(OTHER), by=BY).changes


def test_the_database_refuses_what_a_plan_never_is(plan: Plan) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Phase.objects.filter(plan=plan, code="P2").update(first_year=2025)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(task__code="B1.3.1").update(state=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(indicator__code="K05").update(task=Task.objects.first())
