"""The filters of the room ``documents``."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.spreadsheets import register
from documents.choices import RowOutcome
from documents.models import ImportRow, ImportRun


def sheet_choices() -> list[tuple[str, str]]:
    """Return the sheets that the portal knows."""
    return [(name, f"{name} – {sheet.title}") for name, sheet in register.sheets.items()]


class ImportRunFilter(django_filters.FilterSet):
    """Imports by the year in which they were asked for."""

    year = django_filters.NumberFilter(
        field_name="asked_at__year", label=_("Year"), min_value=2020, max_value=2100
    )

    class Meta:
        model = ImportRun
        fields = ("year",)


class ImportRowFilter(django_filters.FilterSet):
    """Rows of a file by sheet and by what becomes of them."""

    sheet = django_filters.ChoiceFilter(
        choices=sheet_choices, label=_("Sheet"), empty_label=_("Any sheet")
    )
    outcome = django_filters.ChoiceFilter(
        choices=[choice for choice in RowOutcome.choices if choice[0] != RowOutcome.UNCHANGED],
        label=_("Outcome"),
        empty_label=_("Any outcome"),
    )

    class Meta:
        model = ImportRow
        fields = ("sheet", "outcome")
