"""What belongs to an enterprise and goes over when it is merged into another.

Each kind of record is a ``Part``: how it moves, and what of both sides cannot stand beside each
other. Later rooms register theirs; a test holds that no foreign key to an enterprise is forgotten.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, QuerySet
from django.utils import timezone

from accounts.models import User
from core.versions import Versioned
from enterprises.models import Enterprise

# How a record of a collision is told to the person who chooses.
Tell = Callable[[Any], str]


@dataclass(frozen=True)
class Collision:
    """Records of both sides of which only one side's can stand.

    ``give_way`` does what the choice means for a record of the other side: most are voided.
    """

    key: str
    label: str
    source: tuple[Any, ...]
    target: tuple[Any, ...]
    tell: Tell
    give_way: Callable[[Any, User, str], None]

    @property
    def told_source(self) -> str:
        """The records of the enterprise that goes."""
        return "; ".join(self.tell(record) for record in self.source)

    @property
    def told_target(self) -> str:
        """The records of the enterprise that stays."""
        return "; ".join(self.tell(record) for record in self.target)


@dataclass(frozen=True)
class Part:
    """A kind of record that belongs to an enterprise by its foreign key ``field``.

    ``collisions`` gets source and target. ``settle`` gets each of them with the side that stays,
    the person and the reason, when the other side has given way and nothing has moved yet.
    """

    model: type[Model]
    collisions: Callable[[Enterprise, Enterprise], list[Collision]] = lambda _source, _target: []
    settle: Callable[[Collision, str, User, str], None] | None = None
    field: str = "enterprise"

    @property
    def label(self) -> str:
        """What the records are called."""
        return str(self.model._meta.verbose_name_plural)

    def of(self, enterprise: Enterprise) -> QuerySet[Any]:
        """Return the records of an enterprise, voided ones too."""
        return self.model._base_manager.filter(**{self.field: enterprise})

    def move(self, source: Enterprise, target: Enterprise) -> int:
        """Let every record of the source belong to the target and return how many there were."""
        values: dict[str, Any] = {self.field: target}
        if issubclass(self.model, Versioned):
            values["version"] = F("version") + 1
        return self.of(source).update(**values)


_parts: list[Part] = []


def register(*parts: Part) -> None:
    """Let the records of a kind go over when enterprises are merged."""
    _parts.extend(parts)


def parts() -> list[Part]:
    """Return every kind of record that goes over."""
    return list(_parts)


def collisions_of(source: Enterprise, target: Enterprise) -> list[tuple[Part, Collision]]:
    """Return what of both sides cannot stand beside each other."""
    return [(part, found) for part in _parts for found in part.collisions(source, target)]


def void(record: Any, by: User, reason: str) -> None:
    """Take a record of the side that gives way out of every date; the history keeps it."""
    record.voided_at, record.voided_by, record.voided_reason = timezone.now(), by, reason
    record.save()


def same_key(
    name: str,
    label: str,
    sides: tuple[Iterable[Any], Iterable[Any]],
    key_of: Callable[[Any], Hashable],
    tell: Tell,
) -> list[Collision]:
    """Return the collisions of records with one key on both sides."""
    source, target = (_by_key(side, key_of) for side in sides)
    return [
        _collision(name, label, source[key], target[key], tell) for key in source if key in target
    ]


def overlapping(
    name: str,
    label: str,
    sides: tuple[Iterable[Any], Iterable[Any]],
    key_of: Callable[[Any], Hashable],
    tell: Tell,
) -> list[Collision]:
    """Return the collisions of dated records of one key whose days overlap.

    Records that hang together by their overlaps are one choice: within a side none overlap.
    """
    source, target = (_by_key(side, key_of) for side in sides)
    return [
        _collision(name, label, *group, tell)
        for key in source
        for group in _entangled(source[key], target.get(key, []))
    ]


def _by_key(side: Iterable[Any], key_of: Callable[[Any], Hashable]) -> dict[Hashable, list[Any]]:
    found = defaultdict(list)
    for record in side:
        found[key_of(record)].append(record)
    return dict(found)


def _collision(
    name: str, label: str, source: list[Any], target: list[Any], tell: Tell
) -> Collision:
    keys = "-".join(str(record.pk) for record in (*source, *target))
    return Collision(f"{name}-{keys}", label, tuple(source), tuple(target), tell, void)


def _entangled(source: list[Any], target: list[Any]) -> Iterable[tuple[list[Any], list[Any]]]:
    """Cut both sides into groups that overlap across the sides; what overlaps nothing is left."""
    spans = [(*_days(record), 0, record) for record in source]
    spans += [(*_days(record), 1, record) for record in target]
    group: tuple[list[Any], list[Any]] = ([], [])
    reached = dt.date.min
    for first, last, side, record in sorted(spans, key=lambda span: span[:3]):
        if first > reached:
            if all(group):
                yield group
            group = ([], [])
        group[side].append(record)
        reached = max(reached, last)
    if all(group):
        yield group


def _days(record: Any) -> tuple[dt.date, dt.date]:
    return record.valid_from, record.valid_to or dt.date.max
