"""Tables of a list, on the page and in Excel."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.html import strip_tags
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


class ListTable(tables.Table):
    """A table of the portal. ``lasting_columns`` cannot be switched off."""

    lasting_columns: ClassVar[frozenset[str]] = frozenset()

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
