"""Tables of a list, on the page and in Excel."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import strip_tags
from django_tables2.data import TableQuerysetData
from django_tables2.utils import Accessor

from core.numbers import format_number

Cell = str | int | Decimal | dt.date | None


class NumberColumn(tables.Column):
    """Numbers, right-aligned; a missing one is a dash, never a zero."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["attrs"] = {"td": {"class": "n"}, "th": {"class": "n"}, "tf": {"class": "n"}}
        super().__init__(**kwargs)

    def render(self, value: Any) -> str:
        """Write the number the Vietnamese way."""
        return format_number(value)


class StableData(TableQuerysetData):
    """Rows whose order is whole: rows that are equal otherwise stand by their key."""

    def order_by(self, aliases: Any) -> None:
        """Sort, and never let a row appear on two pages or on none."""
        super().order_by(aliases)
        # django-tables2 brings no types.
        rows: QuerySet[Any] = self.data  # type: ignore[has-type]
        self.data = rows.order_by(*rows.query.order_by, "pk")


class ListTable(tables.Table):
    """A table of the portal.

    ``lasting_columns`` cannot be switched off. Beside them ``first_columns`` are shown until the
    person chooses; when none are named, all are.
    """

    lasting_columns: ClassVar[frozenset[str]] = frozenset()
    first_columns: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        attrs: ClassVar[dict[str, str]] = {"class": "table stack"}
        default = "–"

    def export_cell(self, name: str, record: Any) -> Cell:
        """Return what Excel gets in this column; ``export_NAME`` of the table says it best."""
        if own := getattr(self, f"export_{name}", None):
            return own(record)
        value = Accessor(self.columns[name].accessor).resolve(record, quiet=True)
        if value is None or isinstance(value, int | Decimal | dt.date):
            return value
        return strip_tags(str(value))
