"""What the page of an enterprise shows of its records, as at the day that the page is asked for.

Each function takes the request and the enterprise and returns the variables of its template.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.requests import UserRequest
from core.calendar import reporting_year
from core.numbers import format_percent
from enterprises import kinds, productivity
from enterprises import record_policies as policies
from enterprises.approvals import changes_asked, what_is_asked
from enterprises.charts import line_chart
from enterprises.choices import ApprovalState, CertificateState
from enterprises.kinds import Record, RecordKind
from enterprises.models import (
    Certificate,
    CertificateSuspension,
    Enterprise,
    KeyListEntry,
    ProductivityYear,
    StandardDeclaration,
    Surveillance,
)
from enterprises.record_selectors import products_at
from enterprises.timeline import timeline

PERCENT_PLACES = 1
APPROVAL_CHIPS = {
    ApprovalState.NEW: "warn",
    ApprovalState.NEW_RETURNED: "bad",
    ApprovalState.CHANGE: "warn",
    ApprovalState.CHANGE_RETURNED: "bad",
}


@dataclass(frozen=True, slots=True)
class State:
    """A state as a shape and a word."""

    chip: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A way to an act on a record."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A record with its state on the day and what this person may do with it."""

    record: Record
    state: State | None
    links: list[Link]


def day_of(request: UserRequest) -> dt.date:
    """Return the day as at which the page shows the enterprise."""
    day: dt.date | None = getattr(request, "as_at", None)
    return day or timezone.localdate()


class Desk:
    """What one person may do with the records of one enterprise."""

    def __init__(self, request: UserRequest, enterprise: Enterprise) -> None:
        self.enterprise = enterprise
        self.day = day_of(request)
        self.decision = policies.can_record(request.user, enterprise)

    def adding(self, *offered: RecordKind) -> list[Link]:
        """Return the ways to add records of these kinds."""
        return [
            Link(reverse(f"{kind.name}_add", args=[self.enterprise.pk]), str(kind.label))
            for kind in offered
            if self.decision
        ]

    def links(self, kind: RecordKind, record: Record) -> list[Link]:
        """Return what may be done with a record."""
        if not self.decision:
            return []
        where = [self.enterprise.pk, record.pk]
        acts = [("edit", _("Correct"))]
        if kind.end_fields and getattr(record, kind.end_date) is None:
            acts.append(("end", _("Withdraw") if kind is kinds.CERTIFICATE else _("End")))
        acts.append(("void", pgettext("link", "Void")))
        return [Link(reverse(f"{kind.name}_{act}", args=where), label) for act, label in acts]

    def row(self, kind: RecordKind, record: Record, state: State | None = None) -> Row:
        """Return a record as the panel shows it."""
        return Row(record, state, self.links(kind, record))

    def dated(self, kind: RecordKind) -> list[Row]:
        """Return the records of a kind begun by the day, those that hold first."""
        rows = kind.model.objects.standing().filter(
            enterprise=self.enterprise, valid_from__lte=self.day
        )
        if kind is kinds.TOOL_ADOPTION:
            rows = rows.select_related("tool")
        found = [self.row(kind, record, self.span_state(record)) for record in rows]
        return sorted(found, key=lambda row: row.record.valid_to is not None)

    def span_state(self, record: Record) -> State:
        """Return whether a record holds on the day or has ended."""
        if record.valid_to is None or record.valid_to >= self.day:
            return State("good", _("going on"))
        return State("none", _("ended"))


def products(request: UserRequest, enterprise: Enterprise) -> dict[str, Any]:
    """Products, the key lists they stand on, and the standards they are declared to meet."""
    desk = Desk(request, enterprise)
    declared = (
        StandardDeclaration.objects.declared_by(desk.day)
        .filter(product__enterprise=enterprise)
        .select_related("product", "standard")
    )
    entries = (
        KeyListEntry.objects.standing()
        .filter(Q(enterprise=enterprise) | Q(product__enterprise=enterprise))
        .filter(Q(valid_from__lte=desk.day) | Q(approved_at__isnull=True))
        .select_related("enterprise", "product", "instrument", "returned_by")
    )
    rows = products_at(request.user, desk.day).filter(enterprise=enterprise)
    return {
        "day": desk.day,
        "decision": desk.decision,
        "adding": desk.adding(kinds.PRODUCT, kinds.KEY_LIST_ENTRY, kinds.DECLARATION),
        "products": [desk.row(kinds.PRODUCT, product) for product in rows],
        "entries": [_entry(desk, entry) for entry in entries],
        "declarations": [
            desk.row(kinds.DECLARATION, one, _declared(one, desk.day)) for one in declared
        ],
    }


def _declared(declaration: StandardDeclaration, day: dt.date) -> State:
    if declaration.expires_on and declaration.expires_on < day:
        return State("none", str(CertificateState.EXPIRED.label))
    return State("good", str(CertificateState.VALID.label))


@dataclass(frozen=True, slots=True)
class EntryRow(Row):
    """An entry of a key list with what waits for a second person."""

    asked: str
    changes: list[Any]
    drop_url: str


def _entry(desk: Desk, entry: KeyListEntry) -> EntryRow:
    state = desk.span_state(entry)
    approval = entry.approval
    if approval in APPROVAL_CHIPS:
        state = State(APPROVAL_CHIPS[approval], str(approval.label))
    drop = ""
    if desk.decision and entry.proposal:
        drop = reverse("key_list_entry_drop_change", args=[entry.pk])
    return EntryRow(
        record=entry,
        state=state,
        links=desk.links(kinds.KEY_LIST_ENTRY, entry),
        asked=what_is_asked(entry) if entry.proposal else "",
        changes=list(changes_asked(entry)),
        drop_url=drop,
    )


def certificates(request: UserRequest, enterprise: Enterprise) -> dict[str, Any]:
    """Certificates issued by the day on a timeline, with what happened to them."""
    desk = Desk(request, enterprise)
    known = CertificateSuspension.objects.standing().filter(valid_from__lte=desk.day)
    audits = Surveillance.objects.standing()
    issued: list[Any] = list(
        Certificate.objects.issued_by(desk.day)
        .filter(enterprise=enterprise)
        .with_state_at(desk.day)
        .select_related("product", "standard")
        .order_by("issued_on", "pk")
        .prefetch_related(
            Prefetch("suspensions", known, to_attr="known_suspensions"),
            Prefetch("surveillances", audits, to_attr="known_surveillances"),
        )
    )
    rows = [_certificate(desk, place, one) for place, one in enumerate(issued, start=1)]
    return {
        "day": desk.day,
        "decision": desk.decision,
        "adding": desk.adding(kinds.CERTIFICATE, kinds.SUSPENSION, kinds.SURVEILLANCE)
        if issued
        else desk.adding(kinds.CERTIFICATE),
        "certificates": rows,
        "valid": sum(one.state == CertificateState.VALID for one in issued),
        "timeline": timeline(issued, desk.day) if issued else None,
    }


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate with its place on the timeline and what happened to it."""

    place: int
    record: Any
    state: str
    links: list[Link]
    suspensions: list[Row]
    surveillances: list[Row]


def _certificate(desk: Desk, place: int, one: Any) -> CertificateRow:
    return CertificateRow(
        place,
        one,
        one.state,
        desk.links(kinds.CERTIFICATE, one),
        [desk.row(kinds.SUSPENSION, part) for part in one.known_suspensions],
        [desk.row(kinds.SURVEILLANCE, part) for part in one.known_surveillances],
    )


def tools_and_projects(request: UserRequest, enterprise: Enterprise) -> dict[str, Any]:
    """Tools in use and projects begun by the day."""
    desk = Desk(request, enterprise)
    return {
        "day": desk.day,
        "decision": desk.decision,
        "adding": desk.adding(kinds.TOOL_ADOPTION, kinds.PROJECT),
        "tools": desk.dated(kinds.TOOL_ADOPTION),
        "projects": desk.dated(kinds.PROJECT),
    }


@dataclass(frozen=True, slots=True)
class YearRow:
    """The productivity of a year, and its growth since the base year in percent."""

    record: ProductivityYear
    labour_productivity: float
    capital_productivity: float
    growths: list[str]
    links: list[Link]


FACTORS = ("labour", "capital", "tfp")


def productivity_years(request: UserRequest, enterprise: Enterprise) -> dict[str, Any]:
    """Productivity by year, with its growth since the base year."""
    desk = Desk(request, enterprise)
    known = kinds.PRODUCTIVITY_YEAR.records_of(enterprise).standing()
    years: list[ProductivityYear] = list(
        known.filter(year__lte=reporting_year(desk.day)).order_by("year")
    )
    base = next((year for year in years if year.is_base), None)
    shares = productivity.shares_on(desk.day)
    later = [year for year in years if base and year.year >= base.year]
    grown = {year.pk: productivity.growths(base, year, shares) for year in later if base}
    series = {factor: [getattr(grown[year.pk], factor) for year in later] for factor in FACTORS}
    return {
        "day": desk.day,
        "decision": desk.decision,
        "adding": desk.adding(kinds.PRODUCTIVITY_YEAR),
        "years": [_year(desk, year, grown.get(year.pk)) for year in years],
        "base": base,
        "last": later[-1] if len(later) > 1 else None,
        "sentence": _grown_sentence(base, later, grown),
        "shares": {"bk": float(shares.bk), "bl": float(shares.bl)},
        "chart": line_chart([year.year for year in later], series),
    }


def _year(desk: Desk, year: ProductivityYear, grown: productivity.Growths | None) -> YearRow:
    return YearRow(
        year,
        float(productivity.labour_productivity(year) / 1_000_000),
        float(productivity.capital_productivity(year)),
        ["–" if grown is None or year.is_base else _percent(value) for value in grown or FACTORS],
        desk.links(kinds.PRODUCTIVITY_YEAR, year),
    )


def _percent(value: Any) -> str:
    return "–" if value is None else format_percent(float(100 * value), PERCENT_PLACES)


def _grown_sentence(base: Any, later: list[Any], grown: dict[int, Any]) -> str:
    if len(later) < 2:
        return ""
    last = later[-1]
    words = {name: _percent(getattr(grown[last.pk], name)) for name in FACTORS}
    told = _(
        "%(year)d against %(base)d: labour productivity %(labour)s, capital productivity "
        "%(capital)s, TFP %(tfp)s."
    )
    return told % {"year": last.year, "base": base.year, **words}


def standing(request: UserRequest, enterprise: Enterprise) -> dict[str, Any]:
    """Recognitions, award entries and the network, as known by the day."""
    desk = Desk(request, enterprise)
    recognised = kinds.RECOGNITION.records_of(enterprise).standing()
    entered = kinds.AWARD_ENTRY.records_of(enterprise).standing()
    return {
        "day": desk.day,
        "decision": desk.decision,
        "adding": desk.adding(kinds.RECOGNITION, kinds.AWARD_ENTRY, kinds.NETWORK_MEMBERSHIP),
        "recognitions": _rows(
            desk,
            kinds.RECOGNITION,
            recognised.filter(recognised_on__lte=desk.day).select_related("instrument"),
        ),
        "awards": _rows(
            desk, kinds.AWARD_ENTRY, entered.filter(year__lte=reporting_year(desk.day))
        ),
        "memberships": desk.dated(kinds.NETWORK_MEMBERSHIP),
    }


def figures(request: UserRequest, enterprise: Enterprise) -> dict[str, Any]:
    """Labour, revenue and capital by year."""
    desk = Desk(request, enterprise)
    known = kinds.FIGURES.records_of(enterprise).standing()
    return {
        "day": desk.day,
        "decision": desk.decision,
        "adding": desk.adding(kinds.FIGURES),
        "figures": _rows(desk, kinds.FIGURES, known.filter(year__lte=reporting_year(desk.day))),
    }


def _rows(desk: Desk, kind: RecordKind, records: Iterable[Record]) -> list[Row]:
    return [desk.row(kind, record) for record in records]
