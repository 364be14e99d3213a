"""The lists of organisations and areas: what narrows them, and their columns."""

import datetime as dt
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django import forms
from django.db import models
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.choices import AreaLevel, OrganisationKind
from accounts.models import AdministrativeArea, Organisation
from core.lists import ListFilter, ListTable

UNBROKEN_CELL = {"td": {"class": "text-nowrap"}}


class Standing(models.TextChoices):
    """Which records a list shows beside those that exist on the day."""

    ENDED = "ended", _("ended")
    UPCOMING = "upcoming", _("not begun")
    EVER = "ever", _("of every day")


class DatedFilter(ListFilter):
    """Records as at a day, today if none is given."""

    at = django_filters.DateFilter(
        label=_("As at day"),
        method="nothing",
        widget=forms.DateInput(attrs={"placeholder": _("today"), "autocomplete": "off"}),
    )
    standing = django_filters.ChoiceFilter(
        label=_("State"),
        choices=Standing,
        empty_label=_("in existence"),
        method="nothing",
    )

    def nothing(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """The day and the state narrow the list together, in ``filter_queryset``."""
        return queryset

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the list to what exists on the day, or to what the state asks for."""
        found: Any = super().filter_queryset(queryset)
        day: dt.date = self.form.cleaned_data.get("at") or timezone.localdate()
        match self.form.cleaned_data.get("standing"):
            case Standing.ENDED:
                return found.filter(valid_to__lt=day)
            case Standing.UPCOMING:
                return found.filter(valid_from__gt=day)
            case Standing.EVER:
                return found
        return found.valid_at(day)


class OrganisationFilter(DatedFilter):
    """Organisations by words, kind and day."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=OrganisationKind, empty_label=_("Any kind")
    )

    class Meta:
        model = Organisation
        fields = ("q", "kind", "at", "standing")


class AreaFilter(DatedFilter):
    """Areas by words, level, what they are part of, and day."""

    level = django_filters.ChoiceFilter(
        label=_("Level"), choices=AreaLevel, empty_label=_("Any level")
    )
    parent = django_filters.ChoiceFilter(
        field_name="parent__code", label=capfirst(_("part of")), empty_label=_("Any area")
    )

    class Meta:
        model = AdministrativeArea
        fields = ("q", "level", "parent", "at", "standing")

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        above = AdministrativeArea.objects.filter(parts__isnull=False).distinct()
        self.filters["parent"].extra["choices"] = [
            (area.code, f"{area.name} ({area.years})") for area in above.order_by("name", "code")
        ]


class DatedTable(ListTable):
    """What a list of dated records shows of each: its days and whether it exists today."""

    valid_from = tables.Column(_("From day"), attrs=UNBROKEN_CELL)
    valid_to = tables.Column(_("To day"), attrs=UNBROKEN_CELL)
    state = tables.Column(_("Today"), empty_values=(), orderable=False)

    def render_name(self, value: str) -> str:
        """The name as a line begins."""
        return capfirst(value)

    def render_state(self, record: Any) -> SafeString:
        """Whether it exists today, as a shape and a word."""
        kind, word = standing_today(record)
        return format_html('<span class="chip chip-{}">{}</span>', kind, word)

    def export_state(self, record: Any) -> str:
        """Whether it exists today, in a word."""
        return str(standing_today(record)[1])


def standing_today(record: Any) -> tuple[str, Any]:
    """Return the kind of chip and the word for a dated record today."""
    today = timezone.localdate()
    if record.valid_from > today:
        return "info", _("not begun")
    if record.valid_to and record.valid_to < today:
        return "none", _("ended")
    return "good", _("exists")


class OrganisationTable(DatedTable):
    """Organisations."""

    lasting_columns: ClassVar = frozenset({"name", "state"})

    name = tables.Column(capfirst(_("name")), linkify=True)
    short_name = tables.Column(capfirst(_("short name")))
    code = tables.Column(capfirst(_("code")))
    kind = tables.Column(_("Kind"))
    area = tables.Column(capfirst(_("area governed")), accessor="area__name", order_by="area__name")

    class Meta(ListTable.Meta):
        model = Organisation
        fields = ("name", "short_name", "code", "kind", "area", "valid_from", "valid_to", "state")
        order_by = "name"
        caption = _("Organisations")

    def export_kind(self, record: Organisation) -> str:
        """The kind in words."""
        return str(record.get_kind_display())


class AreaTable(DatedTable):
    """Areas."""

    lasting_columns: ClassVar = frozenset({"name", "state"})

    name = tables.Column(capfirst(_("name")), linkify=True)
    code = tables.Column(capfirst(_("code")))
    level = tables.Column(_("Level"))
    parent = tables.Column(capfirst(_("part of")), accessor="parent__name", order_by="parent__name")

    class Meta(ListTable.Meta):
        model = AdministrativeArea
        fields = ("name", "code", "level", "parent", "valid_from", "valid_to", "state")
        order_by = "name"
        caption = _("Areas")

    def export_level(self, record: AdministrativeArea) -> str:
        """The level in words."""
        return str(record.get_level_display())
