"""Columns of a sheet, and finding them by their headers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from core.spreadsheets.cells import HeaderError, Kind, is_blank, match_text
from core.text import normalise


class Need(StrEnum):
    """When a cell must be filled."""

    NEVER = "never"
    NEW = "new"  # on a row that is not stored yet
    ALWAYS = "always"  # the natural key


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    ``field`` names what is read from a stored record (a field, its attname or an annotation);
    without it the column only helps to find something. ``path`` leads to the text of a reference.
    ``refers`` names the sheet or catalogue in which the cell is looked up, together with the
    columns of ``by`` that stand before it.
    """

    name: str
    header: str
    kind: Kind
    field: str = ""
    need: Need = Need.NEVER
    path: str = ""
    refers: str = ""
    by: tuple[str, ...] = ()
    example: Any = None
    # The unit that the template and exports put into the header: “triệu đồng”.
    unit: str = ""

    @property
    def full_header(self) -> str:
        """The header with its unit, as the template has it."""
        return f"{self.header} ({self.unit})" if self.unit else self.header


@dataclass(frozen=True, slots=True)
class Placed:
    """A column where it stands in a file: its place, the factor of its unit, its own header."""

    column: Column
    place: int
    factor: int
    header: str


@dataclass(frozen=True, slots=True)
class HeaderProblem:
    """A header that cannot be used; ``stops`` when the sheet cannot be read because of it."""

    header: str
    message: str
    stops: bool


_UNIT = re.compile(r"(.*\S)\s*\(([^()]*)\)")


def find_columns(
    columns: Sequence[Column], headers: Sequence[Any]
) -> tuple[list[Placed], list[HeaderProblem]]:
    """Match the headers of a file, accents, case and spaces aside; tell which are of no use."""
    known = {match_text(column.header): column for column in columns}
    placed: dict[str, Placed] = {}
    problems = []
    for place, cell in enumerate(headers):
        if is_blank(cell):
            continue
        header = normalise(str(cell))
        bare, unit = header, ""
        column = known.get(match_text(header))
        if column is None and (parts := _UNIT.fullmatch(header)):
            bare, unit = parts.groups()
            column = known.get(match_text(bare))
        if column is None:
            told = _("The portal does not know this column; it is not read.")
            problems.append(HeaderProblem(header, told, stops=False))
            continue
        if column.name in placed:
            told = _("The column stands in the sheet twice; remove one of them.")
            problems.append(HeaderProblem(header, told, stops=True))
            continue
        try:
            factor = column.kind.unit(unit) if unit else 1
        except HeaderError as error:
            problems.append(HeaderProblem(header, error.message, stops=True))
            continue
        placed[column.name] = Placed(column, place, factor, header)
    unreadable = {match_text(problem.header) for problem in problems if problem.stops}
    for column in columns:
        lacking = column.need is Need.ALWAYS and column.name not in placed
        if lacking and not any(match_text(column.header) in text for text in unreadable):
            told = _("The sheet lacks this column; row 1 must hold the headers of the template.")
            problems.append(HeaderProblem(column.header, told, stops=True))
    return list(placed.values()), problems
