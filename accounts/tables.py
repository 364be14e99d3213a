"""The tables of the room ``accounts``."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2.utils import Accessor

from accounts.history import MOMENT, kind_label
from accounts.models import Membership
from accounts.selectors import AccessState
from audit.models import Entry
from core.lists import ListTable
from core.registers import acts

CHIPS = {
    AccessState.ACTIVE: "good",
    AccessState.IDLE: "warn",
    AccessState.UPCOMING: "info",
    AccessState.DISABLED: "none",
    AccessState.CLOSED: "none",
}
UNBROKEN_CELL = {"td": {"class": "text-nowrap"}}


def yes_or_no(value: object) -> str:
    """Say it in a word."""
    return gettext("yes") if value else gettext("no")


class EntryTable(ListTable):
    """Entries of the history, sorted by time only: no other order has an index."""

    lasting_columns: ClassVar = frozenset({"at", "act"})

    at = tables.DateTimeColumn(
        verbose_name=_("When"),
        format=MOMENT,
        linkify=("entry_detail", [Accessor("pk")]),
        order_by=("at", "pk"),
        attrs=UNBROKEN_CELL,
    )
    actor_name = tables.Column(_("Who"), orderable=False)
    act = tables.Column(_("Act"), orderable=False)
    target = tables.Column(_("Record"), accessor="target_label", orderable=False, empty_values=())
    reason = tables.Column(_("Reason"), orderable=False)

    class Meta(ListTable.Meta):
        model = Entry
        fields = ("at", "actor_name", "act", "target", "reason")
        order_by = "-at"
        caption = _("Entries of the audit trail")

    def render_act(self, value: str) -> str:
        """The act in words."""
        return acts.label(value)

    def render_target(self, record: Entry) -> str | SafeString:
        """The record as it was called then, and of which kind it is."""
        if not record.target_type:
            return self.default
        kind = kind_label(record.target_type)
        return format_html("{}<br><small>{}</small>", record.target_label, kind)

    def export_act(self, record: Entry) -> str:
        """The act in words."""
        return acts.label(record.act)

    def export_target(self, record: Entry) -> str:
        """The record and its kind on one line."""
        kind = kind_label(record.target_type)
        return f"{kind}: {record.target_label}" if kind else ""


class AccessTable(ListTable):
    """Who holds which right."""

    lasting_columns: ClassVar = frozenset({"person", "role", "state"})

    person = tables.Column(
        capfirst(_("full name")), accessor="user__full_name", order_by="user__full_name"
    )
    email = tables.Column(_("E-mail address"), accessor="user__email", order_by="user__email")
    role = tables.Column(_("Role"))
    organisation = tables.Column(
        _("Organisation"), accessor="organisation__name", order_by="organisation__name"
    )
    valid_from = tables.Column(_("From day"), attrs=UNBROKEN_CELL)
    valid_to = tables.Column(_("To day"), attrs=UNBROKEN_CELL)
    last_login = tables.DateTimeColumn(
        verbose_name=_("Last seen"),
        accessor="user__last_login",
        format="H:i d/m/Y",
        order_by="user__last_login",
    )
    second_factor = tables.BooleanColumn(verbose_name=_("Second factor"))
    state = tables.Column(_("State"), orderable=False)

    class Meta(ListTable.Meta):
        model = Membership
        fields = (
            "person", "email", "role", "organisation", "valid_from", "valid_to", "last_login",
            "second_factor", "state",
        )  # fmt: skip
        order_by = "person"
        caption = _("Who holds which right")

    def render_second_factor(self, record: Any) -> str:
        """Yes or no."""
        return yes_or_no(record.second_factor)

    def export_second_factor(self, record: Any) -> str:
        """Yes or no."""
        return yes_or_no(record.second_factor)

    def render_state(self, value: str) -> SafeString:
        """The state as a shape and a word."""
        state = AccessState(value)
        return format_html('<span class="chip chip-{}">{}</span>', CHIPS[state], state.label)

    def export_role(self, record: Membership) -> str:
        """The role in words."""
        return str(record.get_role_display())

    def export_state(self, record: Any) -> str:
        """The state in words."""
        return str(AccessState(record.state).label)
