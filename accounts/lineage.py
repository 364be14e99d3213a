"""Which area or organisation continues which, read once and followed through the years."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AdministrativeArea, AreaSuccession, Organisation, Succession
from accounts.models.areas import AreaQuerySet

Links = dict[int, list[tuple[dt.date, int]]]


@dataclass(frozen=True)
class Lineage:
    """All successions of one kind; each link holds the first day and the other record's key."""

    after: Links = field(default_factory=dict)
    before: Links = field(default_factory=dict)

    @classmethod
    def of(cls, successions: QuerySet) -> Self:
        """Read the successions, in one query."""
        after: Links = defaultdict(list)
        before: Links = defaultdict(list)
        for old, new, on in successions.values_list("predecessor_id", "successor_id", "on"):
            after[old].append((on, new))
            before[new].append((on, old))
        return cls(dict(after), dict(before))

    def heirs(self, key: int, day: dt.date | None = None) -> list[int]:
        """Return what continues the record on the day, or in the end; itself while nothing does."""
        found, waiting, seen = [], [key], {key}
        while waiting:
            here = waiting.pop(0)
            passed = [new for on, new in self.after.get(here, ()) if day is None or on <= day]
            if not passed:
                found.append(here)
            waiting += [new for new in passed if new not in seen]
            seen.update(passed)
        return found

    def descends(self, later: int, earlier: int) -> bool:
        """Whether ``later`` continues ``earlier``, at once or after others; nothing itself does."""
        waiting, seen = [earlier], {earlier}
        while waiting:
            for _on, new in self.after.get(waiting.pop(), ()):
                if new == later:
                    return True
                if new not in seen:
                    seen.add(new)
                    waiting.append(new)
        return False

    def origin(self, key: int, begins: dt.date, day: dt.date) -> int | None:
        """Return the one record that this one continues and that was there on the day, if one."""
        while day < begins:
            earlier = self.before.get(key, ())
            if len(earlier) != 1:
                return None
            key = earlier[0][1]
            begins = min((on for on, _old in self.before.get(key, ())), default=dt.date.min)
        return key


def organisation_lineage() -> Lineage:
    """Return how organisations continue each other."""
    return Lineage.of(Succession.objects.all())


def area_lineage() -> Lineage:
    """Return how areas continue each other."""
    return Lineage.of(AreaSuccession.objects.all())


def successors_of(organisation: Organisation, day: dt.date | None = None) -> list[Organisation]:
    """Return the organisations that continue it on the day (today), chains followed; or none."""
    heirs = organisation_lineage().heirs(organisation.pk, day or timezone.localdate())
    return list(
        Organisation.objects.filter(pk__in=[key for key in heirs if key != organisation.pk])
    )


def organisation_at(organisation: Organisation, day: dt.date) -> Organisation | None:
    """Return what the organisation is on the day: its one successor, or the one it came from.

    Itself where neither is recorded; ``None`` where several continue it.
    """
    lineage = organisation_lineage()
    if day < organisation.valid_from:
        key = lineage.origin(organisation.pk, organisation.valid_from, day)
        heirs = [key or organisation.pk]
    else:
        heirs = lineage.heirs(organisation.pk, day)
    if len(heirs) != 1:
        return None
    one = heirs[0]
    return organisation if one == organisation.pk else Organisation.objects.get(pk=one)


@dataclass(frozen=True, slots=True)
class _Place:
    parent: int | None
    first: dt.date
    last: dt.date | None

    def holds(self, day: dt.date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class Atlas:
    """All areas with their dates and successions, read once: for lists, imports and reports."""

    def __init__(self) -> None:
        rows = AdministrativeArea.objects.values_list("pk", "parent_id", "valid_from", "valid_to")
        self.places = {key: _Place(parent, first, last) for key, parent, first, last in rows}
        self.lineage = area_lineage()
        self.parts: dict[int, list[int]] = defaultdict(list)
        for key, place in self.places.items():
            if place.parent is not None:
                self.parts[place.parent].append(key)

    def within(self, key: int, day: dt.date) -> set[int]:
        """Return the keys of all areas, of whatever time, that belong to this one on the day.

        A record that names an old area is then found under the new one and the other way round.
        An area that came of two belongs to both.
        """
        there = self._there(key, day)
        inside = {key} | there
        for other, place in self.places.items():
            if place.last is not None and place.last < day:
                heirs = self.lineage.heirs(other, day)
                if heirs != [other] and set(heirs) <= there:
                    inside.add(other)
            elif place.first > day and self._came_of(other, inside):
                inside.add(other)
        return inside

    def _came_of(self, key: int, inside: set[int]) -> bool:
        """Whether an area to come belongs to these; one that has parts only as a whole."""
        old = [old in inside for _on, old in self.lineage.before.get(key, ())]
        return bool(old) and (all(old) if self.parts[key] else any(old))

    def _there(self, key: int, day: dt.date) -> set[int]:
        """Return the areas that hold on the day and are, or continue, this one or its parts."""
        place = self.places[key]
        if place.holds(day):
            below = (part for part in self.parts[key] if self.places[part].holds(day))
            return {key, *self._all_there(below, day)}
        if day < place.first:
            # Only what became part of it as a whole lay within it before.
            whole = [
                old
                for _on, old in self.lineage.before.get(key, ())
                if len(self.lineage.after[old]) == 1
            ]
            return self._all_there(whole, day)
        # Its parts say more exactly than its successor what became of it.
        last_parts = [
            part
            for part in self.parts[key]
            if place.last is not None and self.places[part].holds(place.last)
        ]
        passed = [new for on, new in self.lineage.after.get(key, ()) if on <= day]
        return self._all_there(last_parts or passed, day)

    def _all_there(self, keys: Iterable[int], day: dt.date) -> set[int]:
        found: set[int] = set()
        for key in keys:
            found |= self._there(key, day)
        return found


def areas_within(area: AdministrativeArea, day: dt.date) -> AreaQuerySet:
    """Return the areas, of whatever time, that belong to this one on the day (``Atlas.within``)."""
    return AdministrativeArea.objects.filter(pk__in=Atlas().within(area.pk, day))


def area_now(area: AdministrativeArea, day: dt.date | None = None) -> list[AdministrativeArea]:
    """Return the areas that continue it on the day (today); itself while nothing does."""
    heirs = area_lineage().heirs(area.pk, day or timezone.localdate())
    return list(AdministrativeArea.objects.filter(pk__in=heirs))
