"""How the records behind figures are listed and split: rooms say it for their own records."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from programs.measures import Computation, Reading


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of records of one model: table and filters of ``core.lists``, and what they join."""

    table: type[Any]
    filter_class: type[Any]
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a figure: the numerator, and the denominator if there is one."""

    label: str
    numerator: int
    denominator: int | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A way to split figures, by a path from the enterprise to a name.

    Where no path leads there, ``at`` takes the path to the enterprise and the day and returns the
    column; ``named`` then says what its values are called.
    """

    label: str | Promise
    path: str
    without: str | Promise
    at: Callable[[str, dt.date], Any] | None = None
    named: Callable[[str], str | Promise] = str


_listings: dict[str, Listing] = {}
_breakdowns: list[Breakdown] = []


def register_listing(kind: str, listing: Listing) -> None:
    """List the records of a model (``enterprises.product``) this way."""
    _listings[kind] = listing


def register_breakdown(breakdown: Breakdown) -> None:
    """Let figures of enterprises be split another way."""
    _breakdowns.append(breakdown)


def listing_of(records: QuerySet[Any]) -> Listing | None:
    """Return how these records are listed, if their room has said it."""
    return _listings.get(records.model._meta.label_lower)


def breakdowns_of(
    computation: Computation, key: str, day: dt.date
) -> Iterable[tuple[str, list[Part]]]:
    """Yield every split of a figure under a reading as at a day; empty parts left out."""
    if computation.enterprise is None:
        return
    reading = computation.reading(key)
    for breakdown in _breakdowns:
        records, path = computation.records.order_by(), breakdown.path
        if breakdown.at:
            records = records.annotate(**{path: breakdown.at(computation.enterprise, day)})
        else:
            path = "__".join(part for part in (computation.enterprise, path) if part)
        yield str(breakdown.label), _parts(records, reading, path, breakdown)


def _parts(records: QuerySet[Any], reading: Reading, path: str, breakdown: Breakdown) -> list[Part]:
    rows = (
        records.values(path)
        .annotate(n=_count(reading.numerator), d=_count(reading.denominator or Q()))
        .order_by(path)
    )
    has_denominator = reading.denominator is not None
    return [
        Part(
            str(breakdown.named(row[path]) if row[path] else breakdown.without),
            row["n"],
            row["d"] if has_denominator else None,
        )
        for row in rows
        if row["n"] or row["d"]
    ]


def _count(condition: Q) -> Count:
    return Count("pk", filter=condition, distinct=True) if condition else Count("pk", distinct=True)
