"""What is refused before it is parsed: in one sentence, with bounded memory."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from core.errors import DomainError
from core.spreadsheets.reading import Book
from tests.workbooks import saved, workbook

MEGABYTE = 1 << 20
PLAIN = {"DoanhNghiep": [["Mã số thuế"], ["0100233488"]]}


def rebuilt(change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """A plain workbook with its parts changed, and others added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(PLAIN))) as archive,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in archive.namelist():
            out.writestr(name, change(name, archive.read(name)))
        for name, content in added.items():
            out.writestr(name, content)
    return target.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A plain workbook with one more part."""
    return rebuilt(lambda _name, part: part, **{name: content})


def in_sheet(old: bytes, new: bytes) -> bytes:
    """A plain workbook whose sheet is written otherwise."""
    return rebuilt(
        lambda name, part: part.replace(old, new) if name.endswith("sheet1.xml") else part
    )


def encrypted_entries() -> bytes:
    """A workbook whose entries say that they are encrypted."""
    content = bytearray(workbook(PLAIN))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(signature, start)) >= 0:
            content[start + place] |= 1
            start += 4
    return bytes(content)


def million_rows() -> bytes:
    """A workbook with a million rows, 3 MB packed."""
    rows = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % row for row in range(3, 1_000_003))
    return in_sheet(b"</sheetData>", rows + b"</sheetData>")


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "0 byte"),
    "a text": ("Mã số thuế".encode, "chỉ nhận các loại sau: Excel"),
    "a program": (lambda: b"MZ\x90\x00" + bytes(500), "chương trình"),
    "an old .xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office cũ"),
    "encrypted entries": (encrypted_entries, "mật khẩu"),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"\xd0\xcf"), "macro"),
    "macro sheets": (lambda: with_part("xl/macrosheets/sheet1.xml", b"<a/>"), "macro"),
    "macro type": (
        lambda: rebuilt(lambda _n, part: part.replace(b"sheet.main", b"sheet.macroEnabled.main")),
        "macro",
    ),
    "cut off": (lambda: workbook(PLAIN)[:-200], "bị hỏng"),
    "bad bytes": (lambda: in_sheet(b"<row", b"<row<"), "bị hỏng"),
    "entities": (
        lambda: in_sheet(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
        "bị hỏng",
    ),
    "a bomb": (lambda: with_part("xl/media/a.bin", bytes(500 * MEGABYTE)), "giải ra dung lượng"),
    "a wide row": (
        lambda: in_sheet(b"</row></sheetData>", b"<c/>" * MEGABYTE + b"</row></sheetData>"),
        "giải nén",
    ),
    "a million rows": (million_rows, "60.000 dòng"),
}


def read_all(content: bytes) -> None:
    """Read a workbook to its end."""
    book = Book(io.BytesIO(content))
    for name in book.names:
        for _row in book.rows(name):
            pass


@pytest.mark.parametrize("what", REFUSED)
def test_what_could_harm_is_refused_in_one_sentence(what: str) -> None:
    make, told = REFUSED[what]
    content = make()
    tracemalloc.start()
    try:
        with pytest.raises(DomainError, match=told) as refused:
            read_all(content)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.message.count("\n") == 0
    assert peak < 30 * MEGABYTE


def test_rows_have_the_numbers_that_excel_shows_and_empty_ones_are_left_out() -> None:
    book = openpyxl.Workbook()
    book.active.title = "DoanhNghiep"
    book.active["A1"], book.active["B7"] = "Mã số thuế", "x"
    rows = dict(Book(io.BytesIO(saved(book))).rows("DoanhNghiep", width=2))
    assert rows == {1: ("Mã số thuế", None), 7: (None, "x")}


def test_the_file_is_not_believed_when_it_says_how_large_a_sheet_is() -> None:
    content = in_sheet(b'<dimension ref="A1:A2"', b'<dimension ref="A1:A1"')
    assert len(list(Book(io.BytesIO(content)).rows("DoanhNghiep"))) == 2


def test_merged_cells_are_told_by_the_rows_that_they_touch() -> None:
    book = openpyxl.Workbook()
    book.active.title = "A"
    for row in range(1, 9):
        book.active.append([row])
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("B5:C5")
    merged = Book(io.BytesIO(saved(book))).merged("A")
    assert [merged.touching(row) for row in range(1, 7)] == ["", "A2:A3", "A2:A3", "", "B5:C5", ""]
