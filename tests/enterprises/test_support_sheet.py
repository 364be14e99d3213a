"""The sheet HoTro: past support cases come in as history, and are corrected as long as they are."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from documents.choices import ImportStatus
from documents.models import ImportRow, ImportRun
from documents.services import WorkbookImport, import_run_work
from enterprises import services
from enterprises.choices import SupportStage, SupportState
from enterprises.models import Enterprise, SupportCase, SupportStep
from programs.models import Plan
from tests.documents.test_import_undo import tables, undo
from tests.enterprises import support_samples as samples
from tests.enterprises.factories import enterprise
from tests.workbooks import as_file, counts, run_import, told, workbook

pytestmark = pytest.mark.django_db

State, Stage = SupportState, SupportStage
TASK = "B1.3.5"  # of phase 1, which ends on 14/12/2025
HEADS = [
    "Mã số thuế", "Mã nhiệm vụ", "Ngày bắt đầu", "Trạng thái", "Ngày nghiệm thu",
    "Ngân sách (đồng)", "Doanh nghiệp (đồng)",
]  # fmt: skip
BEGUN, ACCEPTED = dt.date(2024, 3, 1), dt.date(2024, 11, 20)
LATER = dt.date(2025, 2, 3)
MILLION = 1_000_000


def line(of: Enterprise, state: str | None = "đã nghiệm thu", **values: Any) -> list[Any]:
    """A row: what it does not say is that of a case that was accepted inside the phase."""
    accepted = ACCEPTED if state in {"đã nghiệm thu", "đã đóng"} else None
    made = {"task": TASK, "begun": BEGUN, "accepted": accepted, "share": 40, "own": 60, **values}
    return [
        of.tax_code, made["task"], made["begun"], state, made["accepted"], made["share"],
        made["own"],
    ]  # fmt: skip


def take(*rows: list[Any], **options: Any) -> WorkbookImport:
    """Import rows of the sheet."""
    return run_import({"HoTro": [HEADS, *rows]}, **options)


def sentences(done: WorkbookImport) -> list[str]:
    """What is said of wrong cells."""
    return [one.message for one in done.plan.mistakes()]


def warnings(done: WorkbookImport) -> list[tuple[int, str, str]]:
    """Row, column and sentence of every warning."""
    return [(one.row, one.column, one.message) for one in done.plan.sheets[0].warnings]


# --- States -----------------------------------------------------------------------------------

DATES = ("selected_on", "agreed_on", "started_on", "accepted_on", "closed_on", "cancelled_on")
# The stage, and which days of a case that began on BEGUN and was accepted on ACCEPTED are known.
MAPPED: dict[str, tuple[SupportStage, SupportState, tuple[dt.date | None, ...]]] = {
    "đã chọn": (Stage.SELECTED, State.SELECTED, (BEGUN, None, None, None, None, None)),
    "đã thỏa thuận": (Stage.AGREED, State.AGREED, (BEGUN, BEGUN, None, None, None, None)),
    "đang thực hiện": (
        Stage.IN_PROGRESS, State.IN_PROGRESS, (BEGUN, BEGUN, BEGUN, None, None, None),
    ),
    "đã nghiệm thu": (
        Stage.ACCEPTED, State.ACCEPTED, (BEGUN, BEGUN, BEGUN, ACCEPTED, None, None),
    ),
    "đã đóng": (Stage.CLOSED, State.CLOSED, (BEGUN, BEGUN, BEGUN, ACCEPTED, ACCEPTED, None)),
    "đã hủy": (Stage.SELECTED, State.CANCELLED, (BEGUN, None, None, None, None, BEGUN)),
}  # fmt: skip


def stands(case: SupportCase) -> tuple[SupportStage, SupportState, tuple[dt.date | None, ...]]:
    """How a case stands, to compare with ``MAPPED``."""
    assert case.imported_stage == case.stage
    return SupportStage(case.stage), case.state, tuple(getattr(case, name) for name in DATES)


def test_every_state_comes_in_as_history_and_twice_changes_nothing(
    plan: Plan, officer: User
) -> None:
    of = {state: enterprise() for state in MAPPED}
    rows = [line(one, state) for state, one in of.items()]
    # Other case, other accents, spaces; amounts that nobody knows.
    rows[0] = line(of["đã chọn"], " ĐÃ  CHON", task="b1.3.5", share=None, own=None)
    done = take(*rows, by=officer)
    assert (told(done), warnings(done)) == ([], [])
    assert counts(done) == {"HoTro": (6, 0, 0, 0)}
    for state, one in of.items():
        case = SupportCase.objects.get(enterprise=one)
        assert stands(case) == MAPPED[state]
        assert (case.task.code, case.begun_on, case.recorded_by) == (TASK, BEGUN, officer)
        shares = (case.state_share, case.enterprise_share, case.total)
        assert shares == ((None,) * 3 if state == "đã chọn" else (40, 60, 100))
    assert not SupportStep.objects.exists()
    again = take(*rows)
    assert counts(again) == {"HoTro": (0, 0, 6, 0)}
    assert again.run
    assert again.run.changes_made == 0


def test_a_past_case_is_corrected_by_an_import_and_its_days_follow(plan: Plan) -> None:
    of = enterprise()
    take(line(of, "đã chọn"))
    # Each state after every other that is far from it.
    for state in ("đã đóng", "đang thực hiện", "đã hủy", "đã nghiệm thu", "đã chọn", "đã hủy"):
        accepted = MAPPED[state][2][3]
        done = take(line(of, state, accepted=accepted or "-"))
        assert counts(done) == {"HoTro": (0, 1, 0, 0)}
        case = SupportCase.objects.get()
        assert stands(case) == MAPPED[state]
        assert case.corrected_at
    done = take(line(of, None, accepted=None, share=41, own="-"))
    assert counts(done) == {"HoTro": (0, 1, 0, 0)}
    case = SupportCase.objects.get()
    assert stands(case) == MAPPED["đã hủy"]
    assert (case.state_share, case.enterprise_share) == (41, None)


# --- Errors -----------------------------------------------------------------------------------


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"task": "B9.9.9"}, "Mã nhiệm vụ", "không có nhiệm vụ hỗ trợ doanh nghiệp nào mang mã này"),
    ({"task": "B1.1.1"}, "Mã nhiệm vụ", "không có nhiệm vụ hỗ trợ doanh nghiệp nào mang mã này"),
    ({"task": None}, "Mã nhiệm vụ", "bắt buộc phải ghi"),
    ({"begun": None}, "Ngày bắt đầu", "bắt buộc phải ghi"),
    ({"begun": "2024"}, "Ngày bắt đầu", "ngày/tháng/năm"),
    ({"state": None}, "Trạng thái", "bắt buộc phải ghi"),
    ({"state": "-"}, "Trạng thái", "bắt buộc phải ghi"),
    ({"state": "xong"}, "Trạng thái", "đã thỏa thuận; đang thực hiện"),
    ({"accepted": "29/2/2024"}, "Ngày nghiệm thu", "ở trước ngày bắt đầu hỗ trợ"),
    ({"share": -1}, "Ngân sách (đồng)", "quá nhỏ"),
    ({"own": "0,5"}, "Doanh nghiệp (đồng)", "chẵn đồng"),
]


def test_every_wrong_cell_is_told_and_nothing_is_imported(plan: Plan) -> None:
    done = take(*(line(enterprise(), **values) for values, *_rest in WRONG), line(enterprise()))
    found = list(done.plan.mistakes())
    assert [(one.row, one.column) for one in found] == [
        (row, column) for row, (_values, column, _part) in enumerate(WRONG, start=2)
    ]
    for one, (_values, _column, part) in zip(found, WRONG, strict=True):
        assert part in one.message
    assert done.run is None
    assert not SupportCase.objects.exists()


def test_two_rows_of_one_enterprise_and_task_that_are_open_are_both_wrong(plan: Plan) -> None:
    of, other = enterprise(), enterprise()
    later = dt.date(2025, 1, 1)
    done = take(
        line(of, "đã chọn"),
        line(of, "đang thực hiện", begun=later),
        # None of these is a second open one.
        line(of, "đã đóng", begun=dt.date(2023, 1, 1)),
        line(of, "đã nghiệm thu", begun=dt.date(2023, 3, 1)),
        line(of, "đã nghiệm thu", begun=dt.date(2023, 4, 1)),
        line(of, "đã hủy", begun=dt.date(2023, 2, 1)),
        line(of, "đã chọn", task="B1.3.1"),
        line(other, "đã chọn"),
    )
    assert [one[1:3] for one in told(done)] == [(2, "Trạng thái"), (3, "Trạng thái")]
    first, second = sentences(done)
    assert "Dòng 3" in first
    assert "Dòng 2" in second
    assert not SupportCase.objects.exists()


def test_a_row_beside_a_stored_case_that_is_open_is_wrong_until_that_one_ends(plan: Plan) -> None:
    of = enterprise()
    take(line(of, "đang thực hiện"))
    later = dt.date(2025, 1, 1)
    second = line(of, "đã chọn", begun=later)
    done = take(second)
    assert [one[1:3] for one in told(done)] == [(2, "Trạng thái")]
    assert f"{BEGUN:%d/%m/%Y}" in sentences(done)[0]
    # A row that is wrong by itself leaves the stored case as it is: open.
    done = take(second, line(of, "đã đóng", share=-1))
    assert [one[1:3] for one in told(done)] == [(2, "Trạng thái"), (3, "Ngân sách (đồng)")]
    done = take(second, line(of, "đã đóng"))
    assert counts(done) == {"HoTro": (1, 1, 0, 0)}
    # The open one moves from one case to the other in one file.
    done = take(line(of, "đang thực hiện", accepted="-"), line(of, "đã hủy", begun=later))
    assert counts(done) == {"HoTro": (0, 2, 0, 0)}
    assert SupportCase.objects.open().get().begun_on == BEGUN


def test_a_case_that_is_run_in_the_portal_is_not_changed(plan: Plan, officer: User) -> None:
    case = samples.selected(plan)
    imported = enterprise()
    take(line(imported, "đã thỏa thuận"))
    begun = SupportCase.objects.get(enterprise=imported)
    services.support_case_start(case=begun, on=ACCEPTED, version=None, by=officer)
    begun.refresh_from_db()
    same = [
        line(case.enterprise, "đã chọn", task=case.task.code, begun=case.selected_on, share=None,
             own=None),
        line(imported, "đang thực hiện", begun=ACCEPTED),
    ]  # fmt: skip
    assert counts(take(*same)) == {"HoTro": (0, 0, 2, 0)}
    before = list(SupportCase.objects.order_by("pk").values())
    same[0][3] = "đã hủy"
    same[1][5] = 99
    done = take(*same)
    assert [one[1:3] for one in told(done)] == [(2, "Trạng thái"), (3, "Ngân sách (đồng)")]
    assert all("trên trang của hồ sơ" in sentence for sentence in sentences(done))
    assert list(SupportCase.objects.order_by("pk").values()) == before


def test_a_case_with_milestones_of_the_portal_is_not_changed_until_they_are_gone(
    plan: Plan, officer: User
) -> None:
    of = enterprise()
    take(line(of, "đang thực hiện"))
    case = SupportCase.objects.get(enterprise=of)
    milestone = services.support_milestone_add(
        case=case, title="Đánh giá thử", due_on=ACCEPTED, by=officer
    )
    closed = line(of, "đã đóng", begun=BEGUN)
    assert counts(take(closed)) == {"HoTro": (0, 0, 0, 1)}
    services.support_milestone_void(
        milestone=milestone, reason="Nhập nhầm", version=None, by=officer
    )
    assert counts(take(closed)) == {"HoTro": (0, 1, 0, 0)}


def test_only_an_acceptance_told_before_the_work_begins_is_gone(plan: Plan, officer: User) -> None:
    early, late = enterprise(), enterprise()
    take(line(early, "đã thỏa thuận", accepted=BEGUN), line(late, "đã thỏa thuận", accepted=LATER))
    for of, kept in ((early, None), (late, LATER)):
        case = SupportCase.objects.get(enterprise=of)
        services.support_case_start(case=case, on=ACCEPTED, version=None, by=officer)
        case.refresh_from_db()
        assert (case.stage, case.accepted_on) == (SupportStage.IN_PROGRESS, kept)
    first, second = Entry.objects.filter(act="support_case_start").order_by("pk")
    began = {"started_on": ACCEPTED.isoformat()}
    assert first.before == {"accepted_on": BEGUN.isoformat()}
    assert first.after == {**began, "accepted_on": None}
    assert second.after == began


# --- Warnings ---------------------------------------------------------------------------------


LACKS, OUTSIDE = "Thiếu ngày nghiệm thu", "15/12/2020 – 14/12/2025"
ACCEPTANCES: list[tuple[str, dt.date | None, str]] = [
    ("đã nghiệm thu", None, LACKS),
    ("đã đóng", None, LACKS),
    ("đang thực hiện", ACCEPTED, "Trạng thái là “đang thực hiện”"),
    ("đã chọn", ACCEPTED, "Trạng thái là “đã chọn”"),
    ("đã hủy", ACCEPTED, "Trạng thái là “đã hủy”"),
    ("đã nghiệm thu", dt.date(2025, 12, 15), OUTSIDE),
    ("đã đóng", dt.date(2025, 12, 15), OUTSIDE),
    ("đã nghiệm thu", dt.date(2025, 12, 14), ""),
    ("đã nghiệm thu", BEGUN, ""),
]


def test_an_acceptance_that_does_not_count_comes_in_with_a_warning(plan: Plan) -> None:
    of = [enterprise() for _one in ACCEPTANCES]
    rows = zip(of, ACCEPTANCES, strict=True)
    done = take(*(line(one, state, accepted=day) for one, (state, day, _told) in rows))
    assert counts(done) == {"HoTro": (len(of), 0, 0, 0)}
    found = {row: (column, sentence) for row, column, sentence in warnings(done)}
    for row, (_state, _day, part) in enumerate(ACCEPTANCES, start=2):
        column, sentence = found.pop(row, ("", ""))
        assert column == ("Ngày nghiệm thu" if part else "")
        assert part in sentence
    assert found == {}
    stored = dict(SupportCase.objects.values_list("enterprise", "accepted_on"))
    assert [stored[one.pk] for one in of] == [day for _state, day, _told in ACCEPTANCES]
    # Without an outcome all that came in as accepted are lacking.
    lacking = SupportCase.objects.lacking()
    assert lacking.filter(accepted_on__isnull=True).count() == 2
    assert lacking.count() == 6


def test_amounts_above_the_rules_come_in_with_a_warning(plan: Plan) -> None:
    samples.rule(state_percent=50, state_limit=100 * MILLION, valid_from=dt.date(2024, 1, 1))
    one, two = enterprise(), enterprise()
    take(line(two, "đã đóng", task="B1.3.1", share=30 * MILLION, own=30 * MILLION))

    def row(of: Enterprise, state: str, task: str, share: int, own: int | None, **more: Any) -> Any:
        return line(of, state, task=task, share=share * MILLION, own=own and own * MILLION, **more)

    done = take(
        row(one, "đã nghiệm thu", "B1.3.1", 50, 50),  # half is right
        row(one, "đang thực hiện", "B1.3.2", 51, 49, begun=dt.date(2024, 3, 2)),  # and 101 in all
        row(one, "đã hủy", "B1.3.3", 90, 0),  # was never given
        row(one, "đã đóng", "B1.3.4", 90, 0, begun=dt.date(2023, 12, 31)),  # before the rule
        row(two, "đã nghiệm thu", "B1.3.2", 70, None),  # 100 in all, the whole is unknown
        row(two, "đã nghiệm thu", "B1.3.3", 1, 9, begun=dt.date(2024, 4, 1)),  # 101 in all
    )
    assert counts(done) == {"HoTro": (6, 0, 0, 0)}
    found = warnings(done)
    # What was given before the rule counts against the ceiling, as it does in the portal.
    assert [(row, column) for row, column, _sentence in found] == [
        (2, "Ngân sách (đồng)"),
        (3, "Ngân sách (đồng)"),
        (3, "Ngân sách (đồng)"),
        (7, "Ngân sách (đồng)"),
    ]
    assert "50%" in found[1][2]
    assert "90.000.000" in found[0][2]
    assert "100.000.000" in found[3][2]


def test_a_rule_of_one_kind_counts_the_cases_of_that_kind(plan: Plan) -> None:
    kind = samples.task(plan, "B1.3.1").key
    samples.rule(kind=kind, state_percent=None, state_limit=50)
    of = enterprise()
    done = take(
        line(of, "đã đóng", task="B1.3.1", begun=dt.date(2023, 1, 1)),
        line(of, "đã đóng", task="B1.3.2", begun=dt.date(2023, 2, 1)),
        line(of, "đã đóng", task="B1.3.1", begun=dt.date(2023, 3, 1), share=10),
        line(of, "đã đóng", task="B1.3.1", begun=dt.date(2023, 4, 1), share=1),
    )
    assert [row for row, _column, _sentence in warnings(done)] == [5]


def test_warnings_stand_on_the_page_at_their_row_and_in_the_shell(
    plan: Plan, as_officer: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    of = enterprise()
    content = workbook({"HoTro": [HEADS, line(of, accepted="20/12/2025")]})
    path = tmp_path / "so-lieu.xlsx"
    path.write_bytes(content)
    call_command("import_workbook", str(path), "--dry-run", "--json")
    captured = capsys.readouterr()
    assert set(json.loads(captured.out)) == {"sheets", "errors", "skipped"}
    assert "HoTro, dòng 2, cột “Ngày nghiệm thu” “20/12/2025”" in captured.err
    upload = {"file": as_file(content)}
    as_officer.post(reverse("import_run_upload"), upload)
    run = ImportRun.objects.get()
    import_run_work(run=run)
    run.refresh_from_db()
    assert run.wrong == 0
    [kept] = run.warnings
    assert (kept["row"], kept["column"], kept["value"]) == (2, "Ngày nghiệm thu", "20/12/2025")
    page = as_officer.get(run.get_absolute_url()).content.decode()
    assert page.count("15/12/2020 – 14/12/2025") == 2
    assert "dòng 2" in page
    assert ImportRow.objects.get().outcome == "new"
    assert as_officer.get(reverse("import_run_marked", args=[run.pk])).status_code == 404


def test_the_number_of_queries_does_not_depend_on_that_of_the_rows(plan: Plan) -> None:
    samples.rule(state_percent=30, state_limit=50)

    def queries(number: int) -> int:
        rows = [line(enterprise()) for _index in range(number)]
        content = workbook({"HoTro": [HEADS, *rows]})
        with CaptureQueriesContext(connection) as captured:
            done = run_import(content)
        assert len(warnings(done)) == number
        return len(captured)

    assert queries(3) == queries(30)


# --- Undoing ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_undoing_restores_every_table_unless_a_case_was_worked_on(
    plan: Plan, officer: User
) -> None:
    of, fresh = enterprise(), enterprise()
    later = dt.date(2025, 1, 1)
    take(line(of, "đang thực hiện"), line(of, "đã đóng", begun=later, accepted=later))
    before = tables()
    # The open case moves, another is new.
    done = take(
        line(of, "đã đóng", begun=BEGUN),
        line(of, "đang thực hiện", begun=later, accepted="-"),
        line(fresh, "đã thỏa thuận"),
    )
    assert counts(done) == {"HoTro": (1, 2, 0, 0)}
    assert undo(done.run, officer).status == ImportStatus.UNDONE
    assert tables() == before
    done = take(line(fresh, "đã thỏa thuận"))
    case = SupportCase.objects.get(enterprise=fresh)
    with transaction.atomic():
        services.support_case_start(case=case, on=later, version=None, by=officer)
    before = tables()
    run = undo(done.run, officer)
    assert run.status == ImportStatus.IMPORTED
    assert run.obstacles
    assert tables() == before
