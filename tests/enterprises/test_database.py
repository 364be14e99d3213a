"""What the database itself refuses in the register, whoever writes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from enterprises.choices import Scheme
from enterprises.models import Enterprise, EnterpriseTaxCode
from tests.enterprises import factories

pytestmark = pytest.mark.django_db

DAY = dt.date(2024, 5, 1)


def refused(constraint: str) -> "pytest.RaisesExc[IntegrityError]":
    """The block is refused by this constraint."""
    return pytest.raises(IntegrityError, match=constraint)


def test_the_current_tax_code_stands_among_all_codes() -> None:
    made = factories.enterprise()
    assert EnterpriseTaxCode.objects.get(tax_code=made.tax_code).enterprise == made


def test_a_former_code_of_one_is_never_the_current_one_of_another() -> None:
    first = factories.enterprise()
    code = factories.tax_code()
    EnterpriseTaxCode.objects.create(enterprise=first, tax_code=code)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.enterprise(tax_code=code)
    assert Enterprise.objects.count() == 1


def test_a_changed_code_stays_as_a_former_one() -> None:
    made = factories.enterprise()
    former, code = made.tax_code, factories.tax_code()
    Enterprise.objects.filter(pk=made.pk).update(tax_code=code)
    assert {one.tax_code for one in made.tax_codes.all()} == {former, code}


def test_a_product_is_on_the_list_once_at_a_time() -> None:
    product = factories.product()
    factories.key_entry(product, DAY, DAY)
    factories.key_entry(product, DAY + dt.timedelta(days=1))
    with refused("key_entry_product_no_overlap"), transaction.atomic():
        factories.key_entry(product, DAY - dt.timedelta(days=9), DAY)


@pytest.mark.parametrize(
    ("scheme", "with_product", "fine"),
    [
        (Scheme.STANDARD, True, True),
        (Scheme.STANDARD, False, False),
        (Scheme.REGULATION, False, False),
        (Scheme.ISO_9001, False, True),
        (Scheme.ISO_9001, True, False),
        (Scheme.ISO_17025, False, True),
        (Scheme.OTHER, True, True),
    ],
)
def test_a_conformity_certificate_names_its_product(
    scheme: Scheme, with_product: bool, fine: bool
) -> None:
    product = factories.product()
    values = {"product": product} if with_product else {}
    if fine:
        factories.certificate(product.enterprise, scheme, **values)
        return
    with refused("certificate_of_product_or_system"), transaction.atomic():
        factories.certificate(product.enterprise, scheme, **values)
