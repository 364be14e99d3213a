"""How the workbook of a report looks on the screen and on paper."""

from decimal import Decimal

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.model import Cell, Column, Document, Row, Table
from tests.reports.samples import sample_document
from tests.reports.workbooks import (
    MONEY,
    document_of,
    expected_value,
    first_line,
    heading_line,
    placed,
    read,
)


def one_cell(cell: Cell) -> Document:
    return document_of(Table((Column("only", "Cột", 10, cell.kind),), (Row((cell,)),)))


def widths_of(sheet: Worksheet) -> list[float]:
    """The width of each column; neighbours of the same width stand in the file once."""
    return [
        columns.width
        for columns in sheet.column_dimensions.values()
        for _column in range(columns.min, columns.max + 1)
    ]


@pytest.mark.parametrize(
    ("cell", "number_format"),
    [
        (Cell.money(1_050_000_000), "#,##0"),
        (Cell.money(22_500_000), "#,##0.0"),
        (Cell.money(1), "#,##0.000000"),
        (Cell.money(-1_500_000), "#,##0.0"),
        (Cell.count(1234), "#,##0"),
        (Cell.count(Decimal("71.45")), "#,##0.00"),
        (Cell("71,4%", Decimal("71.42857"), "number"), '#,##0.0"%"'),
        (Cell("≥ 60 doanh nghiệp", 60, "number"), '"≥ "#,##0" doanh nghiệp"'),
        (Cell("không", 0, "number"), '"không"'),
    ],
)
def test_a_number_is_shown_as_the_text_shows_it(cell, number_format):
    at = read(one_cell(cell)).worksheets[0]["A6"]

    assert at.number_format == number_format
    assert at.value == expected_value(cell)
    assert at.alignment.horizontal == "right"


@pytest.mark.parametrize(
    ("place", "orientation"), [(0, "landscape"), (1, "portrait"), (2, "landscape")]
)
def test_pages_are_set_up_for_print(place, orientation):
    annex = sample_document().annexes[place]
    sheet = read(sample_document()).worksheets[place]

    assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
    assert sheet.page_setup.orientation == orientation
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # Height 0 is as many pages as it takes; width 1 is what the format takes for granted.
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    margins = sheet.page_margins
    inches = (margins.left, margins.right, margins.top, margins.bottom)
    assert [round(side * 25.4) for side in inches] == [30, 15, 20, 20]
    top, first = heading_line(annex), first_line(annex)
    assert sheet.print_title_rows == f"${top}:${first - 1}"
    assert sheet.freeze_panes == f"A{first}"


def test_pages_are_numbered_on_top_from_page_two_of_each_sheet():
    for sheet in read(sample_document()):
        header = sheet.HeaderFooter
        assert header.differentFirst
        assert not header.firstHeader.center.text
        assert header.oddHeader.center.text == "&P"
        assert header.oddHeader.center.font == "Times New Roman,Regular"
        assert header.oddHeader.center.size == 13
        assert sheet.page_setup.useFirstPageNumber
        assert sheet.page_setup.firstPageNumber in {None, 1}


def test_every_cell_is_times_new_roman_by_itself_and_wrapped():
    faces = set()
    for sheet in read(sample_document()):
        for line in sheet:
            for cell in line:
                faces.add((cell.font.name, cell.font.scheme))
                assert cell.font.size in {12, 13, 14}
                assert not isinstance(cell.value, str) or cell.alignment.wrap_text
    assert faces == {("Times New Roman", None)}


def test_headings_of_rows_are_bold_on_a_tint_and_every_cell_has_borders():
    annex = sample_document().annexes[MONEY]
    sheet = read(sample_document())[annex.sheet]

    tints = {}
    for place, row in enumerate(annex.table.rows):
        for column, _cell in placed(row):
            at = sheet.cell(first_line(annex) + place, column)
            assert at.font.bold == (row.level != "row")
            assert at.border.left.style == at.border.bottom.style == "thin"
            tint = at.fill.fgColor.rgb if at.fill.fill_type else ""
            tints.setdefault(row.level, set()).add(tint)
    assert tints["row"] == {""}
    assert [len(found) for found in tints.values()] == [1] * 4
    assert len(set.union(*tints.values())) == 4


def test_columns_share_the_page_as_the_model_says():
    annex = sample_document().annexes[1]
    sheet = read(sample_document())[annex.sheet]

    widths = widths_of(sheet)
    shares = [column.width for column in annex.table.columns]
    assert [width / sum(widths) for width in widths] == pytest.approx(
        [share / sum(shares) for share in shares], abs=0.01
    )


def test_a_column_is_wide_enough_for_its_longest_number():
    narrow = (Column("name", "Nội dung", 95), Column("amount", "Kinh phí", 5, "million"))
    amount = 123_456_789_012_345
    rows = (Row((Cell("a"), Cell.money(amount))),)
    sheet = read(document_of(Table(narrow, rows))).worksheets[0]

    # A width counts digits; "123.456.789,012345" has eighteen characters, three of them points.
    assert widths_of(sheet)[1] > 16


def test_a_row_is_as_high_as_its_longest_text_merged_or_not():
    columns = (Column("a", "Cột", 50), Column("b", "Cột", 50))
    words = "nâng cao năng suất, chất lượng " * 12
    rows = (
        Row((Cell("ngắn"), Cell())),
        Row((Cell(words), Cell())),
        Row((Cell(words, span=2),)),
        Row((Cell("một\nhai\nba"), Cell())),
        Row((Cell("dài" * 100), Cell())),
    )
    sheet = read(document_of(Table(columns, rows))).worksheets[0]

    one = sheet.sheet_format.defaultRowHeight
    low, long, wide, three, unbroken = (
        sheet.row_dimensions[line].height or one for line in range(6, 11)
    )
    assert low == one == 15.75
    assert three == 3 * one
    assert long >= 8 * one
    assert long / 2 <= wide < long
    assert unbroken >= 5 * one
    assert sheet.row_dimensions[2].height >= 2 * 16  # a long title
