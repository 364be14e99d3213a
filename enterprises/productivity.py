"""Productivity of an enterprise from the figures of its years (``domain.md`` §7 in words below).

Value added = pre-tax profit + labour cost + depreciation + interest + taxes on production, in VND
at constant prices. Labour productivity = value added / average labour; capital productivity =
value added / fixed assets. Growth of TFP over the whole span: GA = GY - bK x GK - bL x GL, where Y
is value added, K fixed assets, L average labour. Growths are fractions of the base: 7/20 is 35%.
"""

import datetime as dt
from fractions import Fraction
from typing import NamedTuple

from enterprises.models import ProductivityCoefficients, ProductivityYear


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


def value_added(year: ProductivityYear) -> int:
    """Return the value added of a year in VND."""
    return year.value_added


def labour_productivity(year: ProductivityYear) -> Fraction:
    """Return the value added per person in VND."""
    return Fraction(value_added(year)) / Fraction(year.labour)


def capital_productivity(year: ProductivityYear) -> Fraction:
    """Return the value added per đồng of fixed assets."""
    return Fraction(value_added(year), year.fixed_assets)


def growth(base: Fraction | int, later: Fraction | int) -> Fraction | None:
    """Return the plain growth over the span; from nothing or a loss there is none."""
    return Fraction(later) / Fraction(base) - 1 if base > 0 else None


def labour_productivity_growth(base: ProductivityYear, later: ProductivityYear) -> Fraction | None:
    """Return how much labour productivity grew."""
    return growth(labour_productivity(base), labour_productivity(later))


def capital_productivity_growth(base: ProductivityYear, later: ProductivityYear) -> Fraction | None:
    """Return how much capital productivity grew."""
    return growth(capital_productivity(base), capital_productivity(later))


def tfp_growth(
    base: ProductivityYear,
    later: ProductivityYear,
    bk: Fraction = DEFAULT_SHARES.bk,
    bl: Fraction = DEFAULT_SHARES.bl,
) -> Fraction | None:
    """Return the growth of total factor productivity (TFP)."""
    output = growth(value_added(base), value_added(later))
    if output is None:
        return None
    capital = Fraction(later.fixed_assets, base.fixed_assets) - 1
    labour = Fraction(later.labour) / Fraction(base.labour) - 1
    return output - bk * capital - bl * labour


class Growths(NamedTuple):
    """How much each factor grew from the base year to a later one; None where none follows."""

    labour: Fraction | None
    capital: Fraction | None
    tfp: Fraction | None


def growths(base: ProductivityYear, later: ProductivityYear, shares: Shares) -> Growths:
    """Return the growth of all three factors."""
    return Growths(
        labour_productivity_growth(base, later),
        capital_productivity_growth(base, later),
        tfp_growth(base, later, shares.bk, shares.bl),
    )
