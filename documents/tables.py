"""The tables of the room ``documents``."""

from typing import ClassVar

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lists import ListTable
from core.lists.tables import NumberColumn
from documents.choices import ImportStatus, RowOutcome
from documents.models import ImportRow, ImportRun

CHIPS = {
    ImportStatus.WAITING: "none",
    ImportStatus.CHECKING: "info",
    ImportStatus.REFUSED: "bad",
    ImportStatus.CHECKED: "warn",
    ImportStatus.IMPORTING: "info",
    ImportStatus.IMPORTED: "good",
    ImportStatus.UNDOING: "info",
    ImportStatus.UNDONE: "none",
}
ROW_CHIPS = {
    RowOutcome.NEW: "good",
    RowOutcome.CHANGED: "info",
    RowOutcome.UNCHANGED: "none",
    RowOutcome.WRONG: "bad",
}


class ImportRunTable(ListTable):
    """Imports, newest first."""

    lasting_columns: ClassVar = frozenset({"name", "status"})

    name = tables.Column(gettext_lazy("File"), linkify=True, attrs={"td": {"class": "name"}})
    status = tables.Column(gettext_lazy("State"), accessor="status", orderable=False)
    to_import = NumberColumn(
        verbose_name=gettext_lazy("New and changed rows"), accessor="to_import", orderable=False
    )
    wrong = NumberColumn(verbose_name=gettext_lazy("Wrong rows"), accessor="wrong", orderable=False)
    asked_by = tables.Column(gettext_lazy("Brought by"), accessor="asked_by__full_name")
    asked_at = tables.DateTimeColumn(verbose_name=gettext_lazy("Brought at"), format="H:i d/m/Y")
    imported_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Imported at"), format="H:i d/m/Y"
    )

    class Meta(ListTable.Meta):
        model = ImportRun
        fields = ("name", "status", "to_import", "wrong", "asked_by", "asked_at", "imported_at")
        caption = gettext_lazy("History of imports")

    def render_status(self, value: ImportStatus) -> SafeString:
        """The state as a shape and a word."""
        return format_html('<span class="chip chip-{}">{}</span>', CHIPS[value], value.label)

    def export_status(self, record: ImportRun) -> str:
        """The state in words."""
        return str(record.status.label)


class ImportRowTable(ListTable):
    """What becomes of each row of a file."""

    lasting_columns: ClassVar = frozenset({"number", "outcome", "told"})

    number = tables.Column(
        gettext_lazy("Sheet, row"), attrs={"td": {"class": "name"}}, order_by=("sheet", "number")
    )
    outcome = tables.Column(gettext_lazy("Outcome"))
    label = tables.Column(gettext_lazy("Record"), orderable=False)
    told = tables.Column(
        gettext_lazy("What changes, what is wrong"),
        accessor="pk",
        orderable=False,
        attrs={"td": {"class": "told-cell"}},
    )

    class Meta(ListTable.Meta):
        model = ImportRow
        fields = ("number", "outcome", "label", "told")
        caption = gettext_lazy("Rows of the file")

    def render_number(self, record: ImportRow) -> str:
        """The sheet and Excel's number of the row."""
        return _("%(sheet)s, row %(row)d") % {"sheet": record.sheet, "row": record.number}

    def export_number(self, record: ImportRow) -> str:
        """The sheet and Excel's number of the row."""
        return self.render_number(record)

    def render_outcome(self, record: ImportRow) -> SafeString:
        """What becomes of the row, as a shape and a word."""
        outcome = RowOutcome(record.outcome)
        return format_html(
            '<span class="chip chip-{}">{}</span>', ROW_CHIPS[outcome], outcome.label
        )

    def export_outcome(self, record: ImportRow) -> str:
        """What becomes of the row."""
        return str(RowOutcome(record.outcome).label)

    def render_told(self, record: ImportRow) -> SafeString:
        """Each change with what was before, each mistake or warning with its reason."""
        lines = format_html_join(
            "",
            "<li><b>{}</b>{}: {}</li>",
            (
                (one["column"], f" “{one['value']}”" if one["value"] else "", one["message"])
                for one in record.problems
            ),
        )
        if record.outcome == RowOutcome.NEW:
            values = format_html_join(
                "; ", "<small>{0}:</small> {2}", ((n, o, v) for n, o, v in record.changes)
            )
            return format_html('{}<ul class="told">{}</ul>', values, lines) if lines else values
        nothing = _("(empty)")
        changes = format_html_join(
            "",
            "<li><small>{}:</small> <del>{}</del> → <ins>{}</ins></li>",
            ((name, old or nothing, new or nothing) for name, old, new in record.changes),
        )
        return format_html('<ul class="told">{}{}</ul>', changes, lines)

    def export_told(self, record: ImportRow) -> str:
        """The same in one line."""
        problems = [f"{one['column']}: {one['message']}" for one in record.problems]
        if record.outcome == RowOutcome.NEW:
            changes = [f"{name}: {new}" for name, _old, new in record.changes]
        else:
            changes = [f"{name}: {old} → {new}" for name, old, new in record.changes]
        return "; ".join(changes + problems)
