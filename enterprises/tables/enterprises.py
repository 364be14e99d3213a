"""The list of enterprises."""

import datetime as dt
from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable
from enterprises.choices import EnterpriseState, SizeClass
from enterprises.models import Enterprise
from enterprises.selectors import state_at

CHIPS = {
    EnterpriseState.EXISTING: "good",
    EnterpriseState.UNVERIFIED: "warn",
    EnterpriseState.ENDED: "none",
    EnterpriseState.MERGED: "none",
}
UNBROKEN_CELL = {"td": {"class": "text-nowrap"}}


class EnterpriseTable(ListTable):
    """Enterprises as at a day; its columns are called as in the data workbook."""

    lasting_columns: ClassVar = frozenset({"name", "tax_code"})
    first_columns: ClassVar = frozenset({"kind", "area", "departments", "size", "state"})

    name = tables.Column(_("Name of the enterprise"), linkify=True, attrs={"td": {"class": "name"}})
    tax_code = tables.Column(
        _("Tax code"), accessor="shown_tax_code", order_by="tax_code", attrs=UNBROKEN_CELL
    )
    kind = tables.Column(_("Kind of enterprise"))
    sector = tables.Column(_("Size sector"))
    area = tables.Column(_("Commune, ward"), accessor="area__name", order_by="area__name")
    former_district = tables.Column(
        _("Former district"), accessor="former_district__name", order_by="former_district__name"
    )
    address = tables.Column(_("Address"), orderable=False)
    representative = tables.Column(_("Representative"), orderable=False)
    phone = tables.Column(_("Telephone"), orderable=False)
    email = tables.Column(_("E-mail"), orderable=False, linkify=False)
    departments = tables.Column(_("Managing departments"), orderable=False)
    size = tables.Column(_("Size class"), orderable=False)
    state = tables.Column(_("State"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Enterprise
        fields = (
            "name", "tax_code", "kind", "sector", "area", "former_district", "address",
            "representative", "phone", "email", "departments", "size", "state",
        )  # fmt: skip
        caption = _("Enterprises")

    def __init__(self, *args: Any, day: dt.date, codes_in_full: bool, **kwargs: Any) -> None:
        self.day, self.codes_in_full = day, codes_in_full
        super().__init__(*args, **kwargs)

    def render_departments(self, value: list[str]) -> str:
        """The departments on one line."""
        return "; ".join(value) or self.default

    def render_size(self, value: str) -> str:
        """The size class in words."""
        return str(SizeClass(value).label)

    def render_state(self, record: Enterprise) -> SafeString:
        """The state as a shape and a word."""
        state = state_at(record, self.day)
        return format_html('<span class="chip chip-{}">{}</span>', CHIPS[state], state.label)

    def export_tax_code(self, record: Enterprise) -> str:
        """In full only for those who keep the register: they import the list again."""
        return record.tax_code if self.codes_in_full else record.shown_tax_code

    def export_kind(self, record: Enterprise) -> str:
        """The kind in words."""
        return str(record.get_kind_display())

    def export_sector(self, record: Enterprise) -> str:
        """The sector in words."""
        return str(record.get_sector_display())

    def export_departments(self, record: Any) -> str:
        """The departments in one cell."""
        return "; ".join(record.departments)

    def export_size(self, record: Any) -> str | None:
        """The size class in words."""
        return str(SizeClass(record.size).label) if record.size else None

    def export_state(self, record: Enterprise) -> str:
        """The state in words."""
        return str(state_at(record, self.day).label)
