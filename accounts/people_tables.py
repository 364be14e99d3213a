"""The tables of people and invitations."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_tables2.utils import Accessor

from accounts.choices import InvitationState
from accounts.models import Invitation, User
from accounts.selectors import UserState, roles_text
from accounts.tables import UNBROKEN_CELL, yes_or_no
from core.lists import ListTable

MOMENT = "H:i d/m/Y"
USER_CHIPS = {
    UserState.ACTIVE: "good",
    UserState.NO_ROLE: "warn",
    UserState.IDLE: "warn",
    UserState.DISABLED: "none",
    UserState.CLOSED: "none",
}
INVITATION_CHIPS = {
    InvitationState.SENT: "info",
    InvitationState.ACCEPTED: "good",
    InvitationState.EXPIRED: "warn",
    InvitationState.WITHDRAWN: "none",
}


def chip(kind: str, text: Any) -> SafeString:
    """A state as a shape and a word."""
    return format_html('<span class="chip chip-{}">{}</span>', kind, text)


class UserTable(ListTable):
    """People who have an account."""

    lasting_columns: ClassVar = frozenset({"full_name", "state"})

    full_name = tables.Column(capfirst(_("full name")), linkify=("user_detail", [Accessor("pk")]))
    email = tables.Column(_("E-mail address"))
    roles = tables.Column(_("Roles today"), empty_values=(), orderable=False)
    second_factor = tables.BooleanColumn(verbose_name=_("Second factor"))
    last_login = tables.DateTimeColumn(verbose_name=_("Last seen"), format=MOMENT)
    state = tables.Column(_("State"), orderable=False, accessor="state_now")

    class Meta(ListTable.Meta):
        model = User
        fields = ("full_name", "email", "roles", "second_factor", "last_login", "state")
        order_by = "full_name"
        caption = _("People who have an account")

    def render_roles(self, record: Any) -> str:
        """What the person may do today."""
        return roles_text(record.held_today) or self.default

    def render_second_factor(self, record: Any) -> str:
        """Yes or no."""
        return yes_or_no(record.second_factor)

    def render_state(self, value: str) -> SafeString:
        """The state as a shape and a word."""
        state = UserState(value)
        return chip(USER_CHIPS[state], state.label)

    def export_roles(self, record: Any) -> str:
        """What the person may do today."""
        return roles_text(record.held_today)

    def export_second_factor(self, record: Any) -> str:
        """Yes or no."""
        return yes_or_no(record.second_factor)

    def export_state(self, record: Any) -> str:
        """The state in words."""
        return str(UserState(record.state_now).label)


class InvitationTable(ListTable):
    """Who was invited to what."""

    lasting_columns: ClassVar = frozenset({"full_name", "state"})

    full_name = tables.Column(
        capfirst(_("full name")), linkify=("invitation_detail", [Accessor("pk")])
    )
    email = tables.Column(_("E-mail address"))
    role = tables.Column(_("Role"))
    organisation = tables.Column(
        _("Organisation"), accessor="organisation__name", order_by="organisation__name"
    )
    sent_at = tables.DateTimeColumn(
        verbose_name=capfirst(_("sent at")), format=MOMENT, attrs=UNBROKEN_CELL
    )
    expires_at = tables.DateTimeColumn(
        verbose_name=capfirst(_("expires at")), format=MOMENT, attrs=UNBROKEN_CELL
    )
    state = tables.Column(_("State"), orderable=False, accessor="state_now")

    class Meta(ListTable.Meta):
        model = Invitation
        fields = ("full_name", "email", "role", "organisation", "sent_at", "expires_at", "state")
        order_by = "-sent_at"
        caption = _("Invitations")
        empty_text = _("Invite the first person; they get a link by mail.")

    def render_state(self, value: str) -> SafeString:
        """The state as a shape and a word."""
        state = InvitationState(value)
        return chip(INVITATION_CHIPS[state], state.label)

    def export_role(self, record: Invitation) -> str:
        """The role in words."""
        return str(record.get_role_display())

    def export_state(self, record: Any) -> str:
        """The state in words."""
        return str(InvitationState(record.state_now).label)
