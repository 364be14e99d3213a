"""What the workbook of a report holds, read back from its bytes."""

import datetime as dt
import io
import re
import time
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.model import Annex, Cell, Column, Document, Row, Table
from reports.documents.xlsx import render_xlsx
from tests.reports.samples import MISSING, sample_document
from tests.reports.workbooks import (
    MILLION,
    MONEY,
    document_of,
    expected_value,
    first_line,
    read,
    written,
)

SHEETS = ["PL1 Chỉ tiêu", "PL2 Nhiệm vụ", "PL3 Kinh phí"]
TWO_AMOUNTS = (
    Column("name", "Nội dung", 50),
    Column("amount", "Kinh phí", 25, "million"),
    Column("both", "Tổng", 25, "million", sum_of=("amount", "other")),
    Column("other", "Vốn khác", 25, "million"),
)


def expected_parts(annex: Annex, place: int, column: int) -> set[str]:
    """The addresses that a cell is to add up; none when it is a plain number."""
    row, heading = annex.table.rows[place], annex.table.columns[column - 1]
    first = first_line(annex)
    if row.adds and heading.kind == "million":
        return {f"{get_column_letter(column)}{first + part}" for part in row.adds}
    keys = [other.key for other in annex.table.columns]
    return {f"{get_column_letter(keys.index(key) + 1)}{first + place}" for key in heading.sum_of}


def parts_of(formula: str) -> list[str]:
    """The addresses that a formula adds up, each as often as it is added."""
    addresses = []
    for term in formula.removeprefix("=").split("+"):
        found = re.fullmatch(
            r"SUM\((?P<range>[A-Z]+\d+:[A-Z]+\d+)\)|N\((?P<n>\w+)\)|(?P<c>\w+)", term
        )
        assert found, formula
        if found["range"]:
            left, top, right, bottom = range_boundaries(found["range"])
            addresses += [
                f"{get_column_letter(column)}{line}"
                for column in range(left, right + 1)
                for line in range(top, bottom + 1)
            ]
        else:
            addresses.append(found["n"] or found["c"])
    return addresses


def evaluated(sheet: Worksheet, address: str) -> Fraction:
    """A cell computed from the formulas and the numbers that somebody typed alone."""
    value = sheet[address].value
    if isinstance(value, str) and sheet[address].data_type == "f":
        return sum((evaluated(sheet, part) for part in parts_of(value)), Fraction())
    return Fraction(str(value)) if isinstance(value, int | float) else Fraction()


def test_a_sheet_for_each_appendix_under_its_name():
    assert read(sample_document()).sheetnames == SHEETS


@pytest.mark.parametrize("rows", [0, 1, 6, 40])
@pytest.mark.parametrize("place", range(3))
def test_every_cell_equals_the_model(rows, place):
    document = sample_document(rows)
    annex = document.annexes[place]
    sheet = read(document)[annex.sheet]

    found = written(annex, sheet)

    assert [at.value for *_, at in found] == [expected_value(cell) for _p, _c, cell, _at in found]
    wide = {
        f"{get_column_letter(column)}{at.row}:{get_column_letter(column + cell.span - 1)}{at.row}"
        for _place, column, cell, at in found
        if cell.span > 1
    }
    assert wide <= {str(merged) for merged in sheet.merged_cells.ranges}
    last = first_line(annex) + len(annex.table.rows) + bool(annex.closing) - 1
    assert sheet.max_row == last


def test_titles_unit_heading_and_closing_line():
    document = sample_document()
    annex = replace(document.annexes[MONEY], title="Kinh phí thực hiện ở Đắk Ơ")
    sheet = read(replace(document, annexes=(annex,)))[annex.sheet]

    assert [sheet.cell(line, 1).value for line in range(1, 5)] == [
        "Phụ lục III",
        "KINH PHÍ THỰC HIỆN Ở ĐẮK Ơ",
        annex.attached_to,
        "Đơn vị: triệu đồng",
    ]
    assert sheet["A4"].alignment.horizontal == "right"
    assert sheet.cell(sheet.max_row, 1).value == annex.closing
    upper = [sheet.cell(5, n).value for n in range(1, 11)]
    lower = [sheet.cell(6, n).value for n in range(1, 11)]
    assert upper == [
        "STT",
        "Nội dung, nhiệm vụ",
        "Đơn vị chủ trì",
        "Đơn vị phối hợp",
        "Tổng kinh phí",
        "Kinh phí thực hiện",
        None,
        "Thời gian thực hiện",
        "Đã thực hiện",
        None,
    ]
    assert lower == [
        *[None] * 5,
        "Vốn ngân sách NN",
        "Vốn đối ứng DN",
        None,
        "Vốn ngân sách NN",
        "Vốn đối ứng DN",
    ]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    assert {
        "A1:J1",
        "A2:J2",
        "A3:J3",
        "A4:J4",
        "A5:A6",
        "E5:E6",
        "F5:G5",
        "H5:H6",
        "I5:J5",
    } < merged


def test_a_heading_without_groups_is_one_line():
    annex = sample_document().annexes[1]
    sheet = read(sample_document())[annex.sheet]

    headings = [sheet.cell(4, n).value for n in range(1, 6)]
    assert headings == [column.heading for column in annex.table.columns]
    assert sheet["A5"].value == "I"


@pytest.mark.parametrize("rows", [1, 6, 40])
def test_formulas_add_exactly_their_rows_and_columns(rows):
    document = sample_document(rows)
    annex = document.annexes[MONEY]
    sheet = read(document, values=False)[annex.sheet]

    formulas = 0
    for place, column, cell, at in written(annex, sheet):
        parts = expected_parts(annex, place, column) if cell.number is not None else set()
        assert (at.data_type == "f") == bool(parts), at.coordinate
        if parts:
            formulas += 1
            assert sorted(parts_of(at.value)) == sorted(parts), at.coordinate
    # Each row has its sum of two columns; each heading and the total have five of rows.
    sums = sum(bool(row.adds) for row in annex.table.rows)
    assert formulas == 5 * sums + sum(not row.adds for row in annex.table.rows)


@pytest.mark.parametrize("rows", [1, 6, 40])
def test_computed_values_equal_the_formulas_and_the_model(rows):
    document = sample_document(rows)
    data = render_xlsx(document)
    annex = document.annexes[MONEY]
    alive = load_workbook(io.BytesIO(data))[annex.sheet]
    shown = load_workbook(io.BytesIO(data), data_only=True)[annex.sheet]

    for _place, _column, cell, at in written(annex, alive):
        if at.data_type == "f":
            result = evaluated(alive, at.coordinate)
            assert result == Fraction(str(shown[at.coordinate].value)), at.coordinate
            assert result == Fraction(cell.number) / MILLION, at.coordinate


def test_only_the_appendix_with_amounts_has_formulas():
    book = read(sample_document(), values=False)
    alive = {
        sheet.title for sheet in book for line in sheet for cell in line if cell.data_type == "f"
    }
    assert alive == {SHEETS[MONEY]}


def two_amounts(name: str, amount: int | None, other: int | None) -> tuple[Cell, ...]:
    def shown(vnd: int | None) -> Cell:
        return Cell(MISSING) if vnd is None else Cell.money(vnd)

    both = Cell.money((amount or 0) + (other or 0))
    return (Cell(name), shown(amount), both, shown(other))


@pytest.mark.parametrize(
    ("adds", "formula"),
    [
        ((0,), "=B6"),
        ((0, 1), "=SUM(B6:B7)"),
        ((1, 0), "=SUM(B6:B7)"),
        ((0, 2), "=B6+B8"),
        ((0, 1, 4), "=SUM(B6:B7)+B10"),
        ((0, 3), "=B6+N(B9)"),
        ((0, 1, 2, 3, 4), "=SUM(B6:B10)"),
    ],
)
def test_neighbours_are_added_as_a_range_and_words_count_nothing(adds, formula):
    amounts = [1_500_000, 2_000_000, 3_250_000, None, 1]
    leaves = [Row(two_amounts("a", amount, 0)) for amount in amounts]
    total = Row(
        two_amounts("Tổng cộng:", sum(amounts[place] or 0 for place in adds), 0), "total", adds
    )
    document = document_of(Table(TWO_AMOUNTS, (*leaves, total)))

    alive = read(document, values=False).worksheets[0]
    assert alive["B11"].value == formula
    assert read(document).worksheets[0]["B11"].value == expected_value(total.cells[1])
    assert alive["B9"].value == MISSING


def test_a_column_adds_its_columns_wherever_they_stand():
    rows = (Row(two_amounts("a", 1_500_000, 2)), Row(two_amounts("b", 1_500_000, None)))
    sheet = read(document_of(Table(TWO_AMOUNTS, rows)), values=False).worksheets[0]

    assert (sheet["C6"].value, sheet["C7"].value) == ("=B6+D6", "=B7+N(D7)")


@pytest.mark.parametrize(
    ("row", "where"),
    [
        (Row(two_amounts("Tổng cộng:", 2_000_001, 0), "total", (0,)), "PL3 Kinh phí!B7"),
        (Row((Cell("b"), Cell.money(1), Cell.money(3), Cell.money(1))), "PL3 Kinh phí!C7"),
    ],
)
def test_an_amount_that_is_not_its_sum_is_refused(row, where):
    table = Table(TWO_AMOUNTS, (Row(two_amounts("a", 2_000_000, 0)), row))
    with pytest.raises(ValueError, match=where):
        render_xlsx(document_of(table))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "{=1}",
        "=cmd|' /C calc'!A0",
        "0123",
        "https://vidu.invalid",
        "'=1",
    ],
)
def test_text_stays_text_wherever_it_stands(text):
    columns = (Column("a", text, 10, group=text), Column("b", text, 10), Column("c", text, 10))
    table = Table(
        columns, (Row((Cell(text), Cell(text, kind="code"), Cell())), Row((Cell(text, span=3),)))
    )
    document = document_of(
        table, number=text, title=text.upper(), attached_to=text, unit=text, closing=text
    )
    sheet = read(document, values=False).worksheets[0]

    cells = [cell for line in sheet for cell in line if cell.value is not None]
    # The title is in capitals, whatever the text, and the number follows a word of ours.
    assert {(cell.value, cell.data_type) for cell in cells} == {
        (text, "s"),
        (text.upper(), "s"),
        (f"Phụ lục {text}", "s"),
    }
    assert len(cells) == 5 + 4 + 3
    assert not any(cell.hyperlink for cell in cells)


def test_the_same_document_gives_the_same_bytes_whatever_the_clock():
    data = render_xlsx(sample_document())

    assert render_xlsx(sample_document()) == data
    properties = load_workbook(io.BytesIO(data)).properties
    assert properties.created == properties.modified == dt.datetime(2026, 1, 1)  # noqa: DTZ001
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_name_the_report():
    properties = read(sample_document()).properties

    assert properties.title == "BÁO CÁO: Kết quả thực hiện Kế hoạch số 191/KH-UBND năm 2026"
    assert properties.creator == "SỞ KHOA HỌC VÀ CÔNG NGHỆ"


def test_two_thousand_rows_cost_ten_times_two_hundred():
    def work(document: Document) -> float:
        started = time.process_time()
        render_xlsx(document)
        return time.process_time() - started

    few, many = sample_document(200), sample_document(2_000)
    assert min(work(many) for _ in range(2)) < 30 * min(work(few) for _ in range(5))

    annex = many.annexes[MONEY]
    sheet = read(many)[annex.sheet]
    assert all(at.value == expected_value(cell) for _p, _c, cell, at in written(annex, sheet))
