"""The tables of the lists of records."""

import datetime as dt
from typing import Any, ClassVar

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.days import day_query
from core.lists import ListTable, NumberColumn
from enterprises import record_policies as policies
from enterprises.approvals import changes_asked, what_is_asked
from enterprises.choices import CertificateState, StandardStatus
from enterprises.kinds import CERTIFICATE, KEY_LIST_ENTRY, PRODUCT, RecordKind
from enterprises.models import Certificate, KeyListEntry, Product, Standard

NAME_CELL = {"td": {"class": "name"}}
UNBROKEN_CELL = {"td": {"class": "text-nowrap"}}
STATE_CHIPS = {
    CertificateState.VALID: "good",
    CertificateState.SUSPENDED: "warn",
    CertificateState.EXPIRED: "none",
    CertificateState.WITHDRAWN: "bad",
    CertificateState.UPCOMING: "info",
}
STATUS_CHIPS = {
    StandardStatus.IN_FORCE: "good",
    StandardStatus.REPLACED: "warn",
    StandardStatus.WITHDRAWN: "none",
}


def chip(kind: str, text: Any) -> SafeString:
    """Return a state as a shape and a word."""
    return format_html('<span class="chip chip-{}">{}</span>', kind, text)


def place_of(enterprise: Any, kind: RecordKind, day: dt.date | None = None) -> str:
    """Return where an enterprise's records of a kind are shown, as at the day of the list."""
    query = day_query(day) if day and day != timezone.localdate() else ""
    return f"{enterprise.get_absolute_url()}{query}#{kind.anchor}"


class AsAtTable(ListTable):
    """A table whose links lead to the pages of enterprises as at its own day."""

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        self.day = day
        super().__init__(*args, **kwargs)


class TruthColumn(tables.Column):
    """Something that is true of a row, or is not."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)

    def render(self, value: bool) -> str | SafeString:  # noqa: FBT001 - the value of a cell
        """Say it in a word."""
        return chip("good", _("yes")) if value else _("no")


class ProductTable(AsAtTable):
    """Products, and what is true of them on the day."""

    lasting_columns: ClassVar = frozenset({"name", "enterprise"})

    name = tables.Column(
        gettext_lazy("Name of the product"),
        attrs=NAME_CELL,
        linkify=lambda record, table: place_of(record.enterprise, PRODUCT, table.day),
    )
    enterprise = tables.Column(
        gettext_lazy("Enterprise"), accessor="enterprise__name", order_by="enterprise__name"
    )
    tax_code = tables.Column(
        gettext_lazy("Tax code"), accessor="enterprise__shown_tax_code", orderable=False
    )
    group = tables.Column(gettext_lazy("Group"))
    bound = TruthColumn(gettext_lazy("Conformity mandatory"), orderable=False)
    listed = TruthColumn(gettext_lazy("On the key list"), orderable=False)
    declared = TruthColumn(gettext_lazy("Standard declared"), orderable=False)
    certified = TruthColumn(gettext_lazy("Conformity certified"), orderable=False)

    class Meta(ListTable.Meta):
        model = Product
        fields = (
            "name", "enterprise", "tax_code", "group", "bound", "listed", "declared", "certified",
        )  # fmt: skip
        caption = gettext_lazy("Products of enterprises")


class KeyListTable(AsAtTable):
    """Entries of the key lists."""

    lasting_columns: ClassVar = frozenset({"holder", "product"})

    holder = tables.Column(
        gettext_lazy("Enterprise"),
        attrs=NAME_CELL,
        linkify=lambda record, table: place_of(
            record.subject_enterprise, KEY_LIST_ENTRY, table.day
        ),
    )
    tax_code = tables.Column(
        gettext_lazy("Tax code"), accessor="subject_enterprise__shown_tax_code", orderable=False
    )
    about = tables.Column(gettext_lazy("Kind"), empty_values=(), orderable=False)
    product = tables.Column(
        gettext_lazy("Name of the product"), accessor="product__name", order_by="product__name"
    )
    valid_from = tables.Column(gettext_lazy("From day"), attrs=UNBROKEN_CELL)
    valid_to = tables.Column(gettext_lazy("To day"), attrs=UNBROKEN_CELL)
    decision_number = tables.Column(gettext_lazy("Number of the decision"))

    class Meta(ListTable.Meta):
        model = KeyListEntry
        fields = (
            "holder", "tax_code", "about", "product", "valid_from", "valid_to", "decision_number",
        )  # fmt: skip
        order_by = "-valid_from"
        caption = gettext_lazy("Key products and key enterprises")

    def render_about(self, record: KeyListEntry) -> str:
        """Whether a product or the enterprise is listed."""
        return _("Product") if record.product_id else _("Enterprise")

    def export_about(self, record: KeyListEntry) -> str:
        """The same in Excel."""
        return self.render_about(record)


class ApprovalTable(ListTable):
    """What waits for a second person, with a box before what this person may approve."""

    lasting_columns: ClassVar = frozenset({"entry", "what", "choose"})

    entry = tables.Column(
        gettext_lazy("On the list"), accessor="pk", attrs=NAME_CELL, orderable=False
    )
    what = tables.Column(
        gettext_lazy("What is asked"), empty_values=(), accessor="pk", orderable=False
    )
    prepared_by = tables.Column(
        gettext_lazy("Prepared by"), accessor="prepared_by__full_name", orderable=False
    )
    prepared_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Prepared at"), format="H:i d/m/Y"
    )
    choose = tables.Column(gettext_lazy("Approve"), empty_values=(), accessor="pk", orderable=False)

    class Meta(ListTable.Meta):
        model = KeyListEntry
        fields = ("entry", "what", "prepared_by", "prepared_at", "choose")
        order_by = "prepared_at"
        caption = gettext_lazy("Entries and changes that wait for a second person")

    def __init__(self, *args: Any, user: Any, all_chosen: bool, **kwargs: Any) -> None:
        self.user, self.all_chosen = user, all_chosen
        super().__init__(*args, **kwargs)

    def render_entry(self, record: KeyListEntry) -> SafeString:
        """What is or shall be on the list, and whose it is."""
        enterprise = record.subject_enterprise
        link = format_html('<a href="{}">{}</a>', place_of(enterprise, KEY_LIST_ENTRY), record)
        if record.product_id is None:
            return link
        return format_html("{}<br><small>{}</small>", link, enterprise.name)

    def render_what(self, record: KeyListEntry) -> SafeString:
        """The act and what it changes."""
        asked = format_html("<b>{}</b>", what_is_asked(record))
        lines = format_html_join(
            "", "<br>{}: {} → {}", ((one.label, one.now, one.then) for one in changes_asked(record))
        )
        if record.proposal and record.proposal["reason"]:
            told = format_html("<br>{}: {}", _("Reason"), record.proposal["reason"])
            return format_html("{}{}{}", asked, lines, told)
        return format_html("{}{}", asked, lines)

    def render_choose(self, record: KeyListEntry) -> SafeString:
        """A box, or why this person may not approve; and the way to return it."""
        decision = policies.can_decide_entry(self.user, record)
        if not decision:
            return format_html("<small>{}</small>", decision.reason)
        return format_html(
            '<div class="form-check"><input class="form-check-input" type="checkbox" name="entry"'
            ' form="approve" id="entry-{pk}" value="{pk}:{version}"{checked}>'
            '<label class="form-check-label" for="entry-{pk}">{approve}'
            '<span class="visually-hidden"> {entry}</span></label></div>'
            '<a href="{url}">{give_back}<span class="visually-hidden"> {entry}</span></a>',
            pk=record.pk,
            version=record.version,
            checked=SafeString(" checked") if self.all_chosen else "",
            approve=_("Approve"),
            entry=record,
            url=reverse("key_list_entry_return", args=[record.pk]),
            give_back=_("Return with a reason"),
        )

    def export_entry(self, record: KeyListEntry) -> str:
        """What is or shall be on the list, and whose it is."""
        return f"{record} – {record.subject_enterprise.name}"

    def export_what(self, record: KeyListEntry) -> str:
        """The act and what it changes, in words."""
        lines = [f"{one.label}: {one.now} → {one.then}" for one in changes_asked(record)]
        return "; ".join([what_is_asked(record), *lines])

    def export_choose(self, record: KeyListEntry) -> None:
        """Nothing is chosen in Excel."""


class CertificateTable(AsAtTable):
    """Certificates and their state on the day."""

    lasting_columns: ClassVar = frozenset({"number", "scheme", "tax_code", "product", "state"})
    first_columns: ClassVar = frozenset({"enterprise", "issued_on", "expires_on"})

    number = tables.Column(
        gettext_lazy("Number of the certificate"),
        linkify=lambda record, table: place_of(record.enterprise, CERTIFICATE, table.day),
    )
    scheme = tables.Column(gettext_lazy("Scheme"), accessor="scheme_label", order_by="scheme")
    enterprise = tables.Column(
        gettext_lazy("Enterprise"),
        accessor="enterprise__name",
        order_by="enterprise__name",
        attrs=NAME_CELL,
    )
    tax_code = tables.Column(
        gettext_lazy("Tax code"), accessor="enterprise__shown_tax_code", orderable=False
    )
    product = tables.Column(
        gettext_lazy("Name of the product"), accessor="product__name", order_by="product__name"
    )
    issuer = tables.Column(pgettext_lazy("certificate", "Issuer"))
    issued_on = tables.Column(pgettext_lazy("certificate", "Issued on"), attrs=UNBROKEN_CELL)
    expires_on = tables.Column(gettext_lazy("Expires on"), attrs=UNBROKEN_CELL)
    withdrawn_on = tables.Column(gettext_lazy("Withdrawn on"), attrs=UNBROKEN_CELL)
    state = tables.Column(gettext_lazy("State"), orderable=False)

    class Meta(ListTable.Meta):
        model = Certificate
        fields = (
            "number", "scheme", "enterprise", "tax_code", "product", "issuer", "issued_on",
            "expires_on", "withdrawn_on", "state",
        )  # fmt: skip
        order_by = "-issued_on"
        caption = gettext_lazy("Certificates of enterprises")

    def render_state(self, value: str) -> SafeString:
        """The state as a shape and a word."""
        state = CertificateState(value)
        return chip(STATE_CHIPS[state], state.label)

    def export_state(self, record: Any) -> str:
        """The state in words."""
        return str(CertificateState(record.state).label)


class StandardTable(ListTable):
    """The repository of standards."""

    lasting_columns: ClassVar = frozenset({"number"})

    number = tables.Column(gettext_lazy("Number of the standard"), attrs=NAME_CELL, linkify=True)
    title = tables.Column(gettext_lazy("Title"))
    kind = tables.Column(gettext_lazy("Kind"))
    status = tables.Column(gettext_lazy("Status"))
    replaced_by = tables.Column(
        gettext_lazy("Replaced by"), accessor="replaced_by__number", order_by="replaced_by__number"
    )
    declared = NumberColumn(verbose_name=gettext_lazy("Declarations"), orderable=False)
    certified = NumberColumn(verbose_name=gettext_lazy("Certificates"), orderable=False)

    class Meta(ListTable.Meta):
        model = Standard
        fields = ("number", "title", "kind", "status", "replaced_by", "declared", "certified")
        caption = gettext_lazy("Standards and technical regulations")

    def render_status(self, record: Standard) -> SafeString:
        """The status as a shape and a word."""
        status = StandardStatus(record.status)
        return chip(STATUS_CHIPS[status], status.label)

    def export_kind(self, record: Standard) -> str:
        """The kind in words."""
        return str(record.get_kind_display())

    def export_status(self, record: Standard) -> str:
        """The status in words."""
        return str(record.get_status_display())


class ToolTable(ListTable):
    """The catalogue of tools."""

    lasting_columns: ClassVar = frozenset({"name"})

    name = tables.Column(gettext_lazy("Name of the tool"), attrs=NAME_CELL)
    aliases = tables.Column(gettext_lazy("Other names"), orderable=False)
    used = NumberColumn(verbose_name=gettext_lazy("Enterprises that use it"), orderable=False)

    class Meta(ListTable.Meta):
        fields = ("name", "aliases", "used")
        caption = gettext_lazy("Tools for productivity and quality")

    def __init__(self, *args: Any, may_edit: bool, **kwargs: Any) -> None:
        self.may_edit = may_edit
        super().__init__(*args, **kwargs)

    def render_name(self, record: Any) -> str | SafeString:
        """The name, for whoever keeps the catalogue with the way to correct it."""
        if not self.may_edit:
            return str(record.name)
        url = reverse("improvement_tool_edit", args=[record.pk])
        return format_html('<a href="{}">{}</a>', url, record.name)

    def render_aliases(self, value: list[str]) -> str:
        """The names in one line."""
        return ", ".join(value)

    def export_aliases(self, record: Any) -> str:
        """The names in one line."""
        return ", ".join(record.aliases)
