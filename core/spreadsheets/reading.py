"""Reading a workbook row by row with bounded memory."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import IO, Any
from xml.parsers.expat import ExpatError

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries
from openpyxl.xml.constants import SHARED_STRINGS

from core.spreadsheets.cells import is_blank
from core.spreadsheets.opening import damaged, look_into
from core.spreadsheets.parts import Cells, Formats, read_rows, read_texts
from core.text import fold

# Where the template keeps its version and its drop-down lists.
LISTS_SHEET = "_DanhMuc"
GUIDE_SHEET = "HuongDan"
MOST_COLUMNS = 100
LAST_ROW = 1_048_576
# What is raised for a file that is not as it should be.
_BROKEN = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    SyntaxError,
    OSError,
    EOFError,
    ExpatError,
)


def sheet_key(name: str) -> str:
    """Return the name of a sheet as it is compared: without accents, case and spaces."""
    return re.sub(r"\s", "", fold(name))


class _Reader(ExcelReader):
    """openpyxl's reader of a workbook; the texts are read in one pass."""

    def read_strings(self) -> None:
        """Read the texts that cells share."""
        if (kind := self.package.find(SHARED_STRINGS)) is not None:
            with self.archive.open(kind.PartName[1:]) as part:
                self.shared_strings = read_texts(part)


class Book:
    """A workbook that was looked into and may be read; ``file`` stays the caller's."""

    def __init__(self, file: IO[bytes], name: str = "") -> None:
        opened = look_into(file, name)
        file.seek(0)
        with reading():
            reader = _Reader(file, read_only=True, keep_links=False)
            reader.read()
            book: Any = reader.wb
            # Where a sheet lies in the file.
            self._paths = {
                sheet.title: sheet._worksheet_path.lstrip("/") for sheet in book.worksheets
            }
            self._merged = {title: opened.parts[path].merged for title, path in self._paths.items()}
            self._formats = Formats(
                frozenset(book._date_formats), frozenset(book._timedelta_formats), book.epoch
            )
        self._archive = reader.archive
        self._texts = reader.shared_strings
        # How many rows all sheets have, blank ones included.
        self.row_count = sum(part.rows for part in opened.parts.values())

    @property
    def names(self) -> list[str]:
        """The names of the sheets, but not what the template brings beside its lists."""
        return [name for name in self._paths if name not in {LISTS_SHEET, GUIDE_SHEET}]

    @cached_property
    def version(self) -> str:
        """The version of the template, if the workbook was made from one."""
        if LISTS_SHEET not in self._paths:
            return ""
        cells = self._first_row(LISTS_SHEET)
        return str(cells[1]) if cells[1] else ""

    def headers(self, name: str) -> Cells:
        """The cells of row 1."""
        cells = self._first_row(name)
        filled = [place for place, cell in enumerate(cells) if not is_blank(cell)]
        return cells[: filled[-1] + 1] if filled else ()

    def _first_row(self, name: str) -> Cells:
        number, cells = next(self.rows(name), (0, ()))
        return cells if number == 1 else (None,) * MOST_COLUMNS

    def rows(
        self, name: str, *, first: int = 1, width: int = MOST_COLUMNS
    ) -> Iterator[tuple[int, Cells]]:
        """Yield Excel's number and the cells of each row that holds anything."""
        with reading():
            part = self._archive.open(self._paths[name])
        with part:
            batches = read_rows(part, self._texts, self._formats, width=width)
            while batch := self._next(batches):
                for number, cells in batch:
                    if number >= first:
                        yield number, cells

    def _next(self, batches: Iterator[list[tuple[int, Cells]]]) -> list[tuple[int, Cells]]:
        with reading():
            return next(batches, [])

    def merged(self, name: str) -> "Merged":
        """Return the merged cells of a sheet."""
        with reading():
            return Merged(self._merged[name])

    def close(self) -> None:
        """Let go of the file and of its texts; twice does no harm."""
        self._archive.close()
        self._texts = []
        self._paths = {}


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
    """Tell of a file that cannot be read in one sentence; openpyxl's own warnings say little."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except _BROKEN as error:
            raise damaged() from error
