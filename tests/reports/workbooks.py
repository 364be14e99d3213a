"""Workbooks of reports, read back from their bytes beside the model."""

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.model import Annex, Cell, Document, Row, Table
from reports.documents.xlsx import render_xlsx
from tests.reports.samples import sample_document

MILLION = 1_000_000
MONEY = 2  # the place of the appendix with amounts


def read(document: Document, *, values: bool = True) -> Workbook:
    return load_workbook(io.BytesIO(render_xlsx(document)), data_only=values)


def document_of(table: Table, **parts: str) -> Document:
    """The sample with one appendix, which holds this table."""
    document = sample_document()
    return replace(document, annexes=(replace(document.annexes[MONEY], table=table, **parts),))


def heading_line(annex: Annex) -> int:
    """The first line of the heading, from 1: number, title and plan, then the unit if any."""
    return 4 + bool(annex.unit)


def first_line(annex: Annex) -> int:
    """The line of the first row, from 1."""
    return heading_line(annex) + 1 + any(column.group for column in annex.table.columns)


def placed(row: Row) -> list[tuple[int, Cell]]:
    """The cells of a row with the number of their column, from 1."""
    return [
        (1 + sum(before.span for before in row.cells[:n]), cell) for n, cell in enumerate(row.cells)
    ]


def written(annex: Annex, sheet: Worksheet) -> list[tuple[int, int, Cell, SheetCell]]:
    """Place of the row, column from 1, cell of the model and cell of the sheet, for every cell."""
    return [
        (place, column, cell, sheet.cell(first_line(annex) + place, column))
        for place, row in enumerate(annex.table.rows)
        for column, cell in placed(row)
    ]


def expected_value(cell: Cell) -> object:
    if cell.number is None:
        return cell.text or None
    exact = Fraction(cell.number) / (MILLION if cell.kind == "million" else 1)
    return pytest.approx(float(exact), rel=1e-15, abs=0)
