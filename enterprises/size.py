"""The size class of an enterprise at a day (Nghị định 80/2021/NĐ-CP, điều 5), and why.

Labour and (revenue or capital) of the last year with figures, none later than the year of the day,
against the thresholds in force on the day; the smallest class that fits. Cooperatives and household
businesses are outside it. Money is in VND.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext as _

from core.numbers import format_number
from enterprises.choices import EnterpriseKind, SizeClass
from enterprises.models import Enterprise, EnterpriseFigures, SizeThreshold

BILLION = 1_000_000_000

Thresholds = Sequence[SizeThreshold]


@dataclass(frozen=True, slots=True)
class Size:
    """The size class, or none; ``reason`` says in one sentence why."""

    size_class: SizeClass | None
    reason: str
    year: int | None = None


def thresholds_at(day: dt.date) -> list[SizeThreshold]:
    """Return the thresholds in force on a day, the smallest class of each sector first."""
    return list(SizeThreshold.objects.in_force(day).order_by("sector", "labour"))


def size_at(enterprise: Enterprise, day: dt.date) -> Size:
    """Return the size class of an enterprise at a day."""
    if enterprise.kind != EnterpriseKind.ENTERPRISE:
        return size_from(enterprise, None, ())
    figures = EnterpriseFigures.objects.up_to(day).filter(enterprise=enterprise)
    return size_from(enterprise, figures.order_by("-year").first(), thresholds_at(day))


def size_from(
    enterprise: Enterprise, figures: EnterpriseFigures | None, thresholds: Thresholds
) -> Size:
    """Return the size class that follows from figures and thresholds."""
    if enterprise.kind != EnterpriseKind.ENTERPRISE:
        return Size(None, _("Cooperatives and household businesses have no size class."))
    if figures is None:
        return Size(None, _("No data: no figures of a year are recorded."))
    if lacking := _lacking(enterprise, figures):
        return Size(None, lacking, figures.year)
    bounds = [one for one in thresholds if one.sector == enterprise.sector]
    if not bounds:
        told = _("No size thresholds are in force on this day; enter them under “Size thresholds”.")
        return Size(None, told, figures.year)
    for bound in bounds:
        if why := _within(figures, bound):
            told = f"{bound.get_size_class_display()}: {why}"
            return Size(SizeClass(bound.size_class), told, figures.year)
    told = f"{SizeClass.LARGE.label}: {_beyond(figures, bounds[-1])}"
    return Size(SizeClass.LARGE, told, figures.year)


def _lacking(enterprise: Enterprise, figures: EnterpriseFigures) -> str:
    values = {"year": figures.year}
    if not enterprise.sector:
        return _("No data: the size sector of the enterprise is missing.")
    if figures.labour is None:
        return _("No data: average labour of %(year)d is missing.") % values
    if figures.revenue is None and figures.capital is None:
        return _("No data: revenue and capital of %(year)d are missing.") % values
    return ""


def _money(figures: EnterpriseFigures, bound: SizeThreshold) -> list[tuple[str, int, int]]:
    known = (
        (_("revenue"), figures.revenue, bound.revenue),
        (_("capital"), figures.capital, bound.capital),
    )
    return [(label, amount, limit) for label, amount, limit in known if amount is not None]


def _within(figures: EnterpriseFigures, bound: SizeThreshold) -> str:
    """Return why the figures stay within a threshold; empty when they do not."""
    labour = figures.labour or 0
    if labour > bound.labour:
        return ""
    for label, amount, limit in _money(figures, bound):
        if amount <= limit:
            return _("%(labour)s and %(money)s, figures of %(year)d") % {
                "labour": _labour(labour, "≤", bound.labour),
                "money": _amount(label, amount, "≤", limit),
                "year": figures.year,
            }
    return ""


def _beyond(figures: EnterpriseFigures, highest: SizeThreshold) -> str:
    """Return why the figures exceed the highest threshold."""
    labour = figures.labour or 0
    if labour > highest.labour:
        why = _labour(labour, ">", highest.labour)
    else:
        money = _money(figures, highest)
        why = _(" and ").join(_amount(label, amount, ">", top) for label, amount, top in money)
    return _("%(why)s, figures of %(year)d") % {"why": why, "year": figures.year}


def _labour(number: int, sign: str, limit: int) -> str:
    told = _("%(number)s employees %(sign)s %(limit)s")
    return told % {"number": format_number(number), "sign": sign, "limit": format_number(limit)}


def _amount(label: str, amount: int, sign: str, limit: int) -> str:
    told = _("%(label)s %(amount)s %(sign)s %(limit)s billion VND")
    return told % {
        "label": label,
        "amount": format_number(Decimal(amount) / BILLION),
        "sign": sign,
        "limit": format_number(Decimal(limit) / BILLION),
    }


def size_class_of_row(day: dt.date, thresholds: Thresholds, path: str = "pk") -> Subquery:
    """Return the size class at a day as a column of a list; none without data.

    ``path`` leads from a row to its enterprise.
    """
    figures = EnterpriseFigures.objects.up_to(day).filter(enterprise=OuterRef(path))
    sized = figures.order_by("-year").annotate(size=_size_case(thresholds))
    return Subquery(sized.values("size")[:1])


def enterprises_of_size(
    size_class: str, day: dt.date, thresholds: Thresholds
) -> "QuerySet[EnterpriseFigures, int]":
    """Return the keys of the enterprises of a size class at a day, in one pass over the figures."""
    return _sized(day, thresholds).filter(size=size_class).values_list("enterprise", flat=True)


def enterprises_with_size(
    day: dt.date, thresholds: Thresholds
) -> "QuerySet[EnterpriseFigures, int]":
    """Return the keys of the enterprises whose size class is known at a day."""
    sized = _sized(day, thresholds).filter(size__isnull=False)
    return sized.values_list("enterprise", flat=True)


def _sized(day: dt.date, thresholds: Thresholds) -> "QuerySet[Any]":
    """Return the last figures of each enterprise with their ``size``."""
    known = EnterpriseFigures.objects.up_to(day).order_by()
    later = known.filter(enterprise=OuterRef("enterprise"), year__gt=OuterRef("year"))
    return known.filter(~Exists(later)).annotate(size=_size_case(thresholds))


def _size_case(thresholds: Thresholds) -> Case:
    """Return the class of a row of figures, as ``size_from`` does."""
    sectors = {bound.sector for bound in thresholds}
    no_class = (
        ~Q(enterprise__kind=EnterpriseKind.ENTERPRISE)
        | ~Q(enterprise__sector__in=sectors)
        | Q(labour__isnull=True)
        | Q(revenue__isnull=True, capital__isnull=True)
    )
    fits = [
        When(
            Q(enterprise__sector=bound.sector, labour__lte=bound.labour)
            & (Q(revenue__lte=bound.revenue) | Q(capital__lte=bound.capital)),
            then=Value(bound.size_class),
        )
        for bound in thresholds
    ]
    return Case(
        When(no_class, then=Value(None)),
        *fits,
        default=Value(SizeClass.LARGE.value),
        output_field=CharField(),
    )
