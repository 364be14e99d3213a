"""Charts drawn by the server as SVG: the same on the screen and on paper, without scripts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.numbers import format_number

WIDTH, HEIGHT = 600, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 590, 20, 196
SPARK_WIDTH, SPARK_HEIGHT = 72, 20
STEPS = 4
SEGMENT_GAP = Decimal("0.6")
SHORTEST_SCALE = Decimal(4)


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day."""

    day: dt.date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in the drawing, with the words that a pointer shows."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line over time and the straight course to a target, as coordinates of a drawing."""

    label: str
    grid: list[tuple[str, str]]
    years: list[tuple[str, str]]
    line: str
    course: str
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar 100 wide."""

    kind: str
    x: str
    width: str


def stacked_bar(parts: Sequence[tuple[str, int]]) -> list[Segment]:
    """Return the pieces of a bar whose lengths are in the ratio of the numbers, by their kinds."""
    total = sum(count for _kind, count in parts)
    found, before = [], Decimal(0)
    for kind, count in parts:
        if not count:
            continue
        width = Decimal(100 * count) / total
        found.append(Segment(kind, _coordinate(before), _coordinate(width - SEGMENT_GAP)))
        before += width
    return found


def line_chart(
    points: Sequence[Point],
    *,
    first: dt.date,
    last: dt.date,
    label: str,
    target: Decimal | None = None,
    unit: str = "",
) -> LineChart:
    """Return the drawing of values from ``first`` to ``last`` (both included).

    The course leads from zero at the start to ``target`` at the end.
    """
    highest = max([point.value for point in points] + [target or Decimal(0)], default=Decimal(0))
    top = _top(highest)
    days = max((last - first).days, 1)

    def x(day: dt.date) -> str:
        share = Decimal(min(max((day - first).days, 0), days)) / days
        return _coordinate(LEFT + share * (RIGHT - LEFT))

    def y(value: Decimal) -> str:
        return _coordinate(BOTTOM - max(value, Decimal(0)) / top * (BOTTOM - TOP))

    suffix = "%" if unit == "%" else ""
    steps = [top * step / STEPS for step in range(STEPS + 1)]
    return LineChart(
        label=label,
        grid=[(y(step), f"{format_number(step)}{suffix}") for step in steps],
        years=[
            (x(dt.date(year, 7, 1)), str(year)) for year in range(first.year + 1, last.year + 1)
        ],
        line=" ".join(f"{x(point.day)},{y(point.value)}" for point in points),
        course=f"{x(first)},{y(Decimal(0))} {x(last)},{y(target)}" if target else "",
        marks=[
            Mark(
                x(point.day),
                y(point.value),
                f"{point.day:%d/%m/%Y}: {format_number(point.value, _places(point.value))}{suffix}",
            )
            for point in points
        ],
    )


def spark_line(values: Sequence[Decimal]) -> str:
    """Return the points of a small line without axes, for a cell of a table."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    span = high - low or Decimal(1)
    step = Decimal(SPARK_WIDTH - 4) / (len(values) - 1)
    return " ".join(
        f"{_coordinate(2 + place * step)},"
        f"{_coordinate(SPARK_HEIGHT - 3 - (value - low) / span * (SPARK_HEIGHT - 6))}"
        for place, value in enumerate(values)
    )


def _top(highest: Decimal) -> Decimal:
    """Return a round number above all values, which the steps of the grid divide."""
    size = Decimal(1)
    while size * 10 < highest:
        size *= 10
    for factor in (1, 2, 4, 5, 8, 10):
        if highest <= factor * size and factor * size >= SHORTEST_SCALE:
            return factor * size
    return max(10 * size, SHORTEST_SCALE)


def _places(value: Decimal) -> int:
    return 0 if value == value.to_integral_value() else 1


def _coordinate(value: Decimal) -> str:
    """Write a coordinate with a point, as SVG reads it."""
    return f"{value:.1f}"
