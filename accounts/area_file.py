"""The file of areas and organisations (``load_areas``): its schema, and what in it must agree.

Dates are ``YYYY-MM-DD`` without quotes, both included. Codes are unique among areas and among
organisations. ``day`` is the first day of the successor, so the old one ends the day before.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from accounts.continuity import ONE_DAY, day_text
from core.data_files import read_data_file

Place = tuple[str | int, ...]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Code = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$", max_length=40)
]
KindName = Literal[
    "dost", "branch", "department", "area_committee", "province_committee", "ministry", "other"
]
SectorName = Literal["agriculture", "industry", "services"]


class Part(BaseModel):
    """Any part of the file: exact types, no key that is not described."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class DatedPart(Part):
    """What exists from one day to another."""

    code: Code
    first: dt.date = Field(alias="from")
    last: dt.date | None = Field(alias="to", default=None)


class AreaPart(DatedPart):
    """An area; its parent stands before it in the file."""

    name: Text
    level: Literal["province", "district", "commune"]
    parent: Code | None = None


class OrganisationPart(DatedPart):
    """An organisation; its parent stands before it in the file."""

    name: Text
    kind: KindName
    short_name: Text | None = None
    parent: Code | None = None
    area: Code | None = None
    sectors: list[SectorName] = []
    aliases: list[Text] = []


class CommitteePart(DatedPart):
    """The People's Committee of an area, named after it."""

    area: Code
    short_name: Text
    aliases: list[Text] = []


class SuccessionPart(Part):
    """Which codes continue which from a day."""

    old: Code
    day: dt.date
    new: Annotated[list[Code], Field(min_length=1)]


class SourcePart(Part):
    """Where names and codes of areas come from."""

    name: Text
    version: Text
    data_of: dt.date


class AreaFile(Part):
    """The whole file."""

    format: Literal[1]
    source: SourcePart
    areas: list[AreaPart]
    area_successions: list[SuccessionPart] = []
    organisations: list[OrganisationPart] = []
    successions: list[SuccessionPart] = []
    committees: list[CommitteePart] = []
    committee_successions: list[SuccessionPart] = []

    def all_organisations(self) -> list[OrganisationPart]:
        """Return the organisations, those that are named after their area too."""
        names = {area.code: area.name for area in self.areas}
        committees = [
            OrganisationPart(
                code=part.code,
                name=f"Ủy ban nhân dân {names[part.area]}",
                kind="area_committee",
                short_name=part.short_name,
                area=part.area,
                aliases=part.aliases,
                first=part.first,
                last=part.last,
            )
            for part in self.committees
        ]
        return [*self.organisations, *committees]


def read_area_file(path: Path) -> AreaFile:
    """Return what is in a file; raises ``DataFileError`` naming every fault and its line."""
    return read_data_file(path, AreaFile, disagreements)


def disagreements(file: AreaFile) -> Iterator[tuple[Place, str]]:
    """Yield every place where the file contradicts itself, with a sentence for people."""
    areas: dict[str, DatedPart] = {}
    yield from _dated("areas", file.areas, areas)
    yield from _successions("area_successions", file.area_successions, areas)
    organisations: dict[str, DatedPart] = {}
    yield from _dated("organisations", file.organisations, organisations)
    yield from _dated("committees", file.committees, organisations)
    governed: dict[str, list[str | None]] = {
        "organisations": [*(part.area for part in file.organisations)],
        "committees": [*(part.area for part in file.committees)],
    }
    for name, codes in governed.items():
        for index, code in enumerate(codes):
            if code is not None and code not in areas:
                yield (name, index, "area"), _missing(code)
    yield from _successions("successions", file.successions, organisations)
    yield from _successions("committee_successions", file.committee_successions, organisations)


def _missing(code: str) -> str:
    return _("“%(code)s” is not in the file before this line.") % {"code": code}


def _dated(
    name: str, parts: Sequence[DatedPart], known: dict[str, DatedPart]
) -> Iterator[tuple[Place, str]]:
    for index, part in enumerate(parts):
        if part.code in known:
            told = _("“%(code)s” is here twice; codes are unique.")
            yield (name, index, "code"), told % {"code": part.code}
        if part.last and part.last < part.first:
            yield (
                (name, index, "to"),
                _("The end date is before the start date; correct one of them."),
            )
        parent = getattr(part, "parent", None)
        if parent is not None and parent not in known:
            yield (name, index, "parent"), _missing(parent)
        known[part.code] = part


def _successions(
    name: str, parts: Iterable[SuccessionPart], known: dict[str, DatedPart]
) -> Iterator[tuple[Place, str]]:
    passed: Counter[str] = Counter()
    for index, part in enumerate(parts):
        passed[part.old] += 1
        if part.old not in known or passed[part.old] > 1:
            told = _missing(part.old)
            if part.old in known:
                told = _("“%(code)s” is here twice; name all its successors in one line.")
                told %= {"code": part.old}
            yield (name, index, "old"), told
        elif known[part.old].last != part.day - ONE_DAY:
            told = _("%(code)s must end on %(last)s, the day before its successor begins.")
            last = day_text(part.day - ONE_DAY)
            yield (name, index, "day"), told % {"code": part.old, "last": last}
        for place, code in enumerate(part.new):
            if code not in known:
                yield (name, index, "new", place), _missing(code)
            elif known[code].first > part.day:
                told = _("%(code)s begins only after %(on)s.")
                yield (name, index, "new", place), told % {"code": code, "on": day_text(part.day)}
