"""Certificates on a timeline: where each bar of the drawing lies."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from enterprises.choices import CertificateState

# The drawing in its own units; it is scaled to the page as a whole.
WIDTH = 340
LEFT, RIGHT = 26, 324
TOP, ROW, BAR = 24, 22, 10
MOST_YEARS = 6


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a bar: where it begins and how long it is."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One certificate: from its issue to its end, as known on the day."""

    number: int
    y: int
    span: Span
    state: CertificateState
    open_ended: bool
    suspensions: list[Span]

    @property
    def middle(self) -> float:
        """The height at which marks stand."""
        return self.y + BAR / 2

    @property
    def end(self) -> float:
        """Where the bar ends."""
        return self.span.x + self.span.width


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a year."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: its years, its bars, and the day as at which it is drawn."""

    height: int
    ticks: list[Tick]
    bars: list[Bar]
    day_x: float

    width: int = WIDTH
    bar: int = BAR
    top: int = TOP


def timeline(certificates: Iterable[Any], day: dt.date) -> Timeline:
    """Draw certificates that come with their ``state`` and ``known_suspensions`` on the day."""
    rows = list(certificates)
    ends = [_end(row, day) for row in rows]
    first = min(row.issued_on for row in rows).year
    last = max([day, *(end for end in ends if end)]).year + 1
    origin = dt.date(first, 1, 1)
    days = (dt.date(last, 1, 1) - origin).days

    def x_of(moment: dt.date) -> float:
        return round(LEFT + (RIGHT - LEFT) * min(max((moment - origin).days / days, 0), 1), 1)

    def span(since: dt.date, until: dt.date | None) -> Span:
        begin = x_of(since)
        return Span(begin, max(round((x_of(until) if until else RIGHT) - begin, 1), 1.0))

    bars = [
        Bar(
            number=place + 1,
            y=TOP + place * ROW + (ROW - BAR) // 2,
            span=span(row.issued_on, end),
            state=CertificateState(row.state),
            open_ended=end is None,
            suspensions=[
                span(one.valid_from, min(one.valid_to, end or day) if one.valid_to else end)
                for one in row.known_suspensions
                if end is None or one.valid_from <= end
            ],
        )
        for place, (row, end) in enumerate(zip(rows, ends, strict=True))
    ]
    step = -(-(last - first) // MOST_YEARS)
    ticks = [Tick(x_of(dt.date(year, 1, 1)), str(year)) for year in range(first, last, step)]
    return Timeline(TOP + len(rows) * ROW + 6, ticks, bars, x_of(day))


def _end(certificate: Any, day: dt.date) -> dt.date | None:
    """Return the day on which the bar ends: of withdrawal if known by then, else of expiry."""
    withdrawn: dt.date | None = certificate.withdrawn_on
    if withdrawn and withdrawn <= day:
        return min(withdrawn, certificate.expires_on or withdrawn)
    expires: dt.date | None = certificate.expires_on
    return expires
