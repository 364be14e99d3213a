"""Tables as the HTML of a printed document has them: heads, alignment, widths of columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reports.documents.model import Column, Level, Row, Table

NUMERIC = frozenset({"number", "million"})
# How wide letters are at the very most, as a share of their size; of those not named, by case.
LETTER_WIDTHS = {
    letter: width
    for letters, width in (
        (".,", 0.25),
        ("ijlt-/:;()[]", 0.35),
        ("mwMW%", 1.0),
        ("0123456789", 0.5),
    )
    for letter in letters
}
CAPITAL_WIDTH, SMALL_WIDTH = 0.78, 0.56
TABLE_SIZE, CELL_SIDES = 12, 7
# Anything longer, an address say, may be broken.
LONGEST_WORD = 100


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as HTML has it: ``align`` is a class of the style sheet."""

    text: str
    align: str = "centre"
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


def printed_table(table: Table, width: float) -> PrintedTable:
    """Return a table to be printed as wide as this, in points."""
    return PrintedTable(
        caption=table.caption,
        widths=tuple(f"{points / width:.4%}" for points in _widths(table, width)),
        head=tuple(_head(table.columns)),
        rows=tuple(PrintedRow(row.level, tuple(_cells(row, table.columns))) for row in table.rows),
    )


def _widths(table: Table, whole: float) -> list[float]:
    """Share a width as the columns ask, but leave none narrower than its longest word."""
    asked = [column.width for column in table.columns]
    least = [_least_width(words) for words in _words(table)]
    if sum(least) > whole:
        return [whole * share / sum(asked) for share in asked]
    widened: set[int] = set()
    while True:
        left = whole - sum(least[place] for place in widened)
        sharing = sum(share for place, share in enumerate(asked) if place not in widened)
        widths = [
            least[place] if place in widened else left * share / sharing
            for place, share in enumerate(asked)
        ]
        narrow = {place for place, width in enumerate(widths) if width < least[place]}
        if not narrow:
            return widths
        widened |= narrow


def _words(table: Table) -> list[set[str]]:
    """Return the words of every column, its heading's too."""
    words = [set(column.heading.split()) for column in table.columns]
    for row in table.rows:
        for place, cell in row.placed():
            if cell.span == 1:
                words[place].update(cell.text.split())
    return words


def _least_width(words: set[str]) -> float:
    """Return the width of a column that need not break any of the words."""
    widths = (TABLE_SIZE * sum(map(_letter_width, word)) + CELL_SIDES for word in words)
    return max((width for width in widths if width <= LONGEST_WORD), default=0)


def _letter_width(letter: str) -> float:
    usual = CAPITAL_WIDTH if letter.isupper() else SMALL_WIDTH
    return LETTER_WIDTHS.get(letter, usual)


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
    """Yield the cells of a row; one that says why a number is missing stands in the middle."""
    for place, cell in row.placed():
        kind = columns[place].kind if cell.span == 1 else cell.kind
        if kind in NUMERIC:
            align = "centre" if cell.number is None else "right"
        else:
            align = "centre" if kind == "code" else "left"
        yield PrintedCell(cell.text, align, colspan=cell.span)
