"""The register of measures: an indicator or a task names a measure by its key.

Each room registers its measures in its own ``measures.py`` when its app is ready; the plan knows
their keys only. A measure takes a ``Scope`` and returns a ``Computation``: which records stand
behind the figure and which of them count. The figure and its evidence are read from that one
object, so they cannot disagree.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from core.calendar import Window, reporting_year
from programs.models import Phase, Plan


@dataclass(frozen=True, slots=True)
class Scope:
    """What a measure is asked for: whose figure, as at which day (included).

    ``day`` is the cut-off, or the last day of a phase that is over. ``code`` is that of the
    indicator or task.
    """

    plan: Plan
    phase: Phase
    phases: Sequence[Phase]
    day: dt.date
    parameters: Mapping[str, Any]
    code: str = ""

    @property
    def year(self) -> int:
        """The reporting year of the day."""
        return reporting_year(self.day)

    @property
    def window(self) -> Window:
        """The days of the phase up to the day."""
        return Window(self.phase.window.first, self.day)

    @property
    def previous_phase(self) -> Phase | None:
        """The phase before this one."""
        earlier = [phase for phase in self.phases if phase.last_year < self.phase.first_year]
        return max(earlier, key=lambda phase: phase.last_year, default=None)


class Formula(StrEnum):
    """How a figure follows from the records that count."""

    COUNT = "count"  # how many
    SHARE = "share"  # percent of the denominator
    GROWTH = "growth"  # percent by which the later ones outnumber the earlier ones


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the figure: which records are its numerator and its denominator.

    ``key`` is that of the plan's reading; a measure that can be read in one way only leaves it
    empty. A count has no denominator. Of a growth, the numerator holds the later records and the
    denominator the earlier ones.
    """

    numerator: Q
    denominator: Q | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of a kind that decide a figure, and which of them are dated by the day."""

    rows: QuerySet[Any]
    by_the_day: Q


def dated(model: type[Model], **by_the_day: Any) -> Facts:
    """Return the facts of a model, of which those count that these filters name."""
    return Facts(model._default_manager.all(), Q(**by_the_day))


@dataclass(frozen=True, slots=True)
class Computation:
    """The records behind a figure, each thing once, and which of them count.

    ``enterprise`` is the path from a record to its enterprise (empty when it is one, None when it
    has none), for breakdowns. ``facts`` are the rows that decide, voided ones included, so that a
    correction made after the cut-off can be marked. ``missing`` says what is lacking when there is
    no figure; ``left_out`` are things that would be measured but lack what it takes.
    """

    records: QuerySet[Any]
    readings: tuple[Reading, ...]
    formula: Formula
    missing: str | Promise = ""
    enterprise: str | None = None
    facts: tuple[Facts, ...] = ()
    left_out: QuerySet[Any] | None = None

    def reading(self, key: str) -> Reading:
        """Return the reading of this key; the first one if the measure does not know it."""
        return next((one for one in self.readings if one.key == key), self.readings[0])

    def numerator(self, key: str = "") -> QuerySet[Any]:
        """Return the records that count."""
        return self.records.filter(self.reading(key).numerator)

    def denominator(self, key: str = "") -> QuerySet[Any] | None:
        """Return the records among which they are counted, if there are such."""
        condition = self.reading(key).denominator
        return None if condition is None else self.records.filter(condition)

    def lacking(self, key: str = "") -> QuerySet[Any] | None:
        """Return those of the denominator that do not count; of a growth there are none."""
        if self.formula != Formula.SHARE:
            return None
        reading = self.reading(key)
        return self.records.filter(reading.denominator or Q()).exclude(
            pk__in=self.records.filter(reading.numerator).values("pk")
        )

    def corrected_after(self, day: dt.date) -> int:
        """Return how many of the facts were corrected or voided after the day.

        Those are facts dated by the day, or known by then: a correction may have moved its date.
        """
        later = Q(corrected_at__date__gt=day) | Q(voided_at__date__gt=day)
        known = Q(recorded_at__date__lte=day)
        return sum(
            facts.rows.filter(later, known | facts.by_the_day).count() for facts in self.facts
        )


Compute = Callable[[Scope], Computation]
Options = Callable[[Plan], Sequence[tuple[str, str | Promise]]]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a measure has to be told: one of ``options``, several of them, or a number."""

    name: str
    label: str | Promise
    options: Options | None = None
    several: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its key, what people call it, how it is computed, and what it has to be told."""

    key: str
    compute: Compute
    label: str | Promise
    parameters: tuple[Parameter, ...] = ()


_measures: dict[str, Measure] = {}


def register(compute: Compute, label: str | Promise, parameters: Iterable[Parameter] = ()) -> None:
    """Make a measure known under the name of its function, which the plan file names."""
    key = compute.__name__
    if key in _measures:
        raise ValueError(f"The measure {key} is registered twice.")
    _measures[key] = Measure(key, compute, label, tuple(parameters))


def known() -> list[Measure]:
    """Return every measure, in the order of what people call them."""
    return sorted(_measures.values(), key=lambda measure: str(measure.label))


def get(key: str) -> Measure | None:
    """Return the measure of a key, if a room has registered it."""
    return _measures.get(key)


# From a model to how a record is called in evidence: the fields by their paths, masked if need be.
Describe = Callable[[QuerySet[Any]], dict[int, dict[str, Any]]]
_describe: dict[str, Describe] = {}


def describe(kind: str, described: Describe) -> None:
    """Say how records of a model (``enterprises.product``) are named in evidence."""
    _describe[kind] = described


def identities(records: QuerySet[Any]) -> dict[int, dict[str, Any]]:
    """Return how each record is called, by its key, in the order of the keys."""
    described = _describe.get(records.model._meta.label_lower, _by_name)
    return described(records.order_by("pk"))


def _by_name(records: QuerySet[Any]) -> dict[int, dict[str, Any]]:
    return {record.pk: {"name": str(record)} for record in records}


def unknown(keys: Iterable[str]) -> list[str]:
    """Return those of the keys that no room has registered, sorted."""
    return sorted({key for key in keys if key and key not in _measures})
