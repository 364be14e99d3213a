"""Numbers as Vietnamese administration writes them: 1.234.567,89."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

_TO_VIETNAMESE = str.maketrans(",.", ".,")


def format_number(value: Decimal | float, places: int | None = None) -> str:
    """Return a number with dots between thousands and a comma before decimals.

    ``places`` is the fixed number of decimals (half rounds up); without it an integer has none
    and any other number has those it needs.
    """
    number = Decimal(str(value))
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    elif number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    else:
        number = number.normalize()
    return f"{number:,f}".translate(_TO_VIETNAMESE)


def format_percent(value: Decimal | float, places: int | None = None) -> str:
    """Return a percentage, 71.4 as ``71,4%``."""
    return f"{format_number(value, places)}%"


def format_quantity(value: Decimal | float, unit: str) -> str:
    """Return a number with its unit; the percent sign stands close."""
    return format_percent(value) if unit == "%" else f"{format_number(value)} {unit}"


def format_figure(value: Decimal, unit: str) -> str:
    """Return a computed figure as pages show it, with one decimal at the most: ``71,4%``."""
    text = format_number(value, 0 if value == value.to_integral_value() else 1)
    return f"{text}%" if unit == "%" else text


def format_target(comparator: str, low: Decimal | None, high: Decimal | None) -> str:
    """Return a target without its unit: ``≥ 60``, ``20``, ``1–2``, or that there is none."""
    if low is None:
        return _("not quantified")
    if high is not None:
        return f"{format_number(low)}–{format_number(high)}"
    sign = "≥ " if comparator in {"at_least", "growth"} else ""
    sign = "≤ " if comparator == "at_most" else sign
    return f"{sign}{format_number(low)}"
