"""The invented province: the same for the same seed, with valid tax codes."""

import io

import pytest
from django.core.management import CommandError, call_command
from stdnum.vn import mst

from accounts.services import demo_accounts_create
from core.registers.demo import Wish
from enterprises.choices import EnterpriseKind
from enterprises.demo import tax_codes
from enterprises.models import (
    Certificate,
    Dossier,
    Enterprise,
    KeyListEntry,
    Nomination,
    Product,
)
from enterprises.services.demo import demo_province_create
from enterprises.services.demo_rounds import demo_rounds_create
from notifications.models import Notice
from programs.models import Plan
from tests.factories import BY

pytestmark = pytest.mark.django_db


def told() -> list[tuple[object, ...]]:
    """What was made, as values that do not depend on keys."""
    return [
        *Enterprise.objects.order_by("tax_code").values_list("tax_code", "name", "started_on"),
        *Certificate.objects.order_by("number").values_list("number", "scheme", "issued_on"),
        *Product.objects.order_by("name").values_list("name", "obligated"),
    ]


def test_the_same_seed_gives_the_same_province_and_twice_changes_nothing() -> None:
    assert demo_province_create(Wish(40, 7), BY) == 40
    first = told()
    assert demo_province_create(Wish(40, 7), BY) == 0
    assert told() == first


def test_tax_codes_are_valid_and_households_have_personal_numbers() -> None:
    demo_province_create(Wish(200, 1), BY)
    codes = tax_codes()
    assert all(mst.is_valid(next(codes)) for _n in range(50))
    for kind, code in Enterprise.objects.values_list("kind", "tax_code"):
        assert len(code) == (12 if kind == EnterpriseKind.HOUSEHOLD else 10)
    assert KeyListEntry.objects.counting().count() > 20
    # What search finds by product is kept in step by the database, in bulk too.
    product = Product.objects.select_related("enterprise").first()
    assert product is not None
    assert product.enterprise in Enterprise.objects.matching(product.name)


@pytest.mark.parametrize("number", ["-1", "200001"])
def test_an_impossible_number_is_refused_in_one_sentence(number: str) -> None:
    with pytest.raises(CommandError, match="từ 0 đến 200000"):
        call_command("seed_demo", f"--enterprises={number}", stdout=io.StringIO())


def test_rounds_come_with_the_accounts_and_the_plan_and_only_once(plan: Plan) -> None:
    assert demo_rounds_create(Wish(60, 191), BY) == 0
    demo_accounts_create(by=BY)
    demo_province_create(Wish(60, 191), BY)
    assert demo_rounds_create(Wish(60, 191), BY) == 2
    assert demo_rounds_create(Wish(60, 191), BY) == 0
    assert Dossier.objects.selected().count() == 3
    assert Nomination.objects.count() == 8
    assert Notice.objects.count() == 0
