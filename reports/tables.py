"""The tables of the room ``reports``."""

from typing import ClassVar

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable
from reports.choices import RunStatus
from reports.models import ReportRun

CHIPS = {
    RunStatus.WAITING: "none",
    RunStatus.RUNNING: "info",
    RunStatus.DONE: "good",
    RunStatus.FAILED: "bad",
}


class ReportRunTable(ListTable):
    """Reports that were asked for, newest first."""

    lasting_columns: ClassVar = frozenset({"period", "status"})

    period = tables.Column(
        _("Report"), linkify=True, attrs={"td": {"class": "name"}}, order_by="period__year"
    )
    plan = tables.Column(_("Plan"), accessor="plan__number", order_by="plan__number")
    status = tables.Column(_("State"), accessor="status", orderable=False)
    asked_by = tables.Column(_("Asked by"), accessor="asked_by__full_name")
    asked_at = tables.DateTimeColumn(verbose_name=_("Asked at"), format="H:i d/m/Y")
    finished_at = tables.DateTimeColumn(verbose_name=_("Finished at"), format="H:i d/m/Y")

    class Meta(ListTable.Meta):
        model = ReportRun
        fields = ("period", "plan", "status", "asked_by", "asked_at", "finished_at")
        caption = _("Reports that were asked for")

    def render_period(self, record: ReportRun) -> str:
        """The period with a capital, as the name of the report."""
        return str(record.period).capitalize()

    def render_status(self, value: RunStatus) -> SafeString:
        """The state as a shape and a word."""
        return format_html('<span class="chip chip-{}">{}</span>', CHIPS[value], value.label)

    def export_status(self, record: ReportRun) -> str:
        """The state in words."""
        return str(record.status.label)
