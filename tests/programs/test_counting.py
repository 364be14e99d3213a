"""Figures about the same records are counted together, and each as if it were alone."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from enterprises.models import Enterprise, Product
from programs.counting import counts_of
from programs.measures import Computation, Formula, Reading
from tests.enterprises import factories

pytestmark = pytest.mark.django_db


def asked(*readings: tuple[Q, Q]) -> Computation:
    """A computation about all enterprises."""
    made = (Reading(counts, among, str(key)) for key, (counts, among) in enumerate(readings))
    return Computation(Enterprise.objects.all(), tuple(made), Formula.SHARE)


def with_product(**named: str) -> Q:
    """The condition that an enterprise has a product."""
    return Q(pk__in=Product.objects.filter(**named).order_by().values("enterprise"))


@pytest.fixture
def enterprises() -> None:
    """One with tea, one with tea and rice, one with rice in services, one with nothing."""
    for names, sector in ((["Chè"], ""), (["Chè", "Gạo"], ""), (["Gạo"], "services"), ([], "")):
        made = factories.enterprise(sector=sector)
        for name in names:
            factories.product(made, name=name)


@pytest.mark.usefixtures("enterprises")
def test_every_combination_of_conditions_is_counted_in_one_statement() -> None:
    tea, rice, services = with_product(name="Chè"), with_product(name="Gạo"), Q(sector="services")
    computations = [
        asked((tea, Q()), (tea & rice, rice)),
        asked((tea | rice, Q()), (~(tea & rice), ~services)),
        asked(((tea | services) & rice, tea ^ rice), (tea & ~rice, Q(pk__in=[]))),
    ]
    with CaptureQueriesContext(connection) as statements:
        found = counts_of(computations)
    assert found == [
        {"0": (2, 4), "1": (1, 2)},
        {"0": (3, 4), "1": (3, 3)},
        {"0": (2, 2), "1": (1, 0)},
    ]
    assert len(statements) == 1
    alone = [counts_of([computation])[0] for computation in computations]
    assert alone == found


@pytest.mark.usefixtures("enterprises")
def test_the_same_condition_is_asked_once() -> None:
    again = [asked((with_product(name="Chè"), with_product(name="Gạo"))) for _place in range(3)]
    with CaptureQueriesContext(connection) as statements:
        found = counts_of(again)
    assert found == [{"0": (2, 2)}] * 3
    assert statements[0]["sql"].count("Chè") == 1


@pytest.mark.usefixtures("enterprises")
def test_other_records_are_counted_by_themselves() -> None:
    tea = Computation(Product.objects.filter(name="Chè"), (Reading(Q()),), Formula.COUNT)
    nothing = Computation(Product.objects.none(), (Reading(Q(name="Chè")),), Formula.COUNT)
    with_tea = asked((with_product(name="Chè"), Q()))
    assert counts_of([tea, with_tea, nothing]) == [{"": (2, 2)}, {"0": (2, 4)}, {"": (0, 0)}]
