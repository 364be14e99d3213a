"""What sheets of the data workbook share: recorded facts, and the areas that cells name."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import AreaLevel
from accounts.models import AdministrativeArea
from accounts.naming import AREA_KINDS, AreaNames
from core.spreadsheets import Catalogue, Found, Sheet
from core.spreadsheets.rows import Row
from core.spreadsheets.sheets import Key

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


def find_areas(level: AreaLevel, keys: Collection[Key]) -> Mapping[Key, Found]:
    """Find areas by name; where several of one name follow each other, that of today."""
    names = AreaNames(level)
    today = timezone.localdate()
    found = {}
    for key in keys:
        text = str(key[0])
        areas = names.find(text) or names.find(without_kind(text))
        if len(areas) > 1:
            standing = [area for area in areas if not area.valid_to or area.valid_to >= today]
            areas = standing or areas
        if len(areas) == 1:
            found[key] = Found(areas[0].pk, areas[0].name)
        elif areas:
            found[key] = Found(several=tuple(sorted(area.name for area in areas)))
    return found


def without_kind(text: str) -> str:
    """Return the name of an area without the word before it: lists may call it otherwise."""
    for kind in AREA_KINDS:
        if text.startswith(f"{kind} "):
            return text.removeprefix(f"{kind} ")
    return text


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
