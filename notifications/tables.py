"""The tables of the room ``notifications``."""

from typing import ClassVar

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.lists import ListTable, NumberColumn
from core.registers import notices
from notifications.choices import MailState
from notifications.models import Notice, OutboxMail

CHIPS = {
    MailState.WAITING: "none",
    MailState.PAUSED: "warn",
    MailState.SENT: "good",
    MailState.FAILED: "bad",
}
MOMENT = "H:i d/m/Y"
UNBROKEN_CELL = {"td": {"class": "text-nowrap"}}


class NoticeTable(ListTable):
    """A person's inbox, newest first."""

    lasting_columns: ClassVar = frozenset({"title", "read"})

    title = tables.TemplateColumn(
        template_name="notifications/partials/notice.html",
        verbose_name=_("Notice"),
        orderable=False,
        attrs={"td": {"class": "name notice"}},
    )
    kind = tables.Column(_("Kind of notice"), orderable=False)
    at = tables.DateTimeColumn(
        verbose_name=_("When"), format=MOMENT, order_by=("at", "pk"), attrs=UNBROKEN_CELL
    )
    read = tables.TemplateColumn(
        template_name="notifications/partials/notice_read.html",
        accessor="pk",
        verbose_name=_("State"),
        orderable=False,
        attrs=UNBROKEN_CELL,
    )

    class Meta(ListTable.Meta):
        model = Notice
        fields = ("title", "kind", "at", "read")
        order_by = "-at"
        caption = _("Notices in your inbox")

    def render_kind(self, value: str) -> str:
        """The kind in words."""
        return notices.label(value)

    def export_title(self, record: Notice) -> str:
        """Title and text, as they stand."""
        return f"{record.title}\n{record.text}".strip()

    def export_kind(self, record: Notice) -> str:
        """The kind in words."""
        return record.kind_label

    def export_read(self, record: Notice) -> str:
        """Whether it was read."""
        return str(_("already read") if record.read_at else _("new"))


class OutboxMailTable(ListTable):
    """Mails of the portal, newest first: to whom and how far, never what they say."""

    lasting_columns: ClassVar = frozenset({"subject", "state"})

    subject = tables.Column(_("Subject of the mail"), linkify=True, attrs={"td": {"class": "name"}})
    to = tables.Column(_("Recipient"))
    created_at = tables.DateTimeColumn(
        verbose_name=_("Written at"),
        format=MOMENT,
        order_by=("created_at", "pk"),
        attrs=UNBROKEN_CELL,
    )
    state = tables.Column(_("State"), accessor="state", orderable=False)
    attempts = NumberColumn(verbose_name=_("Attempts"))

    class Meta(ListTable.Meta):
        model = OutboxMail
        fields = ("subject", "to", "created_at", "state", "attempts")
        order_by = "-created_at"
        caption = _("Mails of the portal")

    def render_state(self, value: MailState) -> SafeString:
        """The state as a shape and a word."""
        return format_html('<span class="chip chip-{}">{}</span>', CHIPS[value], value.label)

    def export_state(self, record: OutboxMail) -> str:
        """The state in words."""
        return str(record.state.label)
