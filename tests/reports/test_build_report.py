"""``build_report``: one snapshot, three files, the same figures in all of them."""

import hashlib
import json
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import psycopg2
import pytest

from reports.documents.files import document_of
from reports.documents.model import Document
from tests import hand_worked
from tests.processes import database_url, manage
from tests.workbooks import workbook

YEAR, CUT_OFF = "2025", "2025-12-14"


@pytest.fixture(scope="module")
def built(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the command prints, with the files it wrote."""
    folder = tmp_path_factory.mktemp("report")
    register = folder / "so-lieu.xlsx"
    register.write_bytes(workbook(hand_worked.sheets()))
    done = manage("import_workbook", str(register), database=own_database)
    assert done.returncode == 0, done.stderr
    arguments = ("--kind", "annual", "--year", YEAR, "--out", str(folder), "--json")
    done = manage(
        "build_report", *arguments, database=own_database, FILES_ROOT=str(folder / "kept")
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.strip().splitlines()
    assert len(lines) == 1
    printed: dict[str, str] = json.loads(lines[0])
    return printed


@pytest.fixture(scope="module")
def snapshot(built: dict[str, str]) -> dict:
    """The data of the snapshot."""
    return json.loads(Path(built["snapshot"]).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def document(snapshot: dict) -> Document:
    """The document that the snapshot makes."""
    return document_of(snapshot)


@pytest.fixture(scope="module")
def pdf_text(built: dict[str, str]) -> str:
    """The words of the PDF, single-spaced."""
    with pdfplumber.open(built["pdf"]) as pdf:
        return " ".join(" ".join((page.extract_text() or "") for page in pdf.pages).split())


@pytest.fixture(scope="module")
def pdf_tables(built: dict[str, str]) -> list[list[str]]:
    """The rows of all tables of the PDF, cells single-spaced."""
    rows: list[list[str]] = []
    with pdfplumber.open(built["pdf"]) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                rows += [[" ".join((cell or "").split()) for cell in row] for row in table]
    return rows


def docx_tables(path: str) -> Iterator[list[str]]:
    """The rows of all tables of the Word file."""
    for table in docx.Document(path).tables:
        for row in table.rows:
            yield [" ".join(cell.text.split()) for cell in row.cells]


def test_it_prints_where_the_files_lie_and_the_hash_of_the_snapshot(
    built: dict[str, str], own_database: str
) -> None:
    assert set(built) == {"pdf", "docx", "xlsx", "snapshot", "sha256"}
    content = Path(built["snapshot"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == built["sha256"]
    assert Path(built["pdf"]).read_bytes().startswith(b"%PDF-")


def test_the_snapshot_is_canonical(built: dict[str, str], snapshot: dict) -> None:
    again = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again == Path(built["snapshot"]).read_text(encoding="utf-8")


def test_the_pdf_holds_the_rows_word_for_word_every_subtotal_and_the_words_of_the_amount(
    pdf_tables: list[list[str]], pdf_text: str, snapshot: dict
) -> None:
    cells = {cell.replace(" ", "") for row in pdf_tables for cell in row}
    lines = [
        line
        for phase in snapshot["money"]["phases"]
        for group in phase["groups"]
        for line in group["lines"]
    ]
    assert len(lines) == 34
    for line in lines:
        text = "".join([line["text"], *line["also_covers"]])
        assert text.replace(" ", "") in cells, line["code"]
    for sum_ in (
        "18.450",
        "8.050",
        "10.400",
        "16.650",
        "7.050",
        "9.600",
        "35.100",
        "15.100",
        "20.000",
        "1.050",
        "7.050",
        "10.350",
        "2.750",
        "13.900",
    ):
        assert sum_ in cells
    assert "Ba mươi lăm tỷ một trăm triệu đồng" in pdf_text
    assert "Ba mươi năm tỷ một trăm triệu đồng" in pdf_text
    assert "C02" in pdf_text
    assert "chưa có dữ liệu" in pdf_text


def written(number: int | str) -> str:
    """A number as documents write it, worked out apart from the code that they use."""
    whole, _point, decimals = f"{Decimal(number):,f}".partition(".")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def expected_money(snapshot: dict) -> list[list[str]]:
    """Total, state and enterprise of every row of PL3, in its order, from the snapshot itself."""
    parts = []
    for phase in snapshot["money"]["phases"]:
        parts.append(phase)
        for group in phase["groups"]:
            parts += [group, *group["lines"]]
    parts.append(snapshot["money"])
    keys = ("total", "state", "enterprise")
    return [[written(Decimal(part[key]) / 1_000_000) for key in keys] for part in parts]


def result(value: str | None) -> str:
    """A result as documents write it: with two decimals at the most, or that there is none."""
    if value is None:
        return "chưa có dữ liệu"
    rounded = Decimal(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return written(f"{rounded.normalize():f}")


def expected_tasks(snapshot: dict) -> list[list[str]]:
    """Code, what is planned, result, judgement and note of every row of PL2."""
    rows = []
    for task in snapshot["tasks"]:
        target = task["target"]
        planned = target["low"] if target else task["quantity"]
        due = f"hạn {'/'.join(reversed(target['due'].split('-')))}" if target else ""
        corrected = task["corrected_later"]
        told = f"{corrected} bản ghi được sửa sau ngày chốt số liệu" if corrected else ""
        rows.append(
            [
                task["code"],
                written(planned) if planned else "",
                result(task["value"]),
                JUDGEMENTS[task["status"]],
                "; ".join(part for part in (due, task["reason"].rstrip("."), told) if part),
            ]
        )
    return rows


def expected_indicators(snapshot: dict) -> list[list[str]]:
    """Code, target, result, numerator, denominator and judgement of every row of PL1."""
    signs = {"at_least": "≥ ", "growth": "≥ ", "at_most": "≤ "}
    rows = []
    for one in snapshot["indicators"]:
        target = one["target"]
        shown = "không định lượng"
        if target and target["high"]:
            shown = f"{written(target['low'])}–{written(target['high'])}"
        elif target:
            shown = signs.get(one["comparator"], "") + written(target["low"])
        parts = [
            "" if one[key] is None else written(one[key]) for key in ("numerator", "denominator")
        ]
        judged = JUDGEMENTS[one["status"]]
        rows.append([one["code"], shown, result(one["value"]), *parts, judged])
    return rows


JUDGEMENTS = {
    "met": "đạt",
    "on_track": "đúng tiến độ",
    "behind": "chậm tiến độ",
    "not_met": "không đạt",
    "no_data": "chưa có dữ liệu",
    None: "",
}


def columns(rows: list[list[str]], width: int, places: tuple[int, ...]) -> list[list[str]]:
    """These columns of the rows of a table that is so wide."""
    return [[row[place] for place in places] for row in rows if len(row) == width]


def sheet_rows(book: openpyxl.Workbook, sheet: str) -> list[list[str]]:
    """The rows of a sheet as text; numbers as documents write them."""
    rows = []
    for row in book[sheet].iter_rows():
        cells = []
        for cell in row:
            value = cell.value
            if isinstance(value, int | float):
                sign = cell.number_format.partition("#")[0].strip('"')
                value = sign + written(Decimal(str(value)).normalize())
            cells.append(" ".join(str("" if value is None else value).split()))
        rows.append(cells)
    return rows


@pytest.fixture(scope="module", params=["pdf", "docx", "xlsx"])
def tables(
    request: pytest.FixtureRequest, built: dict[str, str], pdf_tables: list[list[str]]
) -> dict[str, list[list[str]]]:
    """The rows of the three annexes as one of the formats has them."""
    if request.param == "xlsx":
        book = openpyxl.load_workbook(built["xlsx"], data_only=True)
        sheets = ("PL1 Chỉ tiêu", "PL2 Nhiệm vụ", "PL3 Kinh phí")
        return dict(zip(("1", "2", "3"), (sheet_rows(book, one) for one in sheets), strict=True))
    rows = pdf_tables if request.param == "pdf" else list(docx_tables(built["docx"]))
    widths = {"1": 10, "2": 9, "3": 8}
    return {key: [row for row in rows if len(row) == width] for key, width in widths.items()}


def test_every_amount_of_every_format_is_that_of_the_snapshot(
    tables: dict[str, list[list[str]]], snapshot: dict
) -> None:
    found = columns(tables["3"], 8, (4, 5, 6))
    amounts = [row for row in found if all(cell[:1].isdigit() for cell in row)]
    assert amounts == expected_money(snapshot)


def test_every_task_and_indicator_of_every_format_is_that_of_the_snapshot(
    tables: dict[str, list[list[str]]], snapshot: dict
) -> None:
    codes = {part["code"] for part in (*snapshot["tasks"], *snapshot["indicators"])}
    tasks = columns(tables["2"], 9, (0, 5, 6, 7, 8))
    assert [row for row in tasks if row[0] in codes] == expected_tasks(snapshot)
    indicators = columns(tables["1"], 10, (0, 3, 5, 6, 7, 8))
    assert [row for row in indicators if row[0] in codes] == expected_indicators(snapshot)


def test_a_snapshot_from_before_tasks_had_targets_still_makes_its_annex(snapshot: dict) -> None:
    lacking = {"target", "status", "reason", "corrected_later"}
    older = [
        {key: said for key, said in task.items() if key not in lacking}
        for task in snapshot["tasks"]
    ]
    table = document_of({**snapshot, "tasks": older}).annexes[1].table
    codes = {task["code"] for task in older}
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert [(row[0], row[5], row[7], row[8]) for row in shown if row[0] in codes] == [
        (task["code"], written(task["quantity"]) if task["quantity"] else "", "", "")
        for task in older
    ]


def test_the_same_records_give_the_same_snapshot(
    built: dict[str, str], own_database: str, tmp_path: Path
) -> None:
    done = manage(
        "build_report",
        "--kind",
        "annual",
        "--year",
        YEAR,
        "--out",
        str(tmp_path),
        "--json",
        database=own_database,
        FILES_ROOT=str(tmp_path / "kept"),
    )
    again = json.loads(done.stdout)
    assert again["sha256"] == built["sha256"]
    assert Path(again["xlsx"]).read_bytes() == Path(built["xlsx"]).read_bytes()


def measured(database: str) -> dict[str, dict]:
    """What ``measure`` answers for the cut-off."""
    done = manage("measure", "--at", CUT_OFF, "--json", database=database)
    assert done.returncode == 0, done.stderr
    found: dict[str, dict] = json.loads(done.stdout)
    return found


def as_number(text: str | None) -> float | None:
    """A value of the snapshot as the command writes it."""
    return None if text is None else float(text)


def test_the_snapshot_holds_what_measure_answers_and_who_stands_behind_it(
    built: dict[str, str], snapshot: dict, own_database: str
) -> None:
    found = measured(own_database)
    kept = {one["code"]: one for one in (*snapshot["indicators"], *snapshot["tasks"])}
    assert set(kept) == set(found)
    for code, one in kept.items():
        told = found[code]
        assert as_number(one["value"]) == told["value"], code
        for key in ("numerator", "denominator", "status", "reason"):
            assert one[key] == told[key], code
        second = one["second"]
        assert (as_number(second["value"]) if second else None) == (
            told["second"]["value"] if second else None
        ), code
    behind = kept["K02"]["evidence"]
    named = snapshot["records"][behind["kind"]]
    numerator, denominator = (
        {(named[str(key)]["name"], named[str(key)]["tax_code"]) for key in behind[part]}
        for part in ("numerator", "denominator")
    )
    assert ("Chè", hand_worked.A) in numerator
    lacking = {("Quế", hand_worked.B), ("Mật ong", hand_worked.D)}
    assert lacking <= denominator - numerator


def test_a_correction_of_data_leaves_files_and_evidence_of_the_report_as_they_were(
    built: dict[str, str], snapshot: dict, own_database: str, tmp_path: Path
) -> None:
    sealed = {key: Path(built[key]).read_bytes() for key in ("pdf", "docx", "xlsx", "snapshot")}
    before = measured(own_database)
    headers, *_rows = hand_worked.sheets()["CongBo"]
    corrected = tmp_path / "sua.xlsx"
    row = [hand_worked.D, "Mật ong", "TCVN 12605", "TCVN", "1/1/2025", None]
    corrected.write_bytes(workbook({"CongBo": [headers, row]}))
    done = manage("import_workbook", str(corrected), database=own_database)
    assert done.returncode == 0, done.stderr
    after = measured(own_database)
    assert after["K02"]["numerator"] == before["K02"]["numerator"] + 1
    assert {key: Path(built[key]).read_bytes() for key in sealed} == sealed
    with psycopg2.connect(database_url(own_database)) as server, server.cursor() as cursor:
        cursor.execute("SELECT content FROM reports_snapshot WHERE sha256 = %s", [built["sha256"]])
        (kept,) = cursor.fetchone() or (None,)
    assert kept is not None
    content = kept if isinstance(kept, str) else bytes(kept).decode()
    assert content == sealed["snapshot"].decode()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--kind", "annual", "--year", "2019"), "từ 2021 đến 2030"),
        (("--kind", "annual", "--year", "2026", "--plan", "khong-co"), "Không có kế hoạch này"),
    ],
)
def test_bad_input_is_told_in_one_sentence_and_keeps_nothing(
    arguments: tuple[str, ...], sentence: str, own_database: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    done = manage("build_report", *arguments, "--out", str(out), database=own_database)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_a_folder_that_cannot_be_written_is_told(own_database: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    done = manage(
        "build_report",
        "--kind",
        "annual",
        "--year",
        YEAR,
        "--out",
        str(file),
        database=own_database,
    )
    assert done.returncode != 0
    assert "Không ghi được vào thư mục" in done.stderr
