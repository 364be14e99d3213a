"""Lines over years: where each point of the drawing lies."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

WIDTH, HEIGHT = 340, 190
LEFT, RIGHT, TOP, BOTTOM = 42, 320, 12, 162
# How far apart the lines of the grid may be, in percent.
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a year."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """The values of one factor, drawn with a mark of its own."""

    key: str
    points: list[Point]

    @property
    def path(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the grid or a year, with its label."""

    at: float
    label: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing: lines, grid and years."""

    lines: list[Line]
    grid: list[Mark]
    years: list[Mark]

    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def line_chart(
    years: Sequence[int], series: Mapping[str, Sequence[Fraction | None]]
) -> Chart | None:
    """Draw growths (fractions) over years; nothing when there are not two years to join."""
    values = [100 * value for row in series.values() for value in row if value is not None]
    if len(years) < 2 or not values:
        return None
    low, high = min(Fraction(0), *values), max(Fraction(0), *values)
    span = max(high - low, Fraction(1))
    step = next((step for step in STEPS if span / step <= MOST_LINES), STEPS[-1])
    floor, ceiling = math.floor(low / step), max(math.ceil(high / step), math.floor(low / step) + 1)

    def x_of(year: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * (year - years[0]) / (years[-1] - years[0]), 1)

    def y_of(percent: Fraction | int) -> float:
        share = Fraction(percent - floor * step) / ((ceiling - floor) * step)
        return round(float(BOTTOM - (BOTTOM - TOP) * share), 1)

    lines = [
        Line(
            key,
            [
                Point(x_of(year), y_of(100 * value))
                for year, value in zip(years, row, strict=True)
                if value is not None
            ],
        )
        for key, row in series.items()
    ]
    grid = [Mark(y_of(place * step), place * step) for place in range(floor, ceiling + 1)]
    return Chart(lines, grid, [Mark(x_of(year), year) for year in years])
