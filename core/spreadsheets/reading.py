"""Reading a workbook row by row with bounded memory."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import IO, Any

import openpyxl
from openpyxl.utils.cell import range_boundaries

from core.spreadsheets.cells import is_blank
from core.spreadsheets.opening import damaged, look_into
from core.text import fold

# Where the template keeps its version and its drop-down lists.
LISTS_SHEET = "_DanhMuc"
GUIDE_SHEET = "HuongDan"
MOST_COLUMNS = 100
BATCH = 500
LAST_ROW = 1_048_576
# What openpyxl raises for a file that is not as it should be.
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, SyntaxError, OSError, EOFError)
Cells = tuple[Any, ...]


def sheet_key(name: str) -> str:
    """Return the name of a sheet as it is compared: without accents, case and spaces."""
    return re.sub(r"\s", "", fold(name))


class Book:
    """A workbook that was looked into and may be read; ``file`` stays the caller's."""

    def __init__(self, file: IO[bytes], name: str = "") -> None:
        opened = look_into(file, name)
        file.seek(0)
        with reading():
            book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
            sheets = {sheet.title: sheet for sheet in book.worksheets}
            self._merged = {
                # Where the sheet lies in the file is nothing that openpyxl's types know.
                title: opened.parts[sheet._worksheet_path.lstrip("/")].merged  # type: ignore[attr-defined]
                for title, sheet in sheets.items()
            }
        self._book: openpyxl.Workbook | None = book
        self._sheets = sheets
        # How many rows all sheets have, blank ones included.
        self.row_count = sum(part.rows for part in opened.parts.values())

    @property
    def names(self) -> list[str]:
        """The names of the sheets, but not what the template brings beside its lists."""
        return [name for name in self._sheets if name not in {LISTS_SHEET, GUIDE_SHEET}]

    @cached_property
    def version(self) -> str:
        """The version of the template, if the workbook was made from one."""
        if LISTS_SHEET not in self._sheets:
            return ""
        _number, cells = next(self.rows(LISTS_SHEET, last=1), (1, ()))
        return str(cells[1]) if len(cells) > 1 and cells[1] else ""

    def headers(self, name: str) -> Cells:
        """The cells of row 1."""
        _number, cells = next(self.rows(name, last=1), (1, ()))
        filled = [place for place, cell in enumerate(cells) if not is_blank(cell)]
        return cells[: filled[-1] + 1] if filled else ()

    def rows(
        self, name: str, *, first: int = 1, last: int = LAST_ROW, width: int = MOST_COLUMNS
    ) -> Iterator[tuple[int, Cells]]:
        """Yield Excel's number and the cells of each row that holds anything."""
        sheet = self._sheets[name]
        # What the file says of its own size is not always true.
        sheet.reset_dimensions()
        rows = enumerate(sheet.iter_rows(first, last, 1, width, values_only=True), start=first)
        while batch := self._next(rows):
            for number, cells in batch:
                if number > last:
                    return
                if any(cell is not None for cell in cells):
                    yield number, cells

    def _next(self, rows: Iterator[tuple[int, Cells]]) -> list[tuple[int, Cells]]:
        with reading():
            return list(islice(rows, BATCH))

    def merged(self, name: str) -> "Merged":
        """Return the merged cells of a sheet."""
        with reading():
            return Merged(self._merged[name])

    def close(self) -> None:
        """Let go of the file and of its texts; twice does no harm."""
        if self._book is not None:
            self._book.close()
        self._book = None
        self._sheets.clear()


class Merged:
    """The rows that merged cells touch; asked for in rising order."""

    def __init__(self, references: list[str]) -> None:
        self._left = sorted(
            (
                (top or 1, bottom or LAST_ROW, reference)
                for reference, top, bottom in _rows(references)
            ),
            reverse=True,
        )
        self._last, self._reference = 0, ""

    def touching(self, number: int) -> str:
        """Return a range of merged cells that touches the row, or nothing."""
        while self._left and self._left[-1][0] <= number:
            _top, bottom, reference = self._left.pop()
            if bottom > self._last:
                self._last, self._reference = bottom, reference
        return self._reference if number <= self._last else ""


def _rows(references: list[str]) -> Iterator[tuple[str, int | None, int | None]]:
    for reference in references:
        _left, top, _right, bottom = range_boundaries(reference)
        yield reference, top, bottom


@contextmanager
def reading() -> Iterator[None]:
    """Tell of a file that openpyxl cannot read in one sentence; its own warnings say little."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except _BROKEN as error:
            raise damaged() from error
