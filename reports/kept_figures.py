"""The figures of a plan as a snapshot keeps them: with the records behind them."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from programs import measures
from programs.figures import Figure, Value


class Evidence:
    """Collects the records behind figures, each named once however many figures it stands behind.

    A record is kept with its name (and tax code, masked where it is personal), so that the list
    behind a figure reads the same years later.
    """

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {}

    def figure(self, figure: Figure) -> dict[str, Any]:
        """Return value, judgement and evidence of a figure as plain data."""
        return {
            **_value(figure.official),
            "second": _value(figure.second) if figure.second else None,
            "status": figure.status.value if figure.status else None,
            "reason": figure.reason,
            "evaluated_at": figure.day.isoformat(),
            "evidence": self._behind(figure),
            "corrected_later": _corrected_later(figure),
        }

    def _behind(self, figure: Figure) -> dict[str, Any] | None:
        computation = figure.computation
        if computation is None:
            return None
        key = figure.official.reading
        return {
            "kind": computation.records.model._meta.label_lower,
            "numerator": self._keep(computation.numerator(key)),
            "denominator": self._keep(computation.denominator(key)),
            "left_out": self._keep(computation.left_out),
        }

    def _keep(self, records: QuerySet[Any] | None) -> list[int] | None:
        if records is None:
            return None
        kept = self.records.setdefault(records.model._meta.label_lower, {})
        found = measures.identities(records)
        kept.update({str(key): identity for key, identity in found.items()})
        return list(found)


def _value(value: Value) -> dict[str, Any]:
    return {
        "value": plain(value.value),
        "numerator": value.numerator,
        "denominator": value.denominator,
        "reading": value.reading,
    }


def _corrected_later(figure: Figure) -> int:
    return figure.computation.corrected_after(figure.at) if figure.computation else 0


def plain(number: Decimal | None) -> str | None:
    """Write a number without trailing zeros: JSON has no decimals that stay exact."""
    return None if number is None else f"{number.normalize():f}"
