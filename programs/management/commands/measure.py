"""Compute every figure of a plan as at a day: ``manage.py measure --at DATE``."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.numbers import format_number, format_target
from programs.figures import Figure, Status, Value, figures_of_plan
from programs.models import Plan


class Command(BaseCommand):
    """Compute every indicator and task of a plan as at a day, which is included."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day, the plan and the form of the answer."""
        parser.add_argument("--at", required=True, metavar="DATE", help="the day, YYYY-MM-DD")
        parser.add_argument("--plan", metavar="CODE", help="another plan than the current one")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute and answer."""
        figures = figures_of_plan(_plan(options["plan"]), _day(options["at"]))
        if options["json"]:
            answer = {code: _plain(figure) for code, figure in figures.items()}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for code, figure in figures.items():
            self.stdout.write(_line(code, figure))


def _day(text: str) -> dt.date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    told = _("“%(text)s” is not a day; write it as YYYY-MM-DD, for instance 2026-12-14.")
    raise CommandError(told % {"text": text})


def _plan(code: str | None) -> Plan:
    found = Plan.objects.filter(code=code).first() if code else Plan.objects.all().current()
    if found is None:
        told = _("There is no plan %(code)s; load it with load_plan first.")
        raise CommandError(told % {"code": code or ""})
    return found


def _plain(figure: Figure) -> dict[str, Any]:
    target = figure.target
    return {
        **_value(figure.official),
        "second": _value(figure.second) if figure.second else None,
        "unit": figure.subject.unit,
        "target": _target(target.low, target.high) if target else None,
        "status": figure.status.value if figure.status else None,
        "reason": figure.reason,
        "evidence": figure.evidence,
    }


def _value(value: Value) -> dict[str, Any]:
    return {
        "value": _number(value.value),
        "numerator": value.numerator,
        "denominator": value.denominator,
    }


def _target(low: Decimal, high: Decimal | None) -> Any:
    return _number(low) if high is None else [_number(low), _number(high)]


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _line(code: str, figure: Figure) -> str:
    value = Status.NO_DATA.label if figure.value is None else format_number(figure.value)
    parts = [f"{code:8}", f"{value} {figure.subject.unit if figure.value is not None else ''}"]
    if figure.official.denominator is not None:
        parts.append(f"({figure.official.numerator}/{figure.official.denominator})")
    if figure.target:
        comparator = getattr(figure.subject, "comparator", "equal")
        aim = format_target(comparator, figure.target.low, figure.target.high)
        parts.append(_("target %(target)s") % {"target": aim})
    if figure.status:
        parts.append(str(figure.status.label))
    if figure.reason:
        parts.append(figure.reason)
    return " · ".join(part.strip() if place else part for place, part in enumerate(parts))
