"""The workbook of a report: one sheet for each appendix, laid out to be printed, sums alive."""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from core.money import MILLION
from core.text import fold
from reports.documents.model import Annex, Cell, Document, Level

FACE = "Times New Roman"
SIZE = 12
# What a screen makes of this face at this size.
LINE_PIXELS = 21
DEFAULT_COLUMN_PIXELS = 72
PADDING_PIXELS = 8
PIXELS_PER_INCH = 96
POINTS_PER_INCH = 72
MM_PER_INCH = 25.4
NARROW_LETTERS = frozenset(" fijlrt.,;:'\"()[]-/!")
WIDE_LETTERS = frozenset("mw%≥≤–…")
BOLD_WIDER = 1.07

A4 = 9
A4_MM = (210, 297)
MARGINS_MM = {"left": 30, "right": 15, "top": 20, "bottom": 20}
HEADER_MM = 10

PAGE_NUMBER = f'&C&"{FACE},Regular"&13&P'
NUMBER_FORMAT = "#,##0"
# A number between words: "22,5", "≥ 60", "71,4%".
SHOWN_NUMBER = re.compile(r"(?P<before>[^\d-]*)-?[\d.]+(,(?P<decimals>\d+))?(?P<after>\D*)")

LEVEL_STYLES: dict[Level, dict[str, object]] = {
    "row": {},
    "group": {"bold": True, "bg_color": "#F3F6F8"},
    "phase": {"bold": True, "bg_color": "#E6ECF1"},
    "total": {"bold": True, "bg_color": "#D8E1E9"},
}


def render_xlsx(document: Document) -> bytes:
    """Return the workbook of the appendices; the same document gives the same bytes.

    Amounts stand in triệu đồng. A row that adds others, and a column that adds others, hold
    formulas beside their computed values.

    Raises:
        ValueError: An amount is not the sum of the amounts that it says it adds up.
    """
    target = io.BytesIO()
    options = {
        "in_memory": True,
        # Without "none" Excel puts the face of its theme, Calibri, in the place of this one.
        "default_format_properties": {"font_name": FACE, "font_size": SIZE, "font_scheme": "none"},
        "default_row_height": LINE_PIXELS,
        "default_column_width": DEFAULT_COLUMN_PIXELS,
    }
    with Workbook(target, options) as book:
        book.set_properties(
            {
                "title": f"{document.document_type}: {document.subject}",
                "author": " ".join(document.agency),
                # A clock would make every copy another file.
                "created": dt.datetime(document.year, 1, 1, tzinfo=dt.UTC),
            }
        )
        styles = Styles(book)
        for annex in document.annexes:
            sheet = book.add_worksheet(annex.sheet, AnnexWorksheet)
            AnnexSheet(sheet, styles, annex).write()
    return target.getvalue()


class AnnexWorksheet(Worksheet):
    """A worksheet with a page number on top, from page 2: XlsxWriter knows no other first page."""

    def _write_header_footer(self) -> None:
        # The size of the number is that of the page, however much the table is made smaller.
        self._xml_start_tag("headerFooter", [("differentFirst", 1), ("scaleWithDoc", 0)])
        self._write_odd_header()
        self._xml_end_tag("headerFooter")


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **properties: object) -> Format:
        """Return the format with these properties of XlsxWriter, text wrapped in the middle."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"text_wrap": True, "valign": "vcenter", **properties}
            )
        return self._made[key]


class AnnexSheet:
    """The sheet of one appendix."""

    def __init__(self, sheet: Worksheet, styles: Styles, annex: Annex) -> None:
        self.sheet = sheet
        self.styles = styles
        self.annex = annex
        self.columns = annex.table.columns
        self.grid = [dict(row.placed()) for row in annex.table.rows]
        self.landscape = annex.table.is_wide
        self.widths = self._widths()
        self.line = 0
        self.first = 0  # the line of the first row under the heading

    def write(self) -> None:
        """Write everything, from the top to the bottom."""
        for column, pixels in enumerate(self.widths):
            self.sheet.set_column_pixels(column, column, pixels)
        self._write_titles()
        heading = self.line
        self._write_heading()
        self.first = self.line
        self._set_up_page(heading)
        for place in range(len(self.grid)):
            self._write_row(place)
            self.line += 1
        self._mute_warnings()
        self._write_wide(self.annex.closing, 13, bold=True, italic=True, align="center")

    def _set_up_page(self, heading: int) -> None:
        sheet = self.sheet
        sheet.set_paper(A4)
        if self.landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(**{side: mm / MM_PER_INCH for side, mm in MARGINS_MM.items()})
        sheet.set_header(PAGE_NUMBER, {"margin": HEADER_MM / MM_PER_INCH})
        # Appendices are numbered apart.
        sheet.set_start_page(1)
        sheet.repeat_rows(heading, self.first - 1)
        sheet.freeze_panes(self.first, 0)
        sheet.hide_gridlines(2)

    def _mute_warnings(self) -> None:
        """Keep Excel from marking numbers in text, and sums that leave rows out, as mistakes."""
        table = xl_range(self.first, 0, max(self.first, self.line - 1), len(self.columns) - 1)
        self.sheet.ignore_errors(
            {"number_stored_as_text": table, "formula_range": table, "formula_differs": table}
        )

    def _write_titles(self) -> None:
        self._write_wide(f"Phụ lục {self.annex.number}".strip(), 14, bold=True, align="center")
        self._write_wide(self.annex.title.upper(), 13, bold=True, align="center")
        self._write_wide(self.annex.attached_to, 13, italic=True, align="center")
        self._write_wide(self.annex.table.caption, 13, align="center")
        self._write_wide(self.annex.unit, SIZE, italic=True, align="right")

    def _write_wide(self, text: str, size: int, **properties: object) -> None:
        """Write a line across the whole table, if there is anything to write."""
        if not text:
            return
        bold = bool(properties.get("bold"))
        self.sheet.set_row_pixels(self.line, _height(text, sum(self.widths), size, bold=bold))
        end = len(self.columns) - 1
        style = self.styles(font_size=size, **properties)
        self._put(self.line, 0, self.line, end, text, style)
        self.line += 1

    def _write_heading(self) -> None:
        style = self.styles(bold=True, align="center", border=1)
        grouped = any(column.group for column in self.columns)
        top, bottom = self.line, self.line + grouped
        upper, lower, whole = LINE_PIXELS, LINE_PIXELS, LINE_PIXELS
        for name, run in groupby(enumerate(self.columns), key=lambda pair: pair[1].group):
            places = [place for place, _column in run]
            if name:
                self._put(top, places[0], top, places[-1], name, style)
                upper = max(upper, _height(name, sum(self.widths[p] for p in places), bold=True))
            for place in places:
                text = self.columns[place].heading
                height = _height(text, self.widths[place], bold=True)
                if name:
                    self._put(bottom, place, bottom, place, text, style)
                    lower = max(lower, height)
                else:
                    self._put(top, place, bottom, place, text, style)
                    whole = max(whole, height)
        if grouped:
            self.sheet.set_row_pixels(top, upper)
            self.sheet.set_row_pixels(bottom, max(lower, whole - upper))
        else:
            self.sheet.set_row_pixels(top, whole)
        self.line = bottom + 1

    def _write_row(self, place: int) -> None:
        row = self.annex.table.rows[place]
        bold = row.level != "row"
        height = 0
        for column, cell in self.grid[place].items():
            end = column + cell.span - 1
            style = self._style(row.level, column, cell)
            if cell.number is None:
                self._put(self.line, column, self.line, end, cell.text, style)
            else:
                self._put(self.line, column, self.line, end, "", style)
                value = _value(cell)
                if formula := self._formula(place, column):
                    self.sheet.write_formula(self.line, column, formula, style, value)
                else:
                    self.sheet.write_number(self.line, column, value, style)
            height = max(height, _height(cell.text, sum(self.widths[column : end + 1]), bold=bold))
        # Excel fits no row with merged cells to its text, and LibreOffice none of XlsxWriter's.
        self.sheet.set_row_pixels(self.line, height)

    def _style(self, level: Level, column: int, cell: Cell) -> Format:
        properties = {"border": 1, **LEVEL_STYLES[level]}
        if cell.number is not None:
            properties |= {"align": "right", "num_format": _number_format(cell.text)}
        elif (
            cell.kind == "code"
            or self.columns[column].kind in {"number", "million"}
            or level == "total"
        ):
            properties |= {"align": "center"}
        return self.styles(**properties)

    def _formula(self, place: int, column: int) -> str | None:
        """Return the formula of an amount that adds up others, having checked that it does."""
        row = self.annex.table.rows[place]
        if self.columns[column].kind == "million" and row.adds:
            parts = [(part, column) for part in sorted(row.adds)]
        elif self.columns[column].sum_of:
            parts = [(place, self.annex.table.place(key)) for key in self.columns[column].sum_of]
        else:
            return None
        cells = [self.grid[r][c] for r, c in parts]
        total = sum(Decimal(cell.number or 0) for cell in cells)
        if total != self.grid[place][column].number:
            where = f"{self.annex.sheet}!{xl_rowcol_to_cell(self.first + place, column)}"
            raise ValueError(
                f"{where} says {self.grid[place][column].number}, its parts add up to {total}."
            )
        return "=" + "+".join(self._terms(parts))

    def _terms(self, parts: Sequence[tuple[int, int]]) -> Iterable[str]:
        """Yield the terms of a sum: neighbours below each other as a range, others one by one."""
        runs = groupby(enumerate(parts), key=lambda pair: (pair[1][0] - pair[0], pair[1][1]))
        for _key, pairs in runs:
            run = [part for _n, part in pairs]
            (top, column), (bottom, _column) = run[0], run[-1]
            cell = xl_rowcol_to_cell(self.first + top, column)
            if len(run) > 1:
                yield f"SUM({xl_range(self.first + top, column, self.first + bottom, column)})"
            elif self.grid[top][column].number is None:
                # A plain reference to words would be an error; N() makes them zero.
                yield f"N({cell})"
            else:
                yield cell

    def _put(self, top: int, left: int, bottom: int, right: int, text: str, style: Format) -> None:
        """Write text, never a formula, across these cells."""
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", style)
        if text:
            self.sheet.write_string(top, left, text, style)
        else:
            self.sheet.write_blank(top, left, None, style)

    def _widths(self) -> list[int]:
        """Return the width of each column in pixels: its share of the page, or what it must hold.

        No word of a heading is broken and no number becomes ####: the print is fitted to the page.
        """
        paper = A4_MM[self.landscape] - MARGINS_MM["left"] - MARGINS_MM["right"]
        page = paper / MM_PER_INCH * PIXELS_PER_INCH
        shares = sum(column.width for column in self.columns)
        needed = [
            max(_text_pixels(word, bold=True) for word in column.heading.split() or [""])
            for column in self.columns
        ]
        for row in self.grid:
            for place, cell in row.items():
                if cell.number is not None and cell.span == 1:
                    needed[place] = max(needed[place], _text_pixels(cell.text, bold=True))
        return [
            max(round(page * column.width / shares), ceil(needed[place]) + PADDING_PIXELS)
            for place, column in enumerate(self.columns)
        ]


def _value(cell: Cell) -> int | float:
    """Return what Excel is to hold: an amount in triệu đồng, any other number as it is."""
    number = Decimal(cell.number or 0)
    exact = number / MILLION if cell.kind == "million" else number
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _number_format(text: str) -> str:
    """Return the format in which Excel shows a number as the text does.

    It has as many decimals as the text, and the words around it; Excel brings the separators of
    the reader's country.
    """
    shown = SHOWN_NUMBER.fullmatch(text)
    if shown is None:
        return _quoted(text)
    decimals = f".{'0' * len(shown['decimals'])}" if shown["decimals"] else ""
    return f"{_quoted(shown['before'])}{NUMBER_FORMAT}{decimals}{_quoted(shown['after'])}"


def _quoted(text: str) -> str:
    escaped = text.replace('"', '"\\""')
    return f'"{escaped}"' if text else ""


@lru_cache(maxsize=512)
def _em(letter: str) -> float:
    """Return about how wide a letter of Times New Roman is, as a share of its size."""
    shape = fold(letter)
    if letter.isupper() or shape in WIDE_LETTERS:
        return 0.68
    return 0.31 if shape in NARROW_LETTERS else 0.48


def _text_pixels(text: str, size: int = SIZE, *, bold: bool = False) -> float:
    """Estimate how wide a text is on one line."""
    em = size / POINTS_PER_INCH * PIXELS_PER_INCH
    return sum(map(_em, text)) * em * (BOLD_WIDER if bold else 1)


@lru_cache(maxsize=2048)
def _height(text: str, width: int, size: int = SIZE, *, bold: bool = False) -> int:
    """Estimate how high a text is, in pixels, when wrapped between words in this width."""
    room = width - PADDING_PIXELS
    space = _text_pixels(" ", size, bold=bold)
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split():
            pixels = _text_pixels(word, size, bold=bold)
            if used and used + space + pixels > room:
                lines += 1
                used = 0.0
            used += pixels + (space if used else 0)
            # A word wider than the cell is broken.
            lines += int(used // room)
            used %= room
    return ceil(lines * LINE_PIXELS * size / SIZE)
