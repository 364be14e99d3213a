"""The areas that cells of the data workbook name."""

import datetime as dt

import pytest

from accounts.choices import AreaLevel
from accounts.models import AdministrativeArea
from accounts.sheets import communes, former_districts
from core.spreadsheets import Found

OLD_END = dt.date(2025, 6, 30)


def area(name: str, level: AreaLevel, first: int = 1991, last: dt.date | None = None) -> int:
    """An area."""
    return AdministrativeArea.objects.create(
        code=f"{name}-{first}",
        name=name,
        level=level,
        valid_from=dt.date(first, 7, 1),
        valid_to=last,
    ).pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["sa pa", "thị xã sa pa", "thi xa sapa", "huyện sa pa", "tx sa pa"]
)
def test_a_district_is_found_whatever_it_is_called(text: str) -> None:
    pk = area("thị xã Sa Pa", AreaLevel.DISTRICT, last=OLD_END)
    found = former_districts({(text,)})
    expected = {} if text == "thi xa sapa" else {(text,): Found(pk, "thị xã Sa Pa")}
    assert found == expected


@pytest.mark.django_db
def test_of_areas_with_one_name_the_one_of_today_is_meant() -> None:
    area("xã Bảo Hà", AreaLevel.COMMUNE, last=OLD_END)
    today = area("xã Bảo Hà", AreaLevel.COMMUNE, 2025)
    assert communes({("bảo hà",)})[("bảo hà",)].pk == today


@pytest.mark.django_db
def test_several_of_today_are_named_and_none_is_chosen() -> None:
    for name in ("phường Cam Đường", "xã Cam Đường"):
        area(name, AreaLevel.COMMUNE)
    found = communes({("cam đường",), ("xã cam đường",), ("cam duong",)})
    assert found[("cam đường",)].several == ("phường Cam Đường", "xã Cam Đường")
    assert found[("xã cam đường",)].label == "xã Cam Đường"
    assert found[("cam duong",)].several
