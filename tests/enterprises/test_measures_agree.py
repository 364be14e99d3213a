"""The figures of random registers equal those of an evaluator in plain Python, at any day."""

import datetime as dt
import random
from collections.abc import Iterable
from fractions import Fraction

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from enterprises.models import (
    Certificate,
    Enterprise,
    ModelRecognition,
    Product,
    Standard,
    StandardDeclaration,
)
from programs.figures import Figure, Value, figures_of_plan
from programs.measures import Formula
from programs.models import Plan
from tests.enterprises import factories
from tests.enterprises.evaluator import P1, Facts, Result, expected
from tests.enterprises.random_register import a_day, register


def told(value: Value | None) -> Result:
    """A value of the portal as the evaluator writes one."""
    assert value is not None
    shown = None if value.value is None else Fraction(value.value)
    return shown, value.numerator, value.denominator


def close(found: Result, wanted: Result) -> bool:
    """Whether two results are the same, but for what lies beyond six decimals."""
    if (found[0] is None) != (wanted[0] is None) or found[1:] != wanted[1:]:
        return False
    return found[0] is None or abs(found[0] - wanted[0]) <= Fraction(1, 1_000_000)


def agree(figures: dict[str, Figure], facts: Facts, day: dt.date) -> Iterable[str]:
    """Yield what differs."""
    for code, results in expected(facts, day).items():
        figure = figures[code]
        found = [told(figure.official), *([told(figure.second)] if figure.second else [])]
        if len(found) != len(results) or not all(map(close, found, results)):
            yield f"{code} at {day}: {found} instead of {results}"
        yield from _evidence(figure)


def _evidence(figure: Figure) -> Iterable[str]:
    """Yield where the lists behind a figure do not add up to it."""
    computation = figure.computation
    if computation is None:
        return
    key = figure.official.reading
    counted = computation.numerator(key)
    among = computation.denominator(key)
    numerator, denominator = figure.official.numerator, figure.official.denominator
    lists = [counted.count()]
    numbers = [numerator]
    if among is not None:
        lists.append(among.count())
        numbers.append(denominator)
    if computation.formula == Formula.GROWTH:
        numbers[0] = (numerator or 0) + (denominator or 0)
    if (lacking := computation.lacking(key)) is not None:
        lists.append(lacking.count())
        numbers.append((denominator or 0) - (numerator or 0))
    if lists != numbers or len(counted.distinct()) != lists[0]:
        yield f"{figure.subject.code} at {figure.at}: lists {lists} behind {numbers}"


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(seed=st.integers(0, 2**32))
def examples(plan: Plan, seed: int) -> None:
    """One random register at four random days."""
    rng = random.Random(seed)
    differing: list[str] = []
    with transaction.atomic():
        facts = register(rng, plan)
        for day in [a_day(rng) for _n in range(3)] + [P1[1]]:
            differing += agree(figures_of_plan(plan, day), facts, day)
        transaction.set_rollback(True)
    assert not differing, "\n".join(differing)


@pytest.mark.django_db
def test_every_figure_of_a_random_register_is_that_of_the_evaluator(plan: Plan) -> None:
    examples(plan)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_what_is_dated_after_a_day_changes_nothing_on_it(plan: Plan, seed: int) -> None:
    register(random.Random(seed), plan)
    day = dt.date(2024, 6, 1)
    before = {code: told(figure.official) for code, figure in figures_of_plan(plan, day).items()}
    later = day + dt.timedelta(days=1)
    standard = Standard.objects.create(number="TCVN 99999", kind="tcvn")
    for of in Enterprise.objects.all():
        for scheme in ("iso_9001", "haccp"):
            Certificate.objects.create(enterprise=of, scheme=scheme, number="Sau", issued_on=later)
        ModelRecognition.objects.get_or_create(
            enterprise=of, kind="comprehensive", recognised_on=later
        )
    for product in Product.objects.all():
        StandardDeclaration.objects.create(
            product=product, standard=standard, kind="tcvn", declared_on=later
        )
    after = {code: told(figure.official) for code, figure in figures_of_plan(plan, day).items()}
    assert after == before


@pytest.mark.django_db
def test_a_correction_changes_the_figure_and_is_marked(plan: Plan) -> None:
    day = dt.date(2024, 6, 1)
    product = factories.product()
    factories.key_entry(product)
    declared = factories.declaration(product, day)
    StandardDeclaration.objects.filter(pk=declared.pk).update(
        recorded_at=dt.datetime(2024, 5, 31, tzinfo=dt.UTC)
    )
    before = figures_of_plan(plan, day)["K02"]
    StandardDeclaration.objects.filter(pk=declared.pk).update(
        declared_on=day + dt.timedelta(days=1), corrected_at=timezone.now()
    )
    after = figures_of_plan(plan, day)["K02"]
    assert before.computation
    assert after.computation
    assert (before.value, after.value) == (100, 0)
    assert after.computation.corrected_after(day) == 1
    assert after.computation.corrected_after(timezone.localdate()) == 0


@pytest.mark.django_db
def test_the_number_of_statements_is_the_same_whatever_the_number_of_records(plan: Plan) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            figures_of_plan(plan, dt.date(2026, 11, 1))
        return len(queries)

    rng = random.Random(1)
    register(rng, plan)
    few = statements()
    for _n in range(10):
        register(rng, plan)
    assert statements() == few
    assert few <= 60


def test_the_evaluator_is_not_the_portal() -> None:
    facts = Facts(
        enterprises=[1],
        products=[(1, 1, True), (2, 1, True)],
        key_products=[(1, P1[0], None), (2, P1[0], None)],
        declarations=[(1, "tcvn", P1[0], None), (2, "tccs", P1[0], None)],
    )
    found = expected(facts, dt.date(2024, 1, 1))
    assert found["K02"] == [(Fraction(50), 1, 2)]
    assert found["K14"] == [(Fraction(100), 2, 2)]
