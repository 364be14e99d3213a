"""What every template of the portal may write: numbers, money, dates, icons."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.money import format_million, format_vnd
from core.numbers import format_number, format_percent

register = template.Library()

Number = Decimal | float | int
# What a filter is handed where nothing is known: a template turns a missing variable into "".
Missing = Literal[""] | None
# What stands there on the page: never a zero.
DASH = "–"


@register.filter
def number(value: Number | Missing, places: int | None = None) -> str:
    """Write a number as 1.234.567,89."""
    return DASH if value is None or value == "" else format_number(value, places)


@register.filter
def percent(value: Number | Missing, places: int | None = None) -> str:
    """Write a percentage, 71.4 as 71,4%."""
    return DASH if value is None or value == "" else format_percent(value, places)


@register.filter
def vnd(value: int | Missing) -> str:
    """Write an amount of đồng as 1.050.000.000."""
    return DASH if value is None or value == "" else format_vnd(value)


@register.filter
def million(value: int | Missing) -> str:
    """Write an amount of đồng in triệu đồng, 22500000 as 22,5."""
    return DASH if value is None or value == "" else format_million(value)


@register.filter
def date_vi(value: dt.date | Missing) -> str:
    """Write a day as 22/04/2021; a moment as the day it falls on in Việt Nam."""
    if value is None or value == "":
        return DASH
    day = timezone.localtime(value) if isinstance(value, dt.datetime) else value
    return day.strftime("%d/%m/%Y")


@register.filter
def bar_length(value: Number) -> str:
    """Return a percentage as a length in a drawing 100 wide: with a point, never outside it."""
    return f"{min(max(float(value), 0), 100):.1f}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of ``static/src/icons.json`` for the eye; the words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )
