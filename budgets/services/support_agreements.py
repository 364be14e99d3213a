"""The agreement on a support case: who pays what, within the rules of support.

Proposed by one person and approved by another. The rules in force on the day of the agreement are
asked at the proposal and again at the approval, when the enterprise is locked: what enterprises
are given is agreed on one case after another, so no two agreements pass a ceiling together.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.errors import DomainError
from core.money import format_vnd
from enterprises import support_policies as policies
from enterprises.choices import SupportAct
from enterprises.models import SupportCase
from enterprises.services.changes import told
from enterprises.services.support_agreements import (
    agreement_approved,
    agreement_proposed,
    agreement_returned,
)
from enterprises.services.support_cases import AGREEMENT, not_ahead, said, taken
from enterprises.support_limits import Amounts, broken_rules, sentence


@transaction.atomic
def support_agreement_propose(
    *,
    case: SupportCase,
    values: Mapping[str, Any],
    total: int,
    version: int | None,
    by: User,
) -> SupportCase:
    """Propose who pays what (VND); a second person approves it.

    ``total`` is what the agreement says is paid in all; both shares must add up to it. Raises
    ``ValidationError`` at the field to correct.
    """
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.AGREEMENT_PROPOSE).require()
    amounts = _checked(values, total)
    _check_days(case, values)
    if found := broken_rules(case, amounts, values["agreed_on"]):
        raise ValidationError({"state_share": sentence(found)})
    agreement_proposed(case=case, values=values, by=by)
    after = told(case, AGREEMENT)
    record(act="support_agreement_propose", by=by, target=case, after=after)
    return case


@transaction.atomic
def support_agreement_approve(*, case: SupportCase, version: int | None, by: User) -> SupportCase:
    """Approve what was proposed, unless a rule or another agreement stands in the way by now."""
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.AGREE).require()
    if case.state_share is None or case.enterprise_share is None or case.agreed_on is None:
        raise ValueError("A proposed agreement has amounts and a day.")
    amounts = Amounts(case.state_share, case.enterprise_share)
    if found := broken_rules(case, amounts, case.agreed_on):
        raise DomainError(sentence(found))
    agreement_approved(case=case, by=by)
    record(act="support_agreement_approve", by=by, target=case, after=told(case, AGREEMENT))
    return case


@transaction.atomic
def support_agreement_return(
    *, case: SupportCase, reason: str, version: int | None, by: User
) -> SupportCase:
    """Send a proposed agreement back to who entered it, with a reason."""
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.AGREEMENT_RETURN).require()
    reason = said(reason)
    agreement_returned(case=case, reason=reason, by=by)
    record(act="support_agreement_return", by=by, target=case, reason=reason)
    return case


def _checked(values: Mapping[str, Any], total: int) -> Amounts:
    missing = [name for name in AGREEMENT if name != "due_on" and values.get(name) in (None, "")]
    if missing:
        raise ValidationError({name: _("Fill this in.") for name in missing})
    amounts = Amounts(values["state_share"], values["enterprise_share"])
    if amounts.total != total:
        told_so = _(
            "State budget and capital of the enterprise add up to %(sum)s đồng, not to %(total)s "
            "đồng; correct one of the three."
        )
        told_values = {"sum": format_vnd(amounts.total), "total": format_vnd(total)}
        raise ValidationError({"total": told_so % told_values})
    if total <= 0:
        raise ValidationError({"total": _("What is agreed on is above zero.")})
    return amounts


def _check_days(case: SupportCase, values: Mapping[str, Any]) -> None:
    agreed_on, due_on = values["agreed_on"], values.get("due_on")
    not_ahead("agreed_on", agreed_on)
    if agreed_on < case.selected_on:
        told_so = _("The enterprise was selected on %(day)s; the agreement cannot be earlier.")
        raise ValidationError({"agreed_on": told_so % {"day": f"{case.selected_on:%d/%m/%Y}"}})
    if due_on and due_on < agreed_on:
        raise ValidationError({"due_on": _("Choose the day of the agreement or a later one.")})
