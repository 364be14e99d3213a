"""Productivity of an enterprise from the figures of its years (``domain.md`` §7 in words below).

Value added = pre-tax profit + labour cost + depreciation + interest + taxes on production, in VND
at constant prices. Labour productivity = value added / average labour; capital productivity =
value added / fixed assets. Growth of TFP over the whole span: GA = GY - bK x GK - bL x GL, where Y
is value added, K fixed assets, L average labour. Growths are fractions of the base: 7/20 is 35%.
"""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import QuerySet

from enterprises.models import ProductivityCoefficients, ProductivityYear
from enterprises.models.productivity import VALUE_ADDED


class YearFigures(NamedTuple):
    """The figures of a year alone, for those who read the years of many enterprises."""

    year: int
    is_base: bool
    fixed_assets: int
    labour: Decimal
    value_added: int


Year = ProductivityYear | YearFigures


class Shares(NamedTuple):
    """The shares of capital and labour in the growth of TFP; they add up to 1."""

    bk: Fraction
    bl: Fraction


# Unless the Department sets others.
DEFAULT_SHARES = Shares(Fraction(3, 10), Fraction(7, 10))


def shares_on(day: dt.date) -> Shares:
    """Return the shares in force on a day."""
    held = ProductivityCoefficients.objects.in_force_on(day)
    if held is None:
        return DEFAULT_SHARES
    return Shares(Fraction(held.capital_share), Fraction(held.labour_share))


def figures_by_enterprise(years: QuerySet[ProductivityYear]) -> dict[int, list[YearFigures]]:
    """Return the figures of years by enterprise, the earliest year first."""
    found: dict[int, list[YearFigures]] = {}
    fields = ("enterprise", "year", "is_base", "fixed_assets", "labour", *VALUE_ADDED)
    rows: Any = years.order_by("year").values_list(*fields)
    for enterprise, year, is_base, fixed_assets, labour, *parts in rows:
        figures = YearFigures(year, is_base, fixed_assets, labour, sum(parts))
        found.setdefault(enterprise, []).append(figures)
    return found


def value_added(year: Year) -> int:
    """Return the value added of a year in VND."""
    return year.value_added


def labour_productivity(year: Year) -> Fraction:
    """Return the value added per person in VND."""
    return Fraction(value_added(year), Fraction(year.labour))


def capital_productivity(year: Year) -> Fraction:
    """Return the value added per đồng of fixed assets."""
    return Fraction(value_added(year), year.fixed_assets)


def growth(base: Fraction | int, later: Fraction | int) -> Fraction | None:
    """Return the plain growth over the span; from nothing or a loss there is none."""
    return Fraction(later - base, base) if base > 0 else None


def labour_productivity_growth(base: Year, later: Year) -> Fraction | None:
    """Return how much labour productivity grew."""
    return growth(labour_productivity(base), labour_productivity(later))


def capital_productivity_growth(base: Year, later: Year) -> Fraction | None:
    """Return how much capital productivity grew."""
    return growth(capital_productivity(base), capital_productivity(later))


def tfp_growth(
    base: Year,
    later: Year,
    bk: Fraction = DEFAULT_SHARES.bk,
    bl: Fraction = DEFAULT_SHARES.bl,
) -> Fraction | None:
    """Return the growth of total factor productivity (TFP)."""
    output = growth(value_added(base), value_added(later))
    if output is None:
        return None
    capital = Fraction(later.fixed_assets - base.fixed_assets, base.fixed_assets)
    labour = Fraction(later.labour - base.labour) / Fraction(base.labour)
    return output - bk * capital - bl * labour


class Growths(NamedTuple):
    """How much each factor grew from the base year to a later one; None where none follows."""

    labour: Fraction | None
    capital: Fraction | None
    tfp: Fraction | None


def growths(base: Year, later: Year, shares: Shares) -> Growths:
    """Return the growth of all three factors."""
    return Growths(
        labour_productivity_growth(base, later),
        capital_productivity_growth(base, later),
        tfp_growth(base, later, shares.bk, shares.bl),
    )
