"""The rows of a workbook, and what becomes of them."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from core.spreadsheets.cells import Blank
from core.spreadsheets.columns import Column, Placed
from core.spreadsheets.sheets import Existing, Key, Problem, Ref, Sheet


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(slots=True, eq=False)
class Row:
    """A row of a file: what its cells hold, what they mean, and what becomes of it."""

    number: int
    cells: tuple[Any, ...]
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    # What is to be known of a good row; it is imported all the same.
    warnings: list[Problem] = field(default_factory=list)
    key: Key | None = None
    existing: Existing | None = None
    final: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row."""
        if self.problems:
            return Outcome.WRONG
        if self.existing is None:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.UNCHANGED

    def wrong(self, column: str, message: str) -> None:
        """Say what is wrong with a cell of the row, once."""
        problem = Problem(column, message)
        if problem not in self.problems:
            self.problems.append(problem)

    def warn(self, column: str, message: str) -> None:
        """Say what is to be known of a cell of a good row."""
        self.warnings.append(Problem(column, message))

    def is_wrong(self, column: str) -> bool:
        """Whether something is wrong with this cell."""
        return any(problem.column == column for problem in self.problems)

    def forget_cells(self) -> None:
        """Keep of a good row only how its record will stand: a file has many of them."""
        if not self.problems:
            self.cells, self.values = self.cells if self.warnings else (), self.final

    def get(self, column: str) -> Any:
        """Return the value of a cell; nothing for a blank one."""
        value = self.values.get(column)
        return None if isinstance(value, Blank) else value


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong cell, as the person is told of it."""

    sheet: str
    row: int
    column: str
    value: Any
    message: str
    # Where the cell stands, counted from 0; nothing for a column that the file lacks.
    place: int | None = None


@dataclass
class SheetPlan:
    """A sheet of a file and its rows. ``unread`` rows cannot be read because of the headers."""

    sheet: Sheet
    title: str
    placed: list[Placed] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    unread: int = 0

    def counts(self) -> dict[str, int]:
        """How many rows have each outcome."""
        counts = dict.fromkeys((outcome.value for outcome in Outcome), 0)
        for row in self.rows:
            counts[row.outcome] += 1
        counts[Outcome.WRONG] += self.unread
        return counts

    def mistakes_of(self, row: Row) -> list[Mistake]:
        """The wrong cells of a row."""
        return self._told(row, row.problems)

    def warnings_of(self, row: Row) -> list[Mistake]:
        """The cells of a row of which something is to be known."""
        return self._told(row, row.warnings)

    def _told(self, row: Row, problems: Iterable[Problem]) -> list[Mistake]:
        places = {placed.column.name: placed for placed in self.placed}
        found = []
        for problem in problems:
            placed = places.get(problem.column)
            header = placed.header if placed else self.sheet.column(problem.column).header
            place = placed.place if placed else None
            value = told_value(row.cells[place]) if place is not None else None
            found.append(Mistake(self.title, row.number, header, value, problem.message, place))
        return found

    def all_mistakes(self) -> Iterator[Mistake]:
        """Every wrong cell, from top to bottom."""
        yield from self.mistakes
        for row in self.rows:
            if row.problems:
                yield from self.mistakes_of(row)

    def shown(self, row: Row) -> list[tuple[str, str, str]]:
        """What a good row changes: header, before, after, as people read them."""
        if row.existing is not None:
            pairs: Iterable[tuple[str, Any, Any]] = (
                (name, before, after) for name, (before, after) in row.changes.items()
            )
        else:
            pairs = ((name, None, row.final.get(name)) for name in self.sheet.by_name)
        told = []
        for name, before, after in pairs:
            column = self.sheet.column(name)
            old, new = show(column, before), show(column, after)
            if old or new:
                told.append((column.header, old, new))
        return told

    def label(self, row: Row) -> str:
        """The natural key of a row, as people read it."""
        parts = (show(self.sheet.column(name), row.get(name)) for name in self.sheet.key)
        return " · ".join(part for part in parts if part)


@dataclass
class WorkbookPlan:
    """What an import of a workbook would do."""

    sheets: list[SheetPlan] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows of each sheet have each outcome."""
        return {plan.sheet.name: plan.counts() for plan in self.sheets}

    def mistakes(self) -> Iterator[Mistake]:
        """Every wrong cell of the file."""
        for plan in self.sheets:
            yield from plan.all_mistakes()

    @property
    def is_wrong(self) -> bool:
        """Whether anything is wrong."""
        return next(self.mistakes(), None) is not None

    def digest(self) -> str:
        """Return a hash of all that the import would do, to compare with what a person saw."""
        seen = hashlib.sha256()
        for plan in self.sheets:
            for row in plan.rows:
                told: list[Any] = [plan.title, row.number, row.outcome]
                told += plan.shown(row) if row.outcome is Outcome.CHANGED else []
                told += [problem.message for problem in (*row.problems, *row.warnings)]
                seen.update(json.dumps(told, ensure_ascii=False).encode())
        return seen.hexdigest()


def show(column: Column, value: Any) -> str:
    """Return a value of a column as people read it; nothing for none."""
    if value is None or value == "" or isinstance(value, Blank):
        return ""
    return column.kind.show(value.label if isinstance(value, Ref) else value)


def told_value(value: Any) -> Any:
    """Return what a cell holds as JSON holds it."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case dt.datetime() | dt.date():
            return f"{value:%d/%m/%Y}"
        case Decimal():
            return str(value)
        case _other:
            return str(getattr(value, "text", value))
