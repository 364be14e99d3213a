"""Tax codes (mã số thuế) as the register keeps them: one spelling, checked.

Ten digits with a check digit; ten and three (``0314409058-002``) for a dependent unit; since
1/7/2025 the twelve digits of a personal number for a household business.
"""

from django.utils.translation import gettext as _
from stdnum import exceptions
from stdnum.util import clean
from stdnum.vn import mst

from core.errors import DomainError
from enterprises.choices import EnterpriseKind
from enterprises.models.enterprises import is_personal_number

# The first three digits of a personal number name the province of birth.
FIRST_PROVINCE, LAST_PROVINCE = 1, 96


class TaxCodeError(DomainError):
    """The text is no tax code; the message says what to do, and never repeats the text."""


def normalise_tax_code(text: str) -> str:
    """Return a tax code in its one spelling; raises ``TaxCodeError`` when it is none."""
    digits = clean(text, " -.\t\xa0").strip()
    if not digits.isascii() or not digits.isdigit():
        raise TaxCodeError(_("A tax code holds digits only; take other characters away."))
    if len(digits) == 12:
        return _personal_number(digits)
    try:
        return str(mst.format(mst.validate(digits)))
    except exceptions.InvalidLength:
        told = _(
            "A tax code has 10 digits, 13 for a dependent unit, or 12 for a household business; "
            "here are %(count)d. Write it as on the registration certificate."
        )
        raise TaxCodeError(told % {"count": len(digits)}) from None
    except exceptions.InvalidChecksum:
        told = _(
            "The check digit does not fit: at least one digit is mistyped. Compare it with the "
            "registration certificate."
        )
        raise TaxCodeError(told) from None
    except exceptions.ValidationError:
        told = _("No tax code is numbered so. Compare it with the registration certificate.")
        raise TaxCodeError(told) from None


def require_fitting_kind(tax_code: str, kind: str) -> None:
    """Raise ``TaxCodeError`` when a personal number is given to anything but a household."""
    if is_personal_number(tax_code) and kind != EnterpriseKind.HOUSEHOLD:
        raise TaxCodeError(_("Only a household business has a tax code of 12 digits; correct one."))


def _personal_number(digits: str) -> str:
    if not FIRST_PROVINCE <= int(digits[:3]) <= LAST_PROVINCE or not int(digits[6:]):
        told = _(
            "This is no personal number: its first three digits name no province. Compare it with "
            "the registration certificate."
        )
        raise TaxCodeError(told)
    return digits
