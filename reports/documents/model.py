"""A document as its parts, the same for every format, so that they agree by construction.

Amounts are in đồng (VND). Text is Vietnamese: documents have no other language.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from core.money import format_million
from core.numbers import format_number

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
WIDEST_UPRIGHT = 6  # columns that an upright page still carries

Kind = Literal["text", "code", "number", "million"]
Level = Literal["row", "group", "phase", "total"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the text that every format shows, and the number behind it if there is one.

    ``number`` is in the unit of its column, for a column of kind ``million`` in đồng.
    """

    text: str = ""
    number: int | Decimal | None = None
    kind: Kind = "text"
    span: int = 1

    @classmethod
    def count(cls, value: int | Decimal | None, missing: str = "") -> "Cell":
        """A number; without one the cell says ``missing``."""
        if value is None:
            return cls(missing, kind="text")
        return cls(format_number(value), value, "number")

    @classmethod
    def money(cls, vnd: int) -> "Cell":
        """An amount, shown in triệu đồng."""
        return cls(format_million(vnd), vnd, "million")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``sum_of`` names the columns that it adds up; ``group`` is the heading above it."""

    key: str
    heading: str
    width: int
    kind: Kind = "text"
    group: str = ""
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells; ``adds`` are the places of the rows whose amounts it adds up."""

    cells: tuple[Cell, ...]
    level: Level = "row"
    adds: tuple[int, ...] = ()

    def placed(self) -> Iterator[tuple[int, Cell]]:
        """Yield the cells with the place of the first column that each covers."""
        place = 0
        for cell in self.cells:
            yield place, cell
            place += cell.span


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``widths`` are shares of the width of the page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""

    def place(self, key: str) -> int:
        """Return the place of a column."""
        return next(n for n, column in enumerate(self.columns) if column.key == key)

    @property
    def is_wide(self) -> bool:
        """Whether the table needs the long side of the paper."""
        return len(self.columns) > WIDEST_UPRIGHT


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; ``placeholder`` when staff are to write it."""

    text: str
    placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the body: ``level`` 1 is headed I., II. in capitals; 2 is headed 1., 2."""

    number: str
    heading: str
    level: Literal[1, 2] = 1
    blocks: tuple[Paragraph | Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """An appendix, numbered apart by ``number``: "I"; ``sheet`` is its name in the workbook."""

    number: str
    title: str
    attached_to: str
    sheet: str
    table: Table
    unit: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An official report (Nghị định 30/2020/NĐ-CP, Mẫu 1.4).

    Number and date stay blank: the agency's clerk gives them after signing.
    """

    superior: tuple[str, ...]
    agency: tuple[str, ...]
    symbol: str
    place: str
    year: int
    document_type: str
    subject: str
    addressee: str
    opening: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    signer: tuple[str, ...]
    recipients: tuple[str, ...]
    annexes: tuple[Annex, ...] = field(default_factory=tuple)

    @property
    def number_line(self) -> str:
        """The line for the number, left blank."""
        return f"Số:        /{self.symbol}"

    @property
    def place_date(self) -> str:
        """Place and date, left blank."""
        return f"{self.place}, ngày      tháng      năm        "
