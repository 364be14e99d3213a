"""One spelling of a tax code, checked; and what becomes of the codes of an enterprise."""

import pytest

from enterprises.choices import EnterpriseKind
from enterprises.models.enterprises import mask_tax_code
from enterprises.tax_codes import TaxCodeError, normalise_tax_code, require_fitting_kind


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0100233488", "0100233488"),
        ("0314409058-002", "0314409058-002"),
        ("0312687878-001", "0312687878-001"),
        ("0314409058002", "0314409058-002"),
        (" 0312 68 78 78 - 001 ", "0312687878-001"),
        ("0312687878–001", "0312687878-001"),
        ("01.00.23.34.88", "0100233488"),
        ("０１００２３３４８８", "0100233488"),
        ("010086000125", "010086000125"),
        ("010 086 000 125", "010086000125"),
    ],
)
def test_a_code_has_one_spelling(typed: str, kept: str) -> None:
    assert normalise_tax_code(typed) == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("0100233480", "Số kiểm tra"),
        ("0314409059-002", "Số kiểm tra"),
        ("0100000000", "không có thật"),
        ("0100233488-000", "không có thật"),
        ("010023348", "có 9 chữ số"),
        ("01002334881", "có 11 chữ số"),
        ("", "chỉ gồm chữ số"),
        ("01002334A8", "chỉ gồm chữ số"),
        ("=0100233488", "chỉ gồm chữ số"),
        ("097086000125", "số định danh cá nhân"),
        ("000086000125", "số định danh cá nhân"),
        ("010086000000", "số định danh cá nhân"),
    ],
)
def test_what_is_no_code_is_refused_in_one_sentence(typed: str, told: str) -> None:
    with pytest.raises(TaxCodeError, match=told) as refused:
        normalise_tax_code(typed)
    assert not typed or typed not in refused.value.message


def test_a_personal_number_belongs_to_a_household_business_only() -> None:
    require_fitting_kind("010086000125", EnterpriseKind.HOUSEHOLD)
    require_fitting_kind("0100233488", EnterpriseKind.HOUSEHOLD)
    with pytest.raises(TaxCodeError):
        require_fitting_kind("010086000125", EnterpriseKind.COOPERATIVE)


def test_of_a_personal_number_three_digits_are_shown() -> None:
    assert mask_tax_code("010086000125") == "•••••••••125"
    assert mask_tax_code("0314409058-002") == "0314409058-002"
