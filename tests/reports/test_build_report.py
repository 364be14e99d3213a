"""``build_report``: one snapshot, three files, the same figures in all of them."""

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pytest

from reports.documents.files import document_of
from reports.documents.model import Document
from tests.processes import manage

YEAR = "2026"


@pytest.fixture(scope="module")
def built(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the command prints, with the files it wrote."""
    folder = tmp_path_factory.mktemp("report")
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


def test_pdf_word_excel_and_snapshot_agree_figure_by_figure(
    built: dict[str, str], document: Document, pdf_tables: list[list[str]]
) -> None:
    word_rows = list(docx_tables(built["docx"]))
    book = openpyxl.load_workbook(built["xlsx"], data_only=True)
    compared = 0
    for annex in document.annexes:
        sheet_rows = [[cell.value for cell in row] for row in book[annex.sheet].iter_rows()]
        for row in annex.table.rows:
            numbers = [cell for cell in row.cells if cell.number is not None]
            texts = [cell.text for cell in numbers]
            name = max((cell.text for cell in row.cells), key=len)
            key = "".join(name.split())
            for rows in (pdf_tables, word_rows):
                found = [
                    [cell for cell in other if cell in texts]
                    for other in rows
                    if key in {"".join(cell.split()) for cell in other}
                ]
                assert any(set(texts) <= set(cells) for cells in found), (annex.sheet, name)
            amounts = [
                Decimal(cell.number) / (1_000_000 if cell.kind == "million" else 1)
                for cell in numbers
            ]
            in_sheet = [
                [Decimal(str(value)) for value in other if isinstance(value, int | float)]
                for other in sheet_rows
                if any("".join(str(value).split()) == key for value in other if value)
            ]
            assert amounts in in_sheet, (annex.sheet, name)
            compared += len(numbers)
    assert compared == 42 * 3 + sum(
        1 for row in document.annexes[1].table.rows for c in row.cells if c.number is not None
    )


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
    done = manage("build_report", *arguments, "--out", str(tmp_path / "out"), database=own_database)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


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
