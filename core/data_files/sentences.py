"""What is wrong with a value, in one sentence that says what to do."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic_core import ErrorDetails

_SENTENCES: dict[str, str | Promise] = {
    "missing": _("this field is missing; add it."),
    "extra_forbidden": _("this key is not known; remove it or correct its spelling."),
    "string_type": _("“%(value)s” must be text; put it in quotes."),
    "string_too_short": _("this text is empty; fill it in."),
    "string_pattern_mismatch": _(
        "“%(value)s” is not a code; use letters, digits, dots and dashes without spaces."
    ),
    "int_type": _("“%(value)s” must be a whole number."),
    "bool_type": _("“%(value)s” must be true or false."),
    "date_type": _("“%(value)s” must be a date written like 2021-04-22, without quotes."),
    "is_instance_of": _("“%(value)s” must be a number."),
    "decimal_type": _("“%(value)s” must be a number."),
    "list_type": _("“%(value)s” must be a list."),
    "dict_type": _("“%(value)s” must be a group of fields."),
    "model_type": _("“%(value)s” must be a group of fields."),
    "literal_error": _("“%(value)s” is not one of the values allowed here: %(expected)s."),
    "greater_than": _("%(value)s is too small; it must be above zero."),
    "greater_than_equal": _("%(value)s is too small; the least is %(ge)s."),
    "less_than_equal": _("%(value)s is too large; the most is %(le)s."),
    "too_short": _("this list is empty; add at least one entry."),
}
_OTHERWISE = _("“%(value)s” does not fit here; see the description of this kind of file.")
LONGEST_VALUE = 60


def sentence(fault: ErrorDetails) -> str:
    """Return the sentence for one fault that the schema found."""
    value = str(fault.get("input", ""))
    if len(value) > LONGEST_VALUE:
        value = f"{value[:LONGEST_VALUE]}…"
    told: Any = _SENTENCES.get(fault["type"], _OTHERWISE)
    return str(told) % {**(fault.get("ctx") or {}), "value": value}
