"""The table of support cases."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lists import ListTable, NumberColumn
from core.numbers import format_number
from enterprises.choices import SupportStage, SupportState
from enterprises.models import SupportCase
from enterprises.record_tables import NAME_CELL, UNBROKEN_CELL, chip
from enterprises.support_outcomes import label_of

STATE_CHIPS = {
    SupportState.SELECTED: "info",
    SupportState.AGREED: "info",
    SupportState.IN_PROGRESS: "warn",
    SupportState.ACCEPTED: "good",
    SupportState.CLOSED: "good",
    SupportState.CANCELLED: "none",
}


class SupportCaseTable(ListTable):
    """Cases, as they stood on the day of the list."""

    lasting_columns: ClassVar = frozenset({"enterprise"})
    first_columns: ClassVar = frozenset(
        {"task", "state", "begun_on", "accepted_on", "state_share", "enterprise_share"}
    )

    enterprise = tables.Column(
        gettext_lazy("Enterprise"),
        accessor="enterprise__name",
        order_by="enterprise__name",
        linkify=lambda record: record.get_absolute_url(),
        attrs=NAME_CELL,
    )
    tax_code = tables.Column(
        gettext_lazy("Tax code"),
        accessor="enterprise__shown_tax_code",
        orderable=False,
        attrs=UNBROKEN_CELL,
    )
    area = tables.Column(gettext_lazy("Commune, ward"), accessor="enterprise__area__name")
    task = tables.Column(
        gettext_lazy("Task"), accessor="task__code", order_by="task__position", attrs=UNBROKEN_CELL
    )
    state = tables.Column(
        gettext_lazy("State"), accessor="state_then", order_by="state_then", empty_values=()
    )
    selected_on = tables.DateColumn(verbose_name=gettext_lazy("Selected on"), format="d/m/Y")
    begun_on = tables.DateColumn(verbose_name=gettext_lazy("Begun on"), format="d/m/Y")
    due_on = tables.DateColumn(verbose_name=gettext_lazy("To be accepted by"), format="d/m/Y")
    accepted_on = tables.DateColumn(verbose_name=gettext_lazy("Accepted on"), format="d/m/Y")
    state_share = NumberColumn(verbose_name=gettext_lazy("State budget (VND)"))
    enterprise_share = NumberColumn(verbose_name=gettext_lazy("Capital of the enterprise (VND)"))
    outcome = tables.Column(
        gettext_lazy("Outcome"), accessor="pk", orderable=False, empty_values=()
    )

    class Meta(ListTable.Meta):
        model = SupportCase
        fields = (
            "enterprise", "tax_code", "area", "task", "state", "selected_on", "begun_on", "due_on",
            "accepted_on", "state_share", "enterprise_share", "outcome",
        )  # fmt: skip
        order_by = "-begun_on"
        caption = gettext_lazy("Support cases")

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        self.day = day
        super().__init__(*args, **kwargs)

    def render_state(self, record: SupportCase) -> SafeString:
        """The state as a shape and a word, and what is to be known of it."""
        state = SupportState(record.state_then)
        return chip(STATE_CHIPS[state], self.export_state(record))

    def export_state(self, record: SupportCase) -> str:
        """The state in words."""
        state = SupportState(record.state_then)
        accepted = state in {SupportState.ACCEPTED, SupportState.CLOSED}
        if accepted and not record.counts_in_phase:
            return _("%(state)s outside the phase") % {"state": state.label}
        return str(state.label)

    def render_accepted_on(self, record: SupportCase) -> str:
        """The day, where the case was accepted by the day of the list."""
        return self._accepted_on(record) or self.default

    def export_accepted_on(self, record: SupportCase) -> Any:
        """The day, where the case was accepted by the day of the list."""
        return record.accepted_on if self._accepted_on(record) else None

    def _accepted_on(self, record: SupportCase) -> str:
        accepted = {SupportState.ACCEPTED, SupportState.CLOSED}
        if record.state_then in accepted and record.accepted_on:
            return f"{record.accepted_on:%d/%m/%Y}"
        return ""

    def render_state_share(self, record: SupportCase) -> str:
        """The amount, once it was agreed on."""
        return self._amount(record, record.state_share)

    def export_state_share(self, record: SupportCase) -> int | None:
        """The amount, once it was agreed on."""
        return record.state_share if self._is_agreed(record) else None

    def render_enterprise_share(self, record: SupportCase) -> str:
        """The amount, once it was agreed on."""
        return self._amount(record, record.enterprise_share)

    def export_enterprise_share(self, record: SupportCase) -> int | None:
        """The amount, once it was agreed on."""
        return record.enterprise_share if self._is_agreed(record) else None

    def _amount(self, record: SupportCase, amount: int | None) -> str:
        agreed = self._is_agreed(record) and amount is not None
        return format_number(amount) if agreed and amount is not None else self.default

    def _is_agreed(self, record: SupportCase) -> bool:
        return bool(record.agreed_on and record.agreed_on <= self.day) and (
            record.stage >= SupportStage.AGREED
        )

    def render_outcome(self, record: SupportCase) -> str:
        """The certificate, declaration, tool or project."""
        return self.export_outcome(record) or self.default

    def export_outcome(self, record: SupportCase) -> str:
        """The certificate, declaration, tool or project."""
        accepted = {SupportState.ACCEPTED, SupportState.CLOSED}
        return label_of(record.outcome) if record.outcome and record.state_then in accepted else ""
