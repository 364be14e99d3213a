"""What sheets of the data workbook share: recorded facts, and the areas that cells name."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import AreaLevel
from accounts.models import AdministrativeArea
from core.spreadsheets import Catalogue, Found, Sheet
from core.spreadsheets.cells import key_text, match_text
from core.spreadsheets.rows import Row
from core.spreadsheets.sheets import Key

# Words that stand before the name of an area and that people leave out: “Sa Pa”.
AREA_WORDS = ("thị trấn", "thị xã", "thành phố", "tỉnh", "huyện", "phường", "xã")
COMMUNES, FORMER_DISTRICTS = "XaPhuong", "HuyenCu"


class FactSheet(Sheet):
    """A sheet whose rows are recorded facts: voided ones are not there, imports say who and when.

    What is imported counts at once.
    """

    def records(self) -> models.QuerySet[Any]:
        """Those that stand."""
        return super().records().filter(voided_at__isnull=True)

    def born(self, row: Row, by_id: int | None, now: dt.datetime) -> dict[str, Any]:
        """Who recorded it, and when."""
        return {"recorded_by_id": by_id, "recorded_at": now}

    def corrected(self, now: dt.datetime) -> dict[str, Any]:
        """When it was corrected, so that figures can mark it."""
        return {"corrected_at": now}


def bare_area_name(name: str) -> str:
    """Return the name of an area without the word before it."""
    lower = key_text(name)
    for word in AREA_WORDS:
        if lower.startswith(f"{word} "):
            return lower.removeprefix(f"{word} ")
    return lower


def find_areas(level: AreaLevel, keys: Collection[Key]) -> Mapping[Key, Found]:
    """Find areas by name; where several fit, that with the same accents, then that of today."""
    today = timezone.localdate()
    areas = list(AdministrativeArea.objects.of_level(level))
    by_name: dict[str, list[AdministrativeArea]] = defaultdict(list)
    for area in areas:
        for name in {match_text(area.name), match_text(bare_area_name(area.name))}:
            by_name[name].append(area)
    found = {}
    for key in keys:
        text = str(key[0])
        fitting = by_name.get(match_text(text)) or by_name.get(match_text(bare_area_name(text)), [])
        for better in (
            lambda area, text=text: key_text(area.name) == text,
            lambda area, text=text: bare_area_name(area.name) == bare_area_name(text),
            lambda area: area.valid_to is None or area.valid_to >= today,
        ):
            if len(fitting) > 1:
                fitting = list(filter(better, fitting)) or fitting
        if len(fitting) == 1:
            found[key] = Found(fitting[0].pk, fitting[0].name)
        elif fitting:
            found[key] = Found(several=tuple(sorted(area.name for area in fitting)))
    return found


def communes(keys: Collection[Key]) -> Mapping[Key, Found]:
    """Find communes and wards."""
    return find_areas(AreaLevel.COMMUNE, keys)


def former_districts(keys: Collection[Key]) -> Mapping[Key, Found]:
    """Find the districts that were until 30/6/2025."""
    return find_areas(AreaLevel.DISTRICT, keys)


def commune_names() -> Iterable[str]:
    """The communes and wards of today."""
    today = AdministrativeArea.objects.of_level(AreaLevel.COMMUNE).valid_at(timezone.localdate())
    return today.order_by("name").values_list("name", flat=True)


def district_names() -> Iterable[str]:
    """The districts that were until 30/6/2025."""
    districts = AdministrativeArea.objects.of_level(AreaLevel.DISTRICT)
    return districts.order_by("name").values_list("name", flat=True)


CATALOGUES = (
    Catalogue(
        COMMUNES,
        communes,
        _("There is no commune or ward of this name in the portal."),
        options=commune_names,
    ),
    Catalogue(
        FORMER_DISTRICTS,
        former_districts,
        _("There is no district of this name in the portal."),
        options=district_names,
    ),
)
