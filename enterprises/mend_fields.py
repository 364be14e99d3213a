"""The parts of a nomination that a reviewer may ask to be mended, as its form calls them."""

from django.utils.translation import gettext_lazy as _

MEND_FIELDS = {
    "need": _("Need of the enterprise"),
    "expected_cost": _("Expected cost and shares"),
    "commitment": _("Commitment of the enterprise"),
    "outside_reason": _("Reason of the nomination"),
    "letter": _("Official letter: number, date or scan"),
    "evidence": _("Evidence"),
}


def mend_labels(names: list[str]) -> list[str]:
    """Return what the parts are called."""
    return [str(MEND_FIELDS[name]) for name in names if name in MEND_FIELDS]
