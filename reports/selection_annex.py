"""The annex of a nomination round: what it selected, by decision or without one yet."""

from collections.abc import Iterable

from accounts.models import User
from enterprises.models import Dossier, Nomination, NominationRound
from enterprises.nomination_selectors import dossiers_listed
from enterprises.nomination_tables import named_by
from programs.models import Instrument
from reports.documents.model import Document
from reports.documents.selection import Decided, Line, selection_document

# Who issues the decision when none is recorded yet.
ISSUER = "Sở Khoa học và Công nghệ"


def decisions_of(one: NominationRound) -> list[Instrument | None]:
    """Return the decisions on what a round selected; ``None`` first where one is still lacking."""
    named = one.dossiers.selected().exclude(decision=None).values("decision")
    recorded = Instrument.objects.filter(pk__in=named).order_by("issued_on", "pk")
    lacking = one.dossiers.selected().filter(decision=None).exists()
    return [*([None] if lacking else []), *recorded]


def annex_of(user: User, one: NominationRound, decision: Instrument | None) -> Document | None:
    """Return the annex to a decision, or to the one that is lacking; nothing without a line."""
    selected = dossiers_listed(user).selected().filter(round=one, decision=decision)
    dossiers = list(selected.order_by("task__position", "enterprise__name", "pk"))
    if not dossiers:
        return None
    decided = Decided(ISSUER)
    if decision is not None:
        decided = Decided(decision.issuer, decision.number, decision.issued_on)
    title = f"Danh sách doanh nghiệp được chọn hỗ trợ – {one.title}"
    return selection_document(title, list(_lines(dossiers)), decided)


def _lines(dossiers: Iterable[Dossier]) -> Iterable[Line]:
    for dossier in dossiers:
        first = _first_of(dossier)
        enterprise, task = dossier.enterprise, dossier.task
        yield Line(
            task=task.code,
            task_text=task.text,
            name=enterprise.name,
            tax_code=enterprise.shown_tax_code,
            place=enterprise.area.name if enterprise.area else "",
            need=first.need,
            named_by=named_by(dossier),
            state=first.state_share or 0,
            enterprise=first.enterprise_share or 0,
        )


def _first_of(dossier: Dossier) -> Nomination:
    """Return the nomination whose words and amounts stand in the list: the first that came."""
    standing = [one for one in dossier.nominations.all() if one.state == "submitted"]
    return min(standing or dossier.nominations.all(), key=lambda one: (one.submitted_at, one.pk))
