"""How the records behind figures are listed and split: rooms say it for their own records."""

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
    """A way to split figures, by a path from the enterprise to a name."""

    label: str | Promise
    path: str
    without: str | Promise


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


def breakdowns_of(computation: Computation, key: str) -> Iterable[tuple[str, list[Part]]]:
    """Yield every split of a figure under a reading, one statement each; empty parts left out."""
    if computation.enterprise is None:
        return
    reading = computation.reading(key)
    for breakdown in _breakdowns:
        path = "__".join(part for part in (computation.enterprise, breakdown.path) if part)
        yield str(breakdown.label), _parts(computation, reading, path, str(breakdown.without))


def _parts(computation: Computation, reading: Reading, path: str, without: str) -> list[Part]:
    rows = (
        computation.records.order_by()
        .values(path)
        .annotate(n=_count(reading.numerator), d=_count(reading.denominator or Q()))
        .order_by(path)
    )
    has_denominator = reading.denominator is not None
    return [
        Part(row[path] or without, row["n"], row["d"] if has_denominator else None)
        for row in rows
        if row["n"] or row["d"]
    ]


def _count(condition: Q) -> Count:
    return Count("pk", filter=condition, distinct=True) if condition else Count("pk", distinct=True)
