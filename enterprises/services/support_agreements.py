"""The agreement on a support case, as this room keeps it.

``budgets`` takes the act: it checks rules and money and calls these inside its transaction, with
the enterprise and the case locked by ``support_cases.taken``.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import User
from enterprises.choices import SupportAct, SupportStage
from enterprises.models import SupportCase
from enterprises.services import support_notices as notices
from enterprises.services.support_cases import AGREEMENT, step, store


def agreement_proposed(*, case: SupportCase, values: Mapping[str, Any], by: User) -> None:
    """Keep what is proposed; it counts nowhere before a second person agrees."""
    if unknown := set(values) - set(AGREEMENT):
        raise ValueError(f"An agreement is not typed with {', '.join(sorted(unknown))}.")
    for name, value in values.items():
        setattr(case, name, value)
    case.agreement_by, case.agreement_at = by, timezone.now()
    case.agreement_returned_at, case.agreement_returned_reason = None, ""
    store(case)
    step(case, SupportAct.AGREEMENT_PROPOSE, by, on=case.agreed_on)
    notices.to_decide(case, SupportAct.AGREE, by)


def agreement_approved(*, case: SupportCase, by: User) -> None:
    """Let the agreement count from its day on."""
    case.agreement_approved_by, case.agreement_approved_at = by, timezone.now()
    case.stage = SupportStage.AGREED
    store(case)
    step(case, SupportAct.AGREE, by, on=case.agreed_on)
    notices.decided(case, SupportAct.AGREE, case.agreement_by)


def agreement_returned(*, case: SupportCase, reason: str, by: User) -> None:
    """Send the proposal back to who entered it."""
    case.agreement_returned_at, case.agreement_returned_reason = timezone.now(), reason
    store(case)
    step(case, SupportAct.AGREEMENT_RETURN, by, reason=reason)
    notices.decided(case, SupportAct.AGREEMENT_RETURN, case.agreement_by, reason)
