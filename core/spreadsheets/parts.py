"""The two large parts of a workbook, its texts and its sheets, read as a stream.

openpyxl builds an element for every tag of them; here only what the cells hold is kept. What the
cells mean (dates, formulas) is left to openpyxl.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from xml.parsers import expat

from openpyxl.formula.translate import Translator
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.xml.constants import SHEET_MAIN_NS

CHUNK = 1 << 16
_SI, _T, _PHONETIC = (f"{SHEET_MAIN_NS} {name}" for name in ("si", "t", "rPh"))
_ROW, _C, _V, _F, _IS = (f"{SHEET_MAIN_NS} {name}" for name in ("row", "c", "v", "f", "is"))
_OUT_OF_RANGE = "#VALUE!"
_FRACTION = re.compile("[.eE]")
Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that fills several cells; ``text`` as it stands in the first of them."""

    text: str


@dataclass(frozen=True, slots=True)
class Formats:
    """What the workbook says of its numbers: which styles show them as dates or as times."""

    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime


def _parser(start: Callable[..., None], end: Callable[..., None]) -> Any:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    return parser


def read_texts(source: IO[bytes]) -> list[str]:
    """Return the texts that cells share, without their looks and without reading aids."""
    texts: list[str] = []
    pieces: list[str] = []
    aside = False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal aside
        if name == _T:
            parser.CharacterDataHandler = None if aside else pieces.append
        elif name == _PHONETIC:
            aside = True

    def end(name: str) -> None:
        nonlocal aside
        if name == _T:
            parser.CharacterDataHandler = None
        elif name == _PHONETIC:
            aside = False
        elif name == _SI:
            # An underscore that would read as the code of a character is itself written as one.
            texts.append("".join(pieces).replace("x005F_", ""))
            pieces.clear()

    parser = _parser(start, end)
    parser.ParseFile(source)
    return texts


def read_rows(
    source: IO[bytes], texts: list[str], formats: Formats, *, width: int
) -> Iterator[list[tuple[int, Cells]]]:
    """Yield the rows of a sheet that hold anything within its first columns, some at a time."""
    reader = _Rows(texts, formats, width)
    while chunk := source.read(CHUNK):
        reader.parser.Parse(chunk, False)  # noqa: FBT003 - takes no name
        if reader.rows:
            yield reader.rows
            reader.rows = []
    reader.parser.Parse(b"", True)  # noqa: FBT003
    if reader.rows:
        yield reader.rows


class _Rows:
    """Gathers the cells of a sheet from its tags."""

    def __init__(self, texts: list[str], formats: Formats, width: int) -> None:
        self.texts, self.formats, self.width = texts, formats, width
        self.rows: list[tuple[int, Cells]] = []
        self.parser = _parser(self.start, self.end)
        self.pieces: list[str] = []
        self.parser.CharacterDataHandler = self.pieces.append
        self.places: dict[str, int] = {}
        self.shared: dict[str, Translator] = {}
        self.number = self.highest = self.place = 0
        self.cells: list[Any] = []
        self.cell: dict[str, str] = {}
        self.value = ""
        # Whether the cell holds more than a value.
        self.is_special = False
        self.inline: list[str] | None = None
        self.formula: dict[str, str] | None = None
        self.formula_text = ""
        self.aside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _C:
            self.cell, self.value = attributes, ""
            if self.is_special:
                self.inline = self.formula = None
                self.is_special = False
        elif name == _V:
            self.pieces.clear()
        elif name == _ROW:
            self.number = _row_number(attributes["r"]) if "r" in attributes else self.number + 1
            self.place = 0
            self.cells = [None] * self.width
        elif name == _T:
            self.pieces.clear()
        elif name == _F:
            self.formula, self.is_special = attributes, True
            self.pieces.clear()
        elif name == _IS:
            self.inline, self.is_special = [], True
        elif name == _PHONETIC:
            self.aside = True

    def end(self, name: str) -> None:
        if name == _C:
            self._end_cell()
        elif name == _V:
            self.value = "".join(self.pieces)
        elif name == _ROW:
            self.pieces.clear()
            # A row that comes after a later one is no row that Excel shows.
            if self.number > self.highest:
                self.highest = self.number
                if any(cell is not None for cell in self.cells):
                    self.rows.append((self.number, tuple(self.cells)))
        elif name == _T:
            if self.inline is not None and not self.aside:
                self.inline.append("".join(self.pieces))
        elif name == _F:
            self.formula_text = "".join(self.pieces)
        elif name == _PHONETIC:
            self.aside = False

    def _end_cell(self) -> None:
        coordinate = self.cell.get("r")
        if coordinate is None:
            self.place += 1
        else:
            letters = coordinate.rstrip("0123456789")
            place = self.places.get(letters)
            if place is None:
                place = self.places[letters] = column_index_from_string(letters)
            self.place = place
        if self.place <= self.width:
            self.cells[self.place - 1] = self._meaning()

    def _meaning(self) -> Any:
        """Return what the cell holds, as openpyxl gives it."""
        kind = self.cell.get("t", "n")
        if self.is_special and self.formula is not None:
            return self._formula(self.formula)
        if kind == "inlineStr":
            return None if self.inline is None else "".join(self.inline)
        if kind == "s" and self.value:
            return self.texts[int(self.value)]
        return self._plain(kind) if self.value else None

    def _plain(self, kind: str) -> Any:
        if kind == "n":
            return self._number()
        if kind == "b":
            return bool(int(self.value))
        return from_ISO8601(self.value) if kind == "d" else self.value

    def _number(self) -> Any:
        number = float(self.value) if _FRACTION.search(self.value) else int(self.value)
        style = int(self.cell.get("s", 0))
        if style not in self.formats.dates:
            return number
        try:
            duration = style in self.formats.durations
            return from_excel(number, self.formats.epoch, timedelta=duration)
        except (OverflowError, ValueError):
            return _OUT_OF_RANGE

    def _formula(self, attributes: dict[str, str]) -> Any:
        text, kind = f"={self.formula_text}", attributes.get("t")
        if kind in {"array", "dataTable"}:
            return Formula(text)
        if kind == "shared":
            here, index = self.cell.get("r"), attributes.get("si", "")
            if (first := self.shared.get(index)) is not None:
                return first.translate_formula(here)
            if self.formula_text:
                self.shared[index] = Translator(text, here)
        return text


def _row_number(text: str) -> int:
    number = float(text)
    if not number.is_integer():
        raise ValueError(text)
    return int(number)
