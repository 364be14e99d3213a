"""Cells are read as openpyxl reads them, whoever wrote the file and however."""

import io
import warnings
import zipfile

import openpyxl
import pytest
import xlsxwriter

from core.spreadsheets.opening import WorkbookRefusedError
from core.spreadsheets.parts import Formula
from core.spreadsheets.reading import MOST_COLUMNS, Book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = (
    "<si><t>Lào Cai</t></si><si><t/></si>"
    '<si><r><t xml:space="preserve">Sa </t></r><r><rPr><b/></rPr><t>Pa</t></r>'
    '<rPh sb="0" eb="1"><t>aside</t></rPh></si>'
    "<si><t>a &amp; b &lt; c</t></si><si><t>_x005F_x0041_</t></si>"
    '<si><t xml:space="preserve">  two\nlines  </t></si>'
)
CELLS = [
    '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>',
    '<c r="A1" t="s"><v>3</v></c><c t="s"><v>4</v></c><c r="F1" t="s"><v>5</v></c><c><v>7</v></c>',
    '<c r="A1"><v>100233488</v></c><c r="B1"><v>12.50</v></c><c r="C1"><v>1E3</v></c>',
    '<c r="A1" t="n"><v>-4</v></c><c r="B1"><v/></c><c r="C1"/><c r="D1" s="1"/>',
    '<c r="A1" s="1"><v>46022</v></c><c r="B1" s="1"><v>46022.5</v></c>',
    '<c r="A1" s="2"><v>1.25</v></c><c r="B1" s="1"><v>99999999999</v></c>',
    '<c r="A1" t="d"><v>2026-01-15</v></c><c r="B1" t="d"><v>2026-01-15T08:30:00</v></c>',
    '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="e"><v>#N/A</v></c>',
    '<c r="A1" t="str"><v>plain &#233;</v></c><c r="B1" t="str"><v/></c>',
    (
        '<c r="A1" t="inlineStr"><is><t>in</t></is></c><c r="B1" t="inlineStr"><is><r><t>a</t></r>'
        '<r><t>b</t></r><rPh sb="0" eb="1"><t>aside</t></rPh></is></c><c r="C1" t="inlineStr"/>'
    ),
    '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;"x"</f><v>2x</v></c>',
    (
        '<c r="A1"><f t="shared" ref="A1:C1" si="0">D1*2</f><v>2</v></c>'
        '<c r="B1"><f t="shared" si="0"/><v>4</v></c><c r="C1"><v>3</v></c>'
    ),
    '<c r="A1" t="s"><v>0</v></c><c r="CV1"><v>1</v></c><c r="CW1"><v>2</v></c>',
    ' <c r="A1">\n <v>1</v>\n </c>\n <c r="B1" t="inlineStr"> <is> <t>x</t> </is> </c> ',
]


def made(rows: str, texts: str = TEXTS) -> io.BytesIO:
    """A workbook with this inside: style 1 is a date, style 2 a stretch of time."""
    plain, target = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        page = book.add_worksheet("Sheet")
        page.write("A1", "one text")
        for row, look in enumerate(("dd/mm/yyyy", "[h]:mm:ss"), start=1):
            page.write(row, 0, 1, book.add_format({"num_format": look}))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(plain) as archive, zipfile.ZipFile(target, "w") as out:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith("sheet1.xml"):
                content = sheet.encode()
            elif name.endswith("sharedStrings.xml"):
                content = f'<sst xmlns="{MAIN}">{texts}</sst>'.encode()
            out.writestr(name, content)
    target.seek(0)
    return target


def by_openpyxl(file: io.BytesIO) -> list[tuple[int, tuple[object, ...]]]:
    """The rows that hold anything, by openpyxl."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = openpyxl.load_workbook(file, read_only=True).worksheets[0]
        sheet.reset_dimensions()
        rows = list(sheet.iter_rows(1, 60, 1, MOST_COLUMNS, values_only=True))
    return [(n, row) for n, row in enumerate(rows, 1) if any(cell is not None for cell in row)]


@pytest.mark.parametrize("cells", CELLS)
def test_cells_hold_what_openpyxl_says(cells: str) -> None:
    file = made(f'<row r="1">{cells}</row>')
    assert repr(list(Book(file).rows("Sheet"))) == repr(by_openpyxl(file))


def test_rows_stand_where_openpyxl_puts_them() -> None:
    """Numbers that skip, lack, are written as decimals, come twice or go back."""
    numbers = ['r="2"', "", 'r="9.0"', 'r="9"', 'r="5"', 'r="40" spans="1:2"', ""]
    rows = [f"<row {r}><c><v>{n}</v></c></row>" for n, r in enumerate(numbers)]
    file = made("".join(rows) + '<row r="50"/><row r="51"><c r="A51"/></row>')
    found = list(Book(file).rows("Sheet"))
    assert [(number, cells[0]) for number, cells in found] == [
        (2, 0),
        (3, 1),
        (9, 2),
        (40, 5),
        (41, 6),
    ]
    assert found == by_openpyxl(file)


def test_a_prefix_of_the_tags_changes_nothing() -> None:
    file = made('<row r="1"><c r="A1"><v>1</v></c></row>')
    content = io.BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(content, "w") as out:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith("sheet1.xml"):
                part = (
                    f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1">'
                    "<x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
                ).encode()
            out.writestr(name, part)
    content.seek(0)
    assert [cells[0] for _number, cells in Book(content).rows("Sheet")] == [1]


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_a_formula_over_several_cells_is_no_value(kind: str) -> None:
    file = made(f'<row r="1"><c r="A1"><f t="{kind}" ref="A1:A2">B1</f><v>5</v></c></row>')
    [(_number, cells)] = Book(file).rows("Sheet")
    assert cells[0] == Formula("=B1")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1"><v>many</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1.5"><c><v>1</v></c></row>',
        '<row r="x"/>',
        '<row r="1"><c></row>',
    ],
)
def test_a_sheet_that_makes_no_sense_is_damaged(rows: str) -> None:
    with pytest.raises(WorkbookRefusedError, match="Tệp bị hỏng"):
        list(Book(made(rows)).rows("Sheet"))
