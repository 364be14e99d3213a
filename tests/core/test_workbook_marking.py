"""The workbook comes back as it was, with its wrong cells filled and commented."""

import io
import zipfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from core.spreadsheets.marking import Mark, mark_workbook
from tests.workbooks import saved

WRONG = "FFFFC7CE"


def office_file() -> openpyxl.Workbook:
    """A workbook as the office has it: styles, comments, widths, a chart-like extra."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Doanh nghiệp"
    for row in (["Mã số thuế", "Tên", "Số"], ["0100233480", "=A", 1.5], [None, "Công ty", None]):
        sheet.append(row)
    sheet["B2"].data_type = "s"
    sheet["A2"].font = Font(bold=True)
    sheet["C2"].number_format = "0.00"
    sheet["B3"].comment = Comment("Đã gọi điện", "Văn thư")
    sheet.column_dimensions["B"].width = 42
    sheet.freeze_panes = "A2"
    book.create_sheet("Ghi chú")["A1"] = "giữ nguyên"
    return book


def marked(content: bytes, **marks: list[Mark]) -> openpyxl.Workbook:
    """The workbook with its marks, read again."""
    target = io.BytesIO()
    names = {"dn": "Doanh nghiệp", "ghi": "Ghi chú"}
    mark_workbook(io.BytesIO(content), target, {names[key]: of for key, of in marks.items()})
    return openpyxl.load_workbook(target)


def fill_of(book: openpyxl.Workbook, sheet: str, cell: str) -> str | None:
    """The colour of a cell, if it is filled."""
    fill: PatternFill = book[sheet][cell].fill
    return fill.fgColor.rgb if fill.fill_type == "solid" else None


def test_wrong_cells_are_filled_and_commented_and_nothing_else_changes() -> None:
    content = saved(office_file())
    book = marked(
        content,
        dn=[Mark(2, 0, "Sai số kiểm tra & <b>"), Mark(2, 0, "Trùng khóa"), Mark(2, 2, "Số nguyên")],
    )
    sheet = book["Doanh nghiệp"]
    assert {c.coordinate for row in sheet for c in row if c.fill.fill_type} == {"A2", "C2"}
    assert fill_of(book, "Doanh nghiệp", "A2") == WRONG
    assert sheet["A2"].comment.text == "Sai số kiểm tra & <b>\nTrùng khóa"
    assert sheet["C2"].comment.text == "Số nguyên"
    assert sheet["A2"].font.bold
    assert sheet["C2"].number_format == "0.00"
    assert sheet["B2"].value == "=A"
    assert sheet.column_dimensions["B"].width == 42
    assert sheet.freeze_panes == "A2"
    values = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).active
    ]
    assert [[cell.value for cell in row] for row in sheet] == values
    assert book["Ghi chú"]["A1"].value == "giữ nguyên"


def test_comments_that_were_there_stay() -> None:
    book = marked(saved(office_file()), dn=[Mark(3, 1, "Thiếu"), Mark(2, 0, "Sai")])
    sheet = book["Doanh nghiệp"]
    assert sheet["B3"].comment.text == "Đã gọi điện\nThiếu"
    assert sheet["A2"].comment.text == "Sai"


def test_a_cell_that_the_file_does_not_even_have_is_marked_in_its_place() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Doanh nghiệp"
    book.active["B2"], book.active["D2"] = "x", "y"
    result = marked(
        saved(book), dn=[Mark(2, 0, "a"), Mark(2, 2, "c"), Mark(2, 5, "f"), Mark(2, 1, "b")]
    )
    sheet = result["Doanh nghiệp"]
    filled = [c.coordinate for row in sheet for c in row if c.fill.fill_type]
    assert filled == ["A2", "B2", "C2", "F2"]
    assert [sheet[cell].value for cell in ("B2", "D2")] == ["x", "y"]


def test_several_sheets_are_marked_each_with_its_own_comments() -> None:
    book = marked(saved(office_file()), dn=[Mark(2, 0, "một")], ghi=[Mark(1, 0, "hai")])
    assert book["Doanh nghiệp"]["A2"].comment.text == "một"
    assert book["Ghi chú"]["A1"].comment.text == "hai"
    assert fill_of(book, "Ghi chú", "A1") == WRONG


def test_every_part_that_is_not_touched_is_the_same_to_the_byte() -> None:
    content = saved(office_file())
    target = io.BytesIO()
    mark_workbook(io.BytesIO(content), target, {"Doanh nghiệp": [Mark(2, 0, "a")]})
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target) as new:
        assert new.testzip() is None
        names = new.namelist()
        assert len(names) == len(set(names))
        assert "[Content_Types].xml" in names
        for name in ("xl/worksheets/sheet2.xml", "xl/theme/theme1.xml", "docProps/core.xml"):
            assert old.read(name) == new.read(name)
