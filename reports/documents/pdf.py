"""The PDF of a document: PDF/A-2a in the layout of Nghị định 30/2020/NĐ-CP, phụ lục I and III."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.errors import DomainError
from reports.documents.model import (
    Annex,
    Cell,
    Column,
    Document,
    Level,
    Paragraph,
    Row,
    Section,
    Table,
)

TIME_LIMIT_SECONDS = 300
COLUMNS_IN_PORTRAIT = 6
# What margins leave of A4, upright and on its side, in points; as in the style sheet.
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 163 / 25.4 * 72, 250 / 25.4 * 72
NUMERIC = frozenset({"number", "million"})
# Of the face at the size of tables, in points: a digit is half as wide as the size.
DIGIT_WIDTH, SEPARATOR_WIDTH, CELL_SIDES = 6, 3, 7


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as HTML has it: ``align`` is a class of the style sheet."""

    text: str
    align: str = ""
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as HTML has it."""

    level: Level
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as HTML has it; ``widths`` are CSS lengths."""

    caption: str
    widths: tuple[str, ...]
    head: tuple[tuple[PrintedCell, ...], ...]
    rows: tuple[PrintedRow, ...]


def render_pdf(document: Document) -> bytes:
    """Return the PDF of a document.

    Raises ``DomainError`` when it takes longer than ``TIME_LIMIT_SECONDS``.
    """
    return pdf_of_html(html_of(document))


def html_of(document: Document) -> str:
    """Return the HTML that is printed: whole in itself, every text of the document inert."""
    context = {
        "document": document,
        "sections": [(section, _blocks(section)) for section in document.sections],
        "annexes": [_printed_annex(annex) for annex in document.annexes],
    }
    return render_to_string("reports/documents/report.html", context)


def pdf_of_html(html: str) -> bytes:
    """Return the PDF of a page of HTML, made in a process that ends with this one.

    Raises ``DomainError`` when it takes too long or names an address outside itself.
    """
    command = [sys.executable, "-m", "reports.documents.weasy"]
    try:
        done = subprocess.run(  # noqa: S603 - no part of the command comes from outside
            # Whatever kills the worker ends its rendering too.
            ["setpriv", "--pdeathsig=KILL", *command],  # noqa: S607 - found on the portal's PATH
            cwd=settings.BASE_DIR,
            input=html.encode(),
            capture_output=True,
            timeout=TIME_LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        told = _("The PDF was not ready after %(seconds)d seconds and was given up.")
        raise DomainError(told % {"seconds": TIME_LIMIT_SECONDS}) from error
    message = done.stderr.decode(errors="replace").strip()
    if done.returncode == os.EX_NOPERM:
        told = _(
            "The document names an address that may not be opened; no PDF was made: %(address)s"
        )
        raise DomainError(told % {"address": message})
    if done.returncode:
        raise RuntimeError(f"WeasyPrint ended with code {done.returncode}: {message[-2000:]}")
    return done.stdout


def _blocks(section: Section) -> Iterator[Paragraph | PrintedTable]:
    for block in section.blocks:
        yield _printed_table(block, PORTRAIT_WIDTH) if isinstance(block, Table) else block


def _printed_annex(annex: Annex) -> tuple[Annex, str, PrintedTable]:
    """Return an appendix with the name of its pages in the style sheet, and its table."""
    if len(annex.table.columns) > COLUMNS_IN_PORTRAIT:
        return annex, "wide", _printed_table(annex.table, LANDSCAPE_WIDTH)
    return annex, "annex", _printed_table(annex.table, PORTRAIT_WIDTH)


def _printed_table(table: Table, width: float) -> PrintedTable:
    return PrintedTable(
        caption=table.caption,
        widths=tuple(f"{points / width:.4%}" for points in _widths(table, width)),
        head=tuple(_head(table.columns)),
        rows=tuple(PrintedRow(row.level, tuple(_cells(row, table.columns))) for row in table.rows),
    )


def _widths(table: Table, whole: float) -> list[float]:
    """Share a width as the columns ask, but leave none narrower than its longest number."""
    least = _least_widths(table)
    widened: set[int] = set()
    while True:
        shared = [n for n in range(len(least)) if n not in widened]
        left = whole - sum(least[n] for n in widened)
        asked = sum(table.columns[n].width for n in shared)
        widths = [
            least[n] if n in widened else left * column.width / asked
            for n, column in enumerate(table.columns)
        ]
        narrow = {n for n in shared if widths[n] < least[n]}
        if not narrow or len(narrow) == len(shared):
            return widths
        widened |= narrow


def _least_widths(table: Table) -> list[float]:
    least = [0.0] * len(table.columns)
    for row in table.rows:
        for place, cell in _placed(row):
            if cell.number is not None and cell.span == 1:
                separators = sum(map(cell.text.count, ".,"))
                digits = len(cell.text) - separators
                needed = digits * DIGIT_WIDTH + separators * SEPARATOR_WIDTH + CELL_SIDES
                least[place] = max(least[place], needed)
    return least


def _head(columns: tuple[Column, ...]) -> Iterator[tuple[PrintedCell, ...]]:
    """Yield the rows of headings: one, or two when columns have a heading in common."""
    if not any(column.group for column in columns):
        yield tuple(PrintedCell(column.heading) for column in columns)
        return
    upper: list[PrintedCell] = []
    lower: list[PrintedCell] = []
    for group, grouped in groupby(columns, key=lambda column: column.group):
        headings = [column.heading for column in grouped]
        if group:
            upper.append(PrintedCell(group, colspan=len(headings)))
            lower += map(PrintedCell, headings)
        else:
            upper += [PrintedCell(heading, rowspan=2) for heading in headings]
    yield tuple(upper)
    yield tuple(lower)


def _cells(row: Row, columns: tuple[Column, ...]) -> Iterator[PrintedCell]:
    """Yield the cells of a row; one that says why a number is missing stands where it would."""
    for place, cell in _placed(row):
        kind = cell.kind if cell.span > 1 else columns[place].kind
        yield PrintedCell(cell.text, "number" if kind in NUMERIC else kind, colspan=cell.span)


def _placed(row: Row) -> Iterator[tuple[int, Cell]]:
    """Yield the cells of a row with the place of the first column that each covers."""
    place = 0
    for cell in row.cells:
        yield place, cell
        place += cell.span
