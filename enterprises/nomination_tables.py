"""The tables of rounds, nominations and dossiers."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.lists import ListTable, NumberColumn
from enterprises import nomination_policies as policies
from enterprises.choices import DossierState, NominationState, RoundState
from enterprises.models import Dossier, Nomination, NominationRound
from enterprises.models.nominations import STANDING
from enterprises.record_tables import NAME_CELL, UNBROKEN_CELL, chip

ROUND_CHIPS = {
    RoundState.PREPARED: "none",
    RoundState.UPCOMING: "info",
    RoundState.OPEN: "good",
    RoundState.OVER: "warn",
    RoundState.CLOSED: "none",
}
STATE_CHIPS: dict[str, str] = {
    NominationState.DRAFT: "none",
    NominationState.SUBMITTED: "info",
    NominationState.RETURNED: "warn",
    NominationState.WITHDRAWN: "none",
    DossierState.WAITING: "info",
    DossierState.SHORTLISTED: "info",
    DossierState.PROPOSED: "warn",
    DossierState.SELECTED: "good",
    DossierState.NOT_SELECTED: "bad",
}


class RoundTable(ListTable):
    """Rounds, with what has come in."""

    lasting_columns: ClassVar = frozenset({"title"})

    title = tables.Column(gettext_lazy("Nomination round"), linkify=True, attrs=NAME_CELL)
    state = tables.Column(gettext_lazy("State"), empty_values=(), orderable=False)
    opens_on = tables.DateColumn(verbose_name=gettext_lazy("Opens on"), format="d/m/Y")
    closes_on = tables.DateColumn(verbose_name=gettext_lazy("Closes on"), format="d/m/Y")
    review_by = tables.DateColumn(verbose_name=gettext_lazy("Reviewed by"), format="d/m/Y")
    quota = NumberColumn(verbose_name=gettext_lazy("Quota of each organisation"))
    nominated = NumberColumn(verbose_name=gettext_lazy("Nominated"), orderable=False)
    selected = NumberColumn(verbose_name=gettext_lazy("Selected"), orderable=False)

    class Meta(ListTable.Meta):
        model = NominationRound
        fields = (
            "title", "state", "opens_on", "closes_on", "review_by", "quota", "nominated",
            "selected",
        )  # fmt: skip
        order_by = "-opens_on"
        caption = gettext_lazy("Nomination rounds")

    def render_state(self, record: NominationRound) -> SafeString:
        """The state as a shape and a word."""
        return chip(ROUND_CHIPS[record.state], record.state.label)

    def export_state(self, record: NominationRound) -> str:
        """The state in words."""
        return str(record.state.label)


class NominationTable(ListTable):
    """Nominations as who nominated sees them."""

    lasting_columns: ClassVar = frozenset({"enterprise"})
    first_columns: ClassVar = frozenset({"task", "round", "organisation", "expected_cost", "state"})

    enterprise = tables.Column(
        gettext_lazy("Enterprise"),
        accessor="enterprise_name",
        order_by="enterprise__name",
        linkify=True,
        attrs=NAME_CELL,
    )
    tax_code = tables.Column(
        gettext_lazy("Tax code"), accessor="shown_tax_code", orderable=False, attrs=UNBROKEN_CELL
    )
    task = tables.Column(
        gettext_lazy("Task"), accessor="task__code", order_by="task__position", attrs=UNBROKEN_CELL
    )
    round = tables.Column(gettext_lazy("Nomination round"), accessor="round__title")
    organisation = tables.Column(gettext_lazy("Nominated by"), accessor="organisation__name")
    expected_cost = NumberColumn(verbose_name=gettext_lazy("Expected cost (VND)"))
    state_share = NumberColumn(verbose_name=gettext_lazy("State budget (VND)"))
    enterprise_share = NumberColumn(verbose_name=gettext_lazy("Capital of the enterprise (VND)"))
    letter_number = tables.Column(gettext_lazy("Official letter"), orderable=False)
    submitted_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Submitted at"), format="H:i d/m/Y"
    )
    state = tables.Column(gettext_lazy("State"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Nomination
        fields = (
            "enterprise", "tax_code", "task", "round", "organisation", "expected_cost",
            "state_share", "enterprise_share", "letter_number", "submitted_at", "state",
        )  # fmt: skip
        order_by = "-submitted_at"
        caption = gettext_lazy("Nominations")

    def render_state(self, record: Nomination) -> SafeString:
        """The state as a shape and a word."""
        state = record.standing_state
        return chip(STATE_CHIPS[state], state.label)

    def export_state(self, record: Nomination) -> str:
        """The state in words."""
        return str(record.standing_state.label)


class DossierTable(ListTable):
    """The queue of the review, with a box before what this person may act on."""

    lasting_columns: ClassVar = frozenset({"enterprise", "choose"})
    first_columns: ClassVar = frozenset({"task", "named_by", "cost", "due", "state"})

    enterprise = tables.Column(
        gettext_lazy("Enterprise"),
        accessor="enterprise__name",
        order_by="enterprise__name",
        linkify=lambda record: record.get_absolute_url(),
        attrs=NAME_CELL,
    )
    tax_code = tables.Column(
        gettext_lazy("Tax code"), accessor="enterprise__shown_tax_code", orderable=False
    )
    task = tables.Column(
        gettext_lazy("Task"), accessor="task__code", order_by="task__position", attrs=UNBROKEN_CELL
    )
    round = tables.Column(gettext_lazy("Nomination round"), accessor="round__title")
    named_by = tables.Column(gettext_lazy("Nominated by"), accessor="pk", orderable=False)
    cost = NumberColumn(
        verbose_name=gettext_lazy("Expected cost (VND)"), accessor="pk", orderable=False
    )
    submitted_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Submitted at"), format="H:i d/m/Y"
    )
    due = tables.DateColumn(
        verbose_name=gettext_lazy("Due"),
        accessor="round__review_by",
        order_by="round__review_by",
        format="d/m/Y",
    )
    state = tables.Column(gettext_lazy("State"))
    choose = tables.Column(gettext_lazy("Choose"), empty_values=(), accessor="pk", orderable=False)

    class Meta(ListTable.Meta):
        model = Dossier
        fields = (
            "enterprise", "tax_code", "task", "round", "named_by", "cost", "submitted_at", "due",
            "state", "choose",
        )  # fmt: skip
        order_by = ("due", "submitted_at")
        caption = gettext_lazy("Dossiers under review")

    def __init__(self, *args: Any, user: Any, all_chosen: bool, **kwargs: Any) -> None:
        self.user, self.all_chosen = user, all_chosen
        super().__init__(*args, **kwargs)

    def render_named_by(self, record: Dossier) -> str:
        """Every organisation whose nomination stands."""
        return named_by(record) or self.default

    def export_named_by(self, record: Dossier) -> str:
        """Every organisation whose nomination stands."""
        return named_by(record)

    def render_cost(self, record: Dossier) -> str:
        """What was asked for; each sum, where organisations ask for different ones."""
        return " / ".join(cost_of(record)) or self.default

    def export_cost(self, record: Dossier) -> str:
        """What was asked for."""
        return " / ".join(cost_of(record))

    def render_state(self, record: Dossier) -> SafeString:
        """The state as a shape and a word."""
        state = DossierState(record.state)
        return chip(STATE_CHIPS[state], state.label)

    def export_state(self, record: Dossier) -> str:
        """The state in words."""
        return str(DossierState(record.state).label)

    def export_choose(self, record: Dossier) -> None:
        """A box is nothing to export."""
        return

    def render_choose(self, record: Dossier) -> SafeString:
        """A box, or why this person takes no step."""
        acts = list(policies.possible_acts(self.user, record))
        if not any(decision for _act, decision in acts):
            reason = next((decision.reason for _act, decision in acts), self.default)
            return format_html("<small>{}</small>", reason)
        return format_html(
            '<div class="form-check"><input class="form-check-input" type="checkbox" name="dossier"'
            ' form="review" id="dossier-{pk}" value="{pk}:{version}"{checked}>'
            '<label class="form-check-label" for="dossier-{pk}">{choose}'
            '<span class="visually-hidden"> {what}</span></label></div>',
            pk=record.pk,
            version=record.version,
            checked=" checked" if self.all_chosen else "",
            choose=_("Choose"),
            what=record,
        )


def named_by(dossier: Dossier) -> str:
    """Return every organisation whose nomination stands, on one line."""
    standing = (n for n in dossier.nominations.all() if n.state in STANDING)
    return "; ".join(dict.fromkeys(str(one.organisation) for one in standing))


def cost_of(dossier: Dossier) -> list[str]:
    """Return the costs that were asked for, each once."""
    standing = (n for n in dossier.nominations.all() if n.state in STANDING)
    costs = dict.fromkeys(one.expected_cost for one in standing)
    return [f"{cost:,}".replace(",", ".") for cost in costs if cost is not None]
