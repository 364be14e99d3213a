"""How the documents that indicators and tasks count are listed as evidence."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists import ListFilter, ListTable
from core.text import search_key, search_words
from programs.evidence import Listing, register_listing
from programs.models import Output


class OutputWords(django_filters.CharFilter):
    """Finds outputs by words of their names, accents and case aside.

    An indicator has a few of them, so that they need no stored key.
    """

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow the list to what holds every word."""
        words = search_words(value or "")
        if not words:
            return queryset
        names = queryset.values_list("pk", "name")
        found = [pk for pk, name in names if all(word in search_key(name) for word in words)]
        return queryset.filter(pk__in=found)


class OutputEvidenceFilter(ListFilter):
    """Outputs by words."""

    q = OutputWords(label=_("Words"), max_length=200)

    class Meta:
        model = Output
        fields = ("q",)


def _place_of(record: Output) -> str:
    return f"{record.indicator.get_absolute_url()}#dau-ra"


class OutputEvidenceTable(ListTable):
    """Documents behind a figure."""

    name = tables.Column(_("Document"), attrs={"td": {"class": "name"}}, linkify=_place_of)
    issued_on = tables.Column(_("Issued on"))
    indicator = tables.Column(_("Output of"), accessor="indicator__code")

    class Meta(ListTable.Meta):
        model = Output
        fields = ("name", "issued_on", "indicator")
        order_by = "issued_on"
        caption = _("Documents behind the figure")


def register() -> None:
    """Bring the list."""
    register_listing(
        "programs.output",
        Listing(
            OutputEvidenceTable,
            OutputEvidenceFilter,
            lambda records: records.select_related("indicator__plan"),
        ),
    )
