"""Numbers, money and targets as Vietnamese administration writes them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import formats

from core.money import format_million, format_vnd
from core.numbers import format_number, format_percent, format_quantity, format_target


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1234567, None, "1.234.567"),
        (Decimal("1234567.89"), None, "1.234.567,89"),
        (Decimal("12.50"), None, "12,5"),
        (0, None, "0"),
        (-1500, None, "-1.500"),
        (Decimal(100), None, "100"),
        (Decimal("0.005"), 2, "0,01"),
        (71.42857, 1, "71,4"),
    ],
)
def test_numbers(value: Decimal | float, places: int | None, written: str) -> None:
    assert format_number(value, places) == written


def test_money_is_stored_in_dong_and_spoken_of_in_millions() -> None:
    assert format_vnd(1_050_000_000) == "1.050.000.000"
    assert format_million(1_050_000_000) == "1.050"
    assert format_million(22_500_000) == "22,5"


def test_percentages_and_quantities() -> None:
    assert format_percent(Decimal("71.4")) == "71,4%"
    assert format_quantity(100, "doanh nghiệp") == "100 doanh nghiệp"
    assert format_quantity(60, "%") == "60%"


@pytest.mark.parametrize(
    ("comparator", "low", "high", "written"),
    [
        ("at_least", Decimal(60), None, "≥ 60"),
        ("growth", Decimal(30), None, "≥ 30"),
        ("at_most", Decimal(5), None, "≤ 5"),
        ("equal", Decimal(20), None, "20"),
        ("between", Decimal(1), Decimal(2), "1–2"),
        ("none", None, None, "không định lượng"),
    ],
)
def test_targets(comparator: str, low: Decimal | None, high: Decimal | None, written: str) -> None:
    assert format_target(comparator, low, high) == written


def test_django_writes_dates_and_numbers_the_same_way() -> None:
    assert formats.date_format(dt.date(2021, 4, 22)) == "22/04/2021"
    assert (
        formats.number_format(Decimal("1234567.89"), use_l10n=True, force_grouping=True)
        == "1.234.567,89"
    )
