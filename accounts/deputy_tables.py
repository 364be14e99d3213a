"""The lists of people who stand in for a lead, and of handovers."""

from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.choices import DeputyState
from accounts.filters import TODAY, UnkeyedWordsFilter
from accounts.models import Deputy, Handover
from accounts.policies import can_end_deputy
from accounts.tables import UNBROKEN_CELL
from core.lists import ListFilter, ListTable
from core.registers import handovers

CHIPS = {
    DeputyState.IN_FORCE: "good",
    DeputyState.UPCOMING: "info",
    DeputyState.OVER: "none",
    DeputyState.ENDED: "none",
}
MOMENT = "H:i d/m/Y"


class DeputyFilter(ListFilter):
    """Deputies by person, organisation or reason, and whether they stand in today."""

    q = UnkeyedWordsFilter("lead__full_name", "deputy__full_name", "organisation__name", "reason")
    when = django_filters.ChoiceFilter(
        choices=[(TODAY, _("standing in today"))],
        method="standing_in",
        label=_("Days"),
        empty_label=_("Any day"),
    )

    class Meta:
        model = Deputy
        fields = ("q", "when")

    def standing_in(self, queryset: QuerySet[Deputy], name: str, value: str) -> QuerySet[Deputy]:
        """Narrow to those who stand in today."""
        return queryset.filter(pk__in=Deputy.objects.in_force(timezone.localdate()).values("pk"))


class DeputyTable(ListTable):
    """Who stands in for which lead."""

    lasting_columns: ClassVar = frozenset({"lead", "deputy", "state"})

    lead = tables.Column(_("Lead"), order_by="lead__full_name", attrs={"td": {"class": "name"}})
    deputy = tables.Column(_("Deputy"), order_by="deputy__full_name")
    organisation = tables.Column(_("Organisation"), order_by="organisation__name")
    valid_from = tables.Column(_("From day"), attrs=UNBROKEN_CELL)
    valid_to = tables.Column(_("To day"), attrs=UNBROKEN_CELL)
    reason = tables.Column(_("Reason"), orderable=False)
    state = tables.Column(_("State"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Deputy
        fields = ("lead", "deputy", "organisation", "valid_from", "valid_to", "reason", "state")
        order_by = "-valid_from"
        caption = _("Who stands in for which lead")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.today = timezone.localdate()

    def render_state(self, record: Deputy) -> SafeString:
        """The state as a shape and a word, and the way to end it."""
        state = record.state_on(self.today)
        chip = format_html('<span class="chip chip-{}">{}</span>', CHIPS[state], state.label)
        if not can_end_deputy(self.by, record):
            return chip
        url = reverse("deputy_end", args=[record.pk])
        told = _("End: %(deputy)s") % {"deputy": record}
        link = '{} <a class="text-nowrap" href="{}" aria-label="{}">{}</a>'
        return format_html(link, chip, url, told, _("End"))

    def export_state(self, record: Deputy) -> str:
        """The state in words."""
        return str(record.state_on(self.today).label)


class HandoverFilter(ListFilter):
    """Handovers by person, organisation or reason."""

    q = UnkeyedWordsFilter(
        "leaver__full_name", "colleague__full_name", "organisation__name", "reason"
    )

    class Meta:
        model = Handover
        fields = ("q",)


class HandoverTable(ListTable):
    """Who left, and who took over."""

    lasting_columns: ClassVar = frozenset({"leaver", "colleague", "state"})

    leaver = tables.Column(
        _("Who leaves"), order_by="leaver__full_name", attrs={"td": {"class": "name"}}
    )
    colleague = tables.Column(_("Who takes over"), order_by="colleague__full_name")
    organisation = tables.Column(_("Organisation"), order_by="organisation__name")
    last_day = tables.Column(_("Last day"), attrs=UNBROKEN_CELL)
    reason = tables.Column(_("Reason"), orderable=False)
    recorded_at = tables.DateTimeColumn(verbose_name=_("Recorded at"), format=MOMENT)
    state = tables.Column(
        _("Work handed over"), accessor="carried_out_at", empty_values=(), orderable=False
    )

    class Meta(ListTable.Meta):
        model = Handover
        fields = (
            "leaver", "colleague", "organisation", "last_day", "reason", "recorded_at", "state",
        )  # fmt: skip
        order_by = "-recorded_at"
        caption = _("People who left and what they handed over")

    def render_state(self, record: Handover) -> str:
        """What passed on, or that it waits."""
        if not record.carried_out_at:
            return str(_("waits for the day after the last one"))
        moved = [(handovers.label(key), count) for key, count in record.moved.items() if count]
        told = "; ".join(f"{label}: {count}" for label, count in moved)
        return told or str(_("nothing was open"))

    def export_state(self, record: Handover) -> str:
        """The same in Excel."""
        return self.render_state(record)
