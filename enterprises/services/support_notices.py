"""Telling people what became of support cases, inside the act that it is about."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.holders import people_with_role
from accounts.models import User
from enterprises.choices import SupportAct
from enterprises.models import SupportCase
from enterprises.nomination_selectors import nominators_of
from notifications.services import notice_send

TO_DECIDE = "support_to_decide"
DECIDED = "support_decided"
OUTCOME = "support_outcome"


def to_decide(case: SupportCase, act: SupportAct, by: User) -> None:
    """Leads who may decide are told of what was proposed."""
    leads = people_with_role(timezone.localdate(), Role.PROGRAMME_LEAD)
    told = {
        SupportAct.AGREE: _("Agreement to approve: %(case)s"),
        SupportAct.ACCEPT: _("Acceptance to approve: %(case)s"),
    }[act]
    text = _("Proposed by %(person)s.") % {"person": by.full_name}
    _tell(TO_DECIDE, (lead for lead in leads if lead.pk != by.pk), told, case, text)


def decided(case: SupportCase, act: SupportAct, proposer: User | None, reason: str = "") -> None:
    """Who proposed is told of the decision; of an acceptance also who nominated."""
    told = {
        SupportAct.AGREE: _("Agreement approved: %(case)s"),
        SupportAct.AGREEMENT_RETURN: _("Agreement returned: %(case)s"),
        SupportAct.ACCEPT: _("Accepted: %(case)s"),
        SupportAct.ACCEPTANCE_RETURN: _("Acceptance returned: %(case)s"),
    }[act]
    _tell(DECIDED, [proposer] if proposer else [], told, case, reason)
    if act == SupportAct.ACCEPT:
        ended(case, act)


def ended(case: SupportCase, act: SupportAct, reason: str = "") -> None:
    """Who nominated the enterprise is told how the support ended."""
    if case.dossier is None:
        return
    told = {
        SupportAct.ACCEPT: _("Support accepted: %(case)s"),
        SupportAct.CANCEL: _("Support cancelled: %(case)s"),
    }[act]
    named = case.dossier.nominations.standing().values_list("organisation", flat=True)
    _tell(OUTCOME, nominators_of(named.distinct()), told, case, reason)


def _tell(kind: str, to: Iterable[User], title: str, case: SupportCase, text: str) -> None:
    people = list(to)
    url = case.get_absolute_url()
    notice_send(kind=kind, to=people, title=title % {"case": case}, text=text, url=url)
