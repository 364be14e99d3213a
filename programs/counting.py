"""Counting the records behind many figures with few statements.

Figures about the same records are counted together: every condition is asked once of every record,
however many figures and readings rest on it. What comes back is how many records there are of each
combination of answers; numerators and denominators are sums of those.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from programs.measures import Computation

Counts = dict[str, tuple[int, int]]
Answers = Mapping[str, Any]
Holds = Callable[[Answers], bool]


def counts_of(computations: Sequence[Computation]) -> list[Counts]:
    """Return numerator and denominator of every reading of each computation, by its key.

    One statement for each set of records, whatever the number of computations about it.
    """
    together: dict[Hashable, Together] = {}
    asked = []
    for computation in computations:
        records = computation.records.order_by()
        group = together.setdefault(_asked_of(records), Together(records))
        readings = [
            (one.key, group.ask(one.numerator), group.ask(one.denominator or Q()))
            for one in computation.readings
        ]
        asked.append((group, readings))
    return [
        {key: (group.count(numerator), group.count(among)) for key, numerator, among in readings}
        for group, readings in asked
    ]


class Together:
    """What is asked of the same records."""

    def __init__(self, records: QuerySet[Any]) -> None:
        self._records = records
        self._names: dict[Hashable, str] = {}
        self._conditions: dict[str, Q] = {}
        self._combinations: list[tuple[Answers, int]] | None = None

    def ask(self, condition: Q) -> Holds:
        """Ask a condition too; return how to tell from the answers whether it holds.

        It is taken apart where a part of it looks for other records, so that this is done once.
        """
        whole = condition.negated or condition.connector == Q.XOR
        if condition and (whole or not _looks_for_others(condition)):
            return self._ask_single(condition, condition)
        parts = [
            self.ask(child) if isinstance(child, Q) else self._ask_single(child, Q(child))
            for child in condition.children
        ]
        holds = any if parts and condition.connector == Q.OR else all
        return lambda answers: holds(part(answers) for part in parts)

    def _ask_single(self, asked: Any, condition: Q) -> Holds:
        name = self._names.setdefault(_key(asked), f"answer_{len(self._names)}")
        self._conditions.setdefault(name, condition)
        return itemgetter(name)

    def count(self, holds: Holds) -> int:
        """Return how many of the records fulfil what was asked."""
        if self._combinations is None:
            self._combinations = self._counted()
        return sum(number for answers, number in self._combinations if holds(answers))

    def _counted(self) -> list[tuple[Answers, int]]:
        """Return each combination of answers with the number of records that give it."""
        if not self._conditions:
            return [({}, self._records.count())]
        answers = {
            name: Case(
                When(condition, then=Value(value=True)),
                default=Value(value=False),
                output_field=BooleanField(),
            )
            for name, condition in self._conditions.items()
        }
        rows = self._records.annotate(**answers).values(*answers).annotate(how_many=Count("pk"))
        return [(row, row["how_many"]) for row in rows]


def _looks_for_others(condition: Q) -> bool:
    return any(
        _looks_for_others(child)
        if isinstance(child, Q)
        else isinstance(child, tuple) and isinstance(child[1], QuerySet)
        for child in condition.children
    )


def _key(asked: Any) -> Hashable:
    """What is the same for conditions that ask the same."""
    if not isinstance(asked, tuple):
        return asked if isinstance(asked, Q) else id(asked)
    lookup, value = asked
    if isinstance(value, QuerySet):
        return lookup, _asked_of(value)
    try:
        hash(value)
    except TypeError:
        return lookup, id(value)
    return lookup, value


def _asked_of(records: QuerySet[Any]) -> Hashable:
    """What is the same for records that are found by the same statement."""
    try:
        return records.model, records.query.sql_with_params()
    except EmptyResultSet:
        return records.model, None
