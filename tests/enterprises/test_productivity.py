"""Productivity and its growth against values worked out by hand; the coefficients behind TFP."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.choices import Role
from accounts.models import User
from core.errors import NotAllowedError
from enterprises import productivity, services
from enterprises.charts import line_chart
from enterprises.models import ProductivityCoefficients, ProductivityYear
from enterprises.productivity import DEFAULT_SHARES, Shares
from tests.enterprises import factories
from tests.factories import user

pytestmark = pytest.mark.django_db

D = dt.date(2025, 12, 14)
DAY = dt.timedelta(days=1)


def year(value_added: int, labour: str, assets: int, when: int = 2022) -> ProductivityYear:
    """A year with this value added, spread over its parts."""
    return ProductivityYear(
        year=when,
        pretax_profit=value_added - 40,
        labour_cost=10,
        depreciation=10,
        interest=10,
        production_taxes=10,
        fixed_assets=assets,
        labour=Decimal(labour),
    )


def test_value_added_is_the_sum_of_its_five_parts() -> None:
    made = ProductivityYear(
        pretax_profit=-7, labour_cost=100, depreciation=20, interest=3, production_taxes=5
    )
    assert productivity.value_added(made) == 121


def test_growth_by_hand() -> None:
    # Value added 1000 → 1500 (+50%), labour 10 → 12 (+20%), assets 500 → 550 (+10%).
    base, later = year(1000, "10", 500), year(1500, "12", 550, 2025)
    assert productivity.labour_productivity(base) == 100
    assert productivity.capital_productivity(base) == 2
    found = productivity.growths(base, later, DEFAULT_SHARES)
    assert found.labour == Fraction(25, 100)
    assert found.capital == Fraction(1500 * 500, 550 * 1000) - 1
    # 50% - 0,3 x 10% - 0,7 x 20% = 33%.
    assert found.tfp == Fraction(33, 100)
    assert productivity.tfp_growth(base, later, Fraction(1, 2), Fraction(1, 2)) == Fraction(35, 100)


def test_a_growth_of_exactly_35_percent_is_35_percent() -> None:
    base, later = year(1000, "10.00", 1000), year(1350, "10.00", 1000)
    assert productivity.growths(base, later, DEFAULT_SHARES) == (Fraction(35, 100),) * 3


@pytest.mark.parametrize("base_value", [0, -100])
def test_from_nothing_or_a_loss_no_growth_is_told(base_value: int) -> None:
    base, later = year(base_value, "10", 500), year(1500, "12", 550)
    assert productivity.growths(base, later, DEFAULT_SHARES) == (None, None, None)


def test_nothing_divides_by_zero(officer: User) -> None:
    for labour, assets in (("0", 5), ("5", 0)):
        made = year(1000, labour, assets)
        made.enterprise = factories.enterprise()
        refused = pytest.raises(IntegrityError, match="productivity_denominators")
        with refused, transaction.atomic():
            made.save()


def coefficients(by: User, since: dt.date = D, capital: str = "0.4") -> ProductivityCoefficients:
    """Coefficients that wait."""
    values = {
        "valid_from": since,
        "capital_share": Decimal(capital),
        "labour_share": 1 - Decimal(capital),
        "basis": "12/QĐ-SKHCN",
    }
    return services.coefficients_add(values=values, by=by)


def approve(made: ProductivityCoefficients, by: User) -> None:
    """Put coefficients in force."""
    services.coefficients_approve(coefficients=made, version=made.version, by=by)


def test_coefficients_hold_from_their_day_when_another_person_has_approved_them(
    officer: User,
) -> None:
    made, lead = coefficients(officer), user(role=Role.PROGRAMME_LEAD)
    assert productivity.shares_on(D) == DEFAULT_SHARES
    approve(made, lead)
    assert productivity.shares_on(D) == Shares(Fraction(4, 10), Fraction(6, 10))
    assert productivity.shares_on(D - DAY) == DEFAULT_SHARES


def test_others_from_the_same_day_replace_those_in_force(officer: User) -> None:
    lead = user(role=Role.PROGRAMME_LEAD)
    first, second = coefficients(officer), coefficients(officer, capital="0.25")
    for made in (first, second):
        approve(made, lead)
    assert productivity.shares_on(D).bk == Fraction(1, 4)
    assert ProductivityCoefficients.objects.get(pk=first.pk).is_voided


def test_nobody_approves_their_own_coefficients_or_voids_what_is_in_force(officer: User) -> None:
    lead = user(role=Role.PROGRAMME_LEAD)
    own, made = coefficients(lead), coefficients(officer, D + DAY)
    for one, person in ((own, lead), (made, officer)):
        with pytest.raises(NotAllowedError):
            approve(one, person)
    approve(made, lead)
    with pytest.raises(NotAllowedError):
        services.coefficients_approve(
            coefficients=made, version=None, by=user(role=Role.PROGRAMME_LEAD)
        )
    with pytest.raises(NotAllowedError):
        services.coefficients_void(coefficients=made, reason="x", version=None, by=lead)
    services.coefficients_void(coefficients=own, reason="Nhầm.", version=None, by=officer)
    assert ProductivityCoefficients.objects.get(pk=own.pk).is_voided
    with pytest.raises(IntegrityError, match="coefficients_second_person"), transaction.atomic():
        ProductivityCoefficients.objects.filter(pk=own.pk).update(approved_by=lead)


@pytest.mark.parametrize(("capital", "labour"), [("0.3", "0.6"), ("-0.1", "1.1"), ("1.2", "-0.2")])
def test_shares_that_do_not_add_up_are_refused(capital: str, labour: str, officer: User) -> None:
    values = {
        "valid_from": D,
        "capital_share": Decimal(capital),
        "labour_share": Decimal(labour),
        "basis": "x",
    }
    with pytest.raises(ValidationError, match="bằng 1"):
        services.coefficients_add(values=values, by=officer)
    with pytest.raises(IntegrityError, match="coefficients_are_shares"), transaction.atomic():
        ProductivityCoefficients.objects.create(**values)


def test_a_chart_holds_every_point_within_its_grid() -> None:
    series = {
        "labour": [Fraction(0), Fraction(1, 2), None],
        "tfp": [Fraction(0), Fraction(-1, 4), Fraction(3)],
    }
    chart = line_chart([2021, 2022, 2024], series)
    assert chart is not None
    labels = [mark.label for mark in chart.grid]
    assert labels[0] <= -25
    assert labels[-1] >= 300
    assert 0 in labels
    heights = [point.y for line in chart.lines for point in line.points]
    assert min(mark.at for mark in chart.grid) <= min(heights)
    assert max(mark.at for mark in chart.grid) >= max(heights)
    assert [len(line.points) for line in chart.lines] == [2, 3]


@pytest.mark.parametrize("years", [[], [2021]])
def test_one_year_makes_no_chart(years: list[int]) -> None:
    assert line_chart(years, {"labour": [Fraction(0)] * len(years)}) is None
