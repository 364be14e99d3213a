"""Workbooks for tests, as the office writes them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from django.core.files.base import ContentFile

from audit.actors import System
from core.spreadsheets.rows import Outcome
from documents.services import WorkbookImport, workbook_import

Sheets = Mapping[str, Sequence[Sequence[Any]]]
BY = System("test")


def workbook(sheets: Sheets) -> bytes:
    """Return a workbook: for each sheet its headers and rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return a workbook of openpyxl as a file."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_file(content: bytes, name: str = "so-lieu.xlsx") -> ContentFile:
    """Return a file as a form hands it over."""
    return ContentFile(content, name=name)


def run_import(content: bytes | Sheets, **options: Any) -> WorkbookImport:
    """Import a workbook at once."""
    content = content if isinstance(content, bytes) else workbook(content)
    return workbook_import(file=as_file(content), by=options.pop("by", BY), **options)


def told(done: WorkbookImport) -> list[tuple[str, int, str, Any]]:
    """Return sheet, row, column and value of every wrong cell."""
    return [(one.sheet, one.row, one.column, one.value) for one in done.plan.mistakes()]


def counts(done: WorkbookImport) -> dict[str, tuple[int, int, int, int]]:
    """Return how many rows of each sheet are new, changed, unchanged and wrong."""
    return {
        sheet: tuple(numbers[outcome.value] for outcome in Outcome)  # type: ignore[misc]
        for sheet, numbers in done.plan.counts().items()
    }
