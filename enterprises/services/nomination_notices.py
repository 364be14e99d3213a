"""Telling people what became of rounds and nominations, inside the act that it is about."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.holders import people_with_role
from accounts.models import User
from enterprises.choices import NominationAct
from enterprises.models import Dossier, Nomination, NominationRound, RoundExtension
from enterprises.nomination_selectors import nominators_of
from notifications.services import notice_send

ROUND = "nomination_round"
TO_REVIEW = "nomination_to_review"
TO_DECIDE = "nomination_to_decide"
RETURNED = "nomination_returned"
OUTCOME = "nomination_outcome"


def _today(role: Role) -> list[User]:
    """Return who holds the role today, or stands in for a lead."""
    return people_with_role(timezone.localdate(), role)


def round_opened(one: NominationRound) -> None:
    """Every unit officer is told that a round takes nominations."""
    told = _("“%(round)s” takes nominations from %(first)s to %(last)s")
    days = {"first": f"{one.opens_on:%d/%m/%Y}", "last": f"{one.closes_on:%d/%m/%Y}"}
    title = told % {"round": one, **days}
    _tell(
        ROUND,
        _today(Role.UNIT_OFFICER),
        title,
        one.criteria,
        one.get_absolute_url(),
    )


def round_extended(extension: RoundExtension) -> None:
    """Every unit officer is told of the later day."""
    told = _("“%(round)s” takes nominations until %(last)s now")
    one = extension.round
    title = told % {"round": one, "last": f"{extension.closes_to:%d/%m/%Y}"}
    _tell(
        ROUND,
        _today(Role.UNIT_OFFICER),
        title,
        extension.reason,
        one.get_absolute_url(),
    )


def round_closed(one: NominationRound) -> None:
    """Whoever nominated or has a draft is told that the round is closed."""
    named = one.nominations.values_list("organisation", flat=True).distinct()
    title = _("“%(round)s” is closed") % {"round": one}
    _tell(ROUND, nominators_of(named), title, one.closed_reason, one.get_absolute_url())


def submitted(nomination: Nomination, *, again: bool) -> None:
    """The officers who review are told of what came in."""
    told = _("Mended: %(what)s") if again else _("Nominated: %(what)s")
    title = told % {"what": nomination}
    officers = _today(Role.PROGRAMME_OFFICER)
    text = str(nomination.organisation)
    _tell(TO_REVIEW, officers, title, text, _page(nomination.dossier))


def withdrawn(nomination: Nomination, reason: str) -> None:
    """The officers who review are told that a nomination is gone."""
    title = _("Withdrawn: %(what)s") % {"what": nomination}
    text = f"{nomination.organisation}: {reason}"
    _tell(
        TO_REVIEW,
        _today(Role.PROGRAMME_OFFICER),
        title,
        text,
        _page(nomination.dossier),
    )


def returned(nomination: Nomination) -> None:
    """The nominating organisation is told what to mend and by when."""
    told = _("Mend by %(day)s: %(what)s")
    title = told % {"day": f"{nomination.mend_by:%d/%m/%Y}", "what": nomination}
    people = nominators_of([nomination.organisation_id])
    _tell(RETURNED, people, title, nomination.mend_reason, nomination.get_absolute_url())


def reviewed(dossiers: Iterable[Dossier], act: NominationAct, by: User) -> None:
    """Whoever a step of the review concerns is told of it."""
    dossiers = list(dossiers)
    match act:
        case NominationAct.PROPOSE:
            _proposed(dossiers, by)
        case NominationAct.TAKE_BACK:
            for dossier in dossiers:
                title = _("Proposal taken back: %(what)s") % {"what": dossier}
                people = [dossier.proposed_by] if dossier.proposed_by else []
                _tell(TO_REVIEW, people, title, dossier.reason, _page(dossier))
        case _other:
            for dossier in dossiers:
                _outcome(dossier, act)


def _proposed(dossiers: list[Dossier], by: User) -> None:
    """Leads who may confirm are told once for all that was proposed together."""
    leads = [lead for lead in _today(Role.PROGRAMME_LEAD) if lead.pk != by.pk]
    for dossier in dossiers:
        title = _("Selection to confirm: %(what)s") % {"what": dossier}
        free = [one for one in leads if one.pk not in _in_conflict(dossier)]
        text = _("Proposed by %(person)s.") % {"person": by.full_name}
        _tell(TO_DECIDE, free, title, text, _page(dossier))


def _in_conflict(dossier: Dossier) -> set[int]:
    return {conflict.reviewer_id for conflict in dossier.conflicts.all()}


def _outcome(dossier: Dossier, act: NominationAct) -> None:
    words = {
        NominationAct.SHORTLIST: _("Shortlisted: %(what)s"),
        NominationAct.SELECT: _("Selected: %(what)s"),
        NominationAct.REFUSE: _("Not selected: %(what)s"),
    }
    text = dossier.reason if act == NominationAct.REFUSE else ""
    for nomination in dossier.nominations.standing().select_related("task", "enterprise"):
        people = nominators_of([nomination.organisation_id])
        title = words[act] % {"what": nomination}
        _tell(OUTCOME, people, title, text, nomination.get_absolute_url())


def _page(dossier: Dossier | None) -> str:
    return reverse("dossier_detail", args=[dossier.pk]) if dossier else ""


def _tell(kind: str, to: Iterable[User], title: str, text: str, url: str) -> None:
    notice_send(kind=kind, to=to, title=title, text=text, url=url)
