"""Finding organisations and areas by the names that people write in their lists."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from accounts.choices import AreaLevel
from accounts.lineage import organisation_lineage
from accounts.models import AdministrativeArea, Organisation
from core.text import fold, normalise

_MARKS = re.compile(r"[^\w\s]")
# What kinds of area are called, and how lists shorten it.
AREA_KINDS = {
    "tỉnh": ("t",),
    "thành phố": ("tp",),
    "thị xã": ("tx",),
    "huyện": ("h",),
    "phường": ("p",),
    "xã": ("x",),
}


def name_key(text: str) -> str:
    """Return what two spellings of a name share: accents, case, spaces and marks aside."""
    plain = fold(normalise(text)).replace("&", " va ")
    return " ".join(_MARKS.sub(" ", plain).split())


def _exact(text: str) -> str:
    return " ".join(_MARKS.sub(" ", normalise(text).casefold().replace("&", " và ")).split())


KeyT = TypeVar("KeyT")


@dataclass
class _Index(Generic[KeyT]):
    """Records by name: as written with its accents first, then without."""

    exact: dict[str, list[KeyT]] = field(default_factory=lambda: defaultdict(list))
    folded: dict[str, list[KeyT]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record: KeyT, names: Iterable[str]) -> None:
        """Let the record be found by these names."""
        for index, key in ((self.exact, _exact), (self.folded, name_key)):
            for name in {key(name) for name in names if name}:
                index[name].append(record)

    def find(self, text: str) -> list[KeyT]:
        """Return the records of this name; several when it is not clear which is meant."""
        return self.exact.get(_exact(text)) or self.folded.get(name_key(text)) or []


class OrganisationNames:
    """The names of all organisations, read once: code, name, short name, aliases."""

    def __init__(self) -> None:
        self.index: _Index[Organisation] = _Index()
        self.organisations = {one.pk: one for one in Organisation.objects.all()}
        self.lineage = organisation_lineage()
        for one in self.organisations.values():
            names = [one.code, one.name, one.short_name, *one.aliases]
            # "Sở KHCN" is how lists write "Sở KH&CN".
            self.index.add(one, [*names, *(name.replace("&", "") for name in names)])

    def find(self, text: str, day: dt.date | None = None) -> list[Organisation]:
        """Return the organisations of this name; with a day, what continues them on it.

        An old name then finds the successor, so two names of one organisation give the same.
        """
        found = self.index.find(text)
        if day is None:
            return list(found)
        heirs = [key for one in found for key in self.lineage.heirs(one.pk, day)]
        return [self.organisations[key] for key in dict.fromkeys(heirs)]


class AreaNames:
    """The names of all areas, or those of one level, read once."""

    def __init__(self, level: AreaLevel | None = None) -> None:
        self.index: _Index[AdministrativeArea] = _Index()
        areas = AdministrativeArea.objects.all()
        for area in areas.of_level(level) if level else areas:
            self.index.add(area, [area.code, *_spellings(area.name)])

    def find(self, text: str) -> list[AdministrativeArea]:
        """Return the areas of this name, of whatever time; their kind may be left out."""
        return list(self.index.find(text))


def _spellings(name: str) -> Iterator[str]:
    yield name
    for kind, shortened in AREA_KINDS.items():
        if name.casefold().startswith(f"{kind} "):
            bare = name[len(kind) + 1 :]
            yield bare
            yield from (f"{short} {bare}" for short in shortened)


def organisations_named(text: str, day: dt.date | None = None) -> list[Organisation]:
    """Return the organisations of this name (``OrganisationNames.find``); one look-up only."""
    return OrganisationNames().find(text, day)


def areas_named(text: str, level: AreaLevel | None = None) -> list[AdministrativeArea]:
    """Return the areas of this name (``AreaNames.find``); one look-up only."""
    return AreaNames(level).find(text)
