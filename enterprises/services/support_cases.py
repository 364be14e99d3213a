"""The acts on support cases. The agreement is an act of the room above, which knows the money.

Each act locks the enterprise, then the case: what an enterprise is given is agreed on and merged
one after another. Business dates are inclusive and never lie ahead.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.versions import take
from enterprises import support_policies as policies
from enterprises.choices import SupportAct, SupportStage
from enterprises.models import Dossier, SupportCase, SupportMilestone, SupportStep
from enterprises.models.support_cases import OUTCOMES
from enterprises.services import support_notices as notices
from enterprises.services.changes import told
from enterprises.services.constraints import check, races_told
from enterprises.services.records import lock
from enterprises.support_outcomes import held_on

AGREEMENT = ("agreement_number", "agreed_on", "due_on", "state_share", "enterprise_share")
ACCEPTANCE = ("acceptance_number", "accepted_on", *OUTCOMES, "result")
# Where what a constraint says stands in a form.
PLACES = {
    "support_case_amounts": "state_share",
    "support_case_agreed_on_in_order": "agreed_on",
    "support_case_started_on_in_order": "on",
    "support_case_accepted_on_in_order": "accepted_on",
    "support_case_closed_on_in_order": "on",
    "support_case_cancelled_on_in_order": "on",
    "support_case_one_outcome": "outcome",
}


def support_case_open(*, dossier: Dossier, by: User) -> SupportCase:
    """Open the case of an enterprise that was selected just now, in the act of the selection."""
    case = SupportCase(
        enterprise=dossier.enterprise,
        task=dossier.task,
        dossier=dossier,
        selected_on=timezone.localdate(),
        recorded_by=by,
    )
    store(case)
    step(case, SupportAct.SELECT, by, on=case.selected_on)
    record(act="support_case_open", by=by, target=case, after={"selected_on": case.selected_on})
    return case


@transaction.atomic
def support_case_start(
    *, case: SupportCase, on: dt.date, version: int | None, by: User
) -> SupportCase:
    """Note the day on which the work began.

    No acceptance is before the beginning: such a day of an earlier entry or list goes. A later one
    stays in the form, to be corrected.
    """
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.START).require()
    not_ahead("on", on)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {"started_on": on}
    if case.accepted_on and case.accepted_on < on:
        before["accepted_on"], after["accepted_on"] = case.accepted_on, None
        case.accepted_on = None
    case.started_on, case.stage = on, SupportStage.IN_PROGRESS
    store(case)
    step(case, SupportAct.START, by, on=on)
    record(act="support_case_start", by=by, target=case, before=before, after=after)
    return case


@transaction.atomic
def support_case_acceptance_propose(
    *, case: SupportCase, values: Mapping[str, Any], version: int | None, by: User
) -> SupportCase:
    """Enter the acceptance record with its outcome; a second person accepts.

    Raises ``ValidationError`` at the field to correct.
    """
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.ACCEPTANCE_PROPOSE).require()
    for name in OUTCOMES:
        setattr(case, name, None)
    _assign(case, values, ACCEPTANCE)
    _check_acceptance(case)
    case.acceptance_by, case.acceptance_at = by, timezone.now()
    case.acceptance_returned_at, case.acceptance_returned_reason = None, ""
    store(case)
    step(case, SupportAct.ACCEPTANCE_PROPOSE, by, on=case.accepted_on)
    after = told(case, ACCEPTANCE)
    record(act="support_case_acceptance_propose", by=by, target=case, after=after)
    notices.to_decide(case, SupportAct.ACCEPT, by)
    return case


@transaction.atomic
def support_case_accept(*, case: SupportCase, version: int | None, by: User) -> SupportCase:
    """Accept what was proposed: from its day on the enterprise counts in the task."""
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.ACCEPT).require()
    _check_acceptance(case)
    case.acceptance_approved_by, case.acceptance_approved_at = by, timezone.now()
    case.stage = SupportStage.ACCEPTED
    store(case)
    step(case, SupportAct.ACCEPT, by, on=case.accepted_on)
    after = told(case, ACCEPTANCE)
    record(act="support_case_accept", by=by, target=case, after=after)
    notices.decided(case, SupportAct.ACCEPT, case.acceptance_by)
    return case


@transaction.atomic
def support_case_acceptance_return(
    *, case: SupportCase, reason: str, version: int | None, by: User
) -> SupportCase:
    """Send a proposed acceptance back to who entered it, with a reason."""
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.ACCEPTANCE_RETURN).require()
    reason = said(reason)
    case.acceptance_returned_at, case.acceptance_returned_reason = timezone.now(), reason
    store(case)
    step(case, SupportAct.ACCEPTANCE_RETURN, by, reason=reason)
    record(act="support_case_acceptance_return", by=by, target=case, reason=reason)
    notices.decided(case, SupportAct.ACCEPTANCE_RETURN, case.acceptance_by, reason)
    return case


@transaction.atomic
def support_case_close(
    *, case: SupportCase, on: dt.date, version: int | None, by: User
) -> SupportCase:
    """Close a case on which nothing is left to do."""
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.CLOSE).require()
    not_ahead("on", on)
    case.closed_on, case.stage = on, SupportStage.CLOSED
    store(case)
    step(case, SupportAct.CLOSE, by, on=on)
    record(act="support_case_close", by=by, target=case, after={"closed_on": on})
    return case


@transaction.atomic
def support_case_cancel(
    *, case: SupportCase, on: dt.date, reason: str, version: int | None, by: User
) -> SupportCase:
    """End a case without an acceptance, from a day on and with a reason; who nominated is told."""
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.CANCEL).require()
    not_ahead("on", on)
    reason = said(reason)
    case.cancelled_on, case.cancelled_reason = on, reason
    store(case)
    step(case, SupportAct.CANCEL, by, on=on, reason=reason)
    after = {"cancelled_on": on}
    record(act="support_case_cancel", by=by, target=case, after=after, reason=reason)
    notices.ended(case, SupportAct.CANCEL, reason)
    return case


@transaction.atomic
def support_case_step_back(
    *, case: SupportCase, reason: str, version: int | None, by: User
) -> SupportCase:
    """Take back the last step, which was entered wrongly: the case stands where it stood before.

    What was proposed before an agreement or acceptance stays in the form, to be corrected.
    """
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.STEP_BACK).require()
    reason = said(reason)
    before = {"stage": case.state.value}
    match case.stage:
        case SupportStage.AGREED:
            case.agreement_approved_by, case.agreement_approved_at = None, None
            case.agreement_returned_at, case.agreement_returned_reason = timezone.now(), reason
        case SupportStage.IN_PROGRESS:
            case.started_on = None
        case SupportStage.ACCEPTED:
            case.acceptance_approved_by, case.acceptance_approved_at = None, None
            case.acceptance_returned_at, case.acceptance_returned_reason = timezone.now(), reason
        case SupportStage.CLOSED:
            case.closed_on = None
    case.stage -= 1
    case.corrected_at = timezone.now()
    store(case)
    step(case, SupportAct.STEP_BACK, by, reason=reason)
    after = {"stage": case.state.value}
    record(
        act="support_case_step_back", by=by, target=case, before=before, after=after, reason=reason
    )
    return case


@transaction.atomic
def support_case_void(
    *, case: SupportCase, reason: str, version: int | None, by: User
) -> SupportCase:
    """Void a case that never was: it leaves every date."""
    case = taken(case, version)
    policies.can_act(by, case, SupportAct.VOID).require()
    case.voided_at, case.voided_by, case.voided_reason = timezone.now(), by, said(reason)
    store(case)
    step(case, SupportAct.VOID, by, reason=case.voided_reason)
    before = {"stage": case.state.value}
    record(act="support_case_void", by=by, target=case, before=before, reason=case.voided_reason)
    return case


# --- Milestones -------------------------------------------------------------------------------


@transaction.atomic
def support_milestone_add(
    *, case: SupportCase, title: str, due_on: dt.date, by: User
) -> SupportMilestone:
    """Plan a step of the work."""
    case = taken(case, None)
    policies.can_keep_milestones(by, case).require()
    milestone = SupportMilestone(case=case, title=title, due_on=due_on, recorded_by=by)
    milestone.full_clean()
    milestone.save()
    after = told(milestone, ("title", "due_on"))
    record(act="support_milestone_add", by=by, target=milestone, after=after)
    return milestone


@transaction.atomic
def support_milestone_done(
    *, milestone: SupportMilestone, on: dt.date, version: int | None, by: User
) -> SupportMilestone:
    """Note the day on which a step of the work was done."""
    milestone = _taken_milestone(milestone, version)
    policies.can_finish_milestone(by, milestone).require()
    not_ahead("on", on)
    milestone.done_on = on
    milestone.save()
    record(act="support_milestone_done", by=by, target=milestone, after={"done_on": on})
    return milestone


@transaction.atomic
def support_milestone_void(
    *, milestone: SupportMilestone, reason: str, version: int | None, by: User
) -> SupportMilestone:
    """Take a step of the work out, with a reason."""
    milestone = _taken_milestone(milestone, version)
    policies.can_finish_milestone(by, milestone).require()
    milestone.voided_at, milestone.voided_by = timezone.now(), by
    milestone.voided_reason = said(reason)
    milestone.save()
    before = told(milestone, ("title", "due_on"))
    reason = milestone.voided_reason
    record(act="support_milestone_void", by=by, target=milestone, before=before, reason=reason)
    return milestone


def _taken_milestone(milestone: SupportMilestone, version: int | None) -> SupportMilestone:
    lock(milestone.case.enterprise)
    rows = SupportMilestone.objects.select_related("case__task", "case__enterprise")
    return take(rows, milestone.pk, version)


# --- Parts of acts ----------------------------------------------------------------------------


def taken(case: SupportCase, version: int | None) -> SupportCase:
    """Lock the enterprise, then the case as it is now, with what the policies look at."""
    lock(case.enterprise)
    rows = SupportCase.objects.select_related("enterprise", "task__phase", *OUTCOMES)
    return take(rows, case.pk, version)


def store(case: SupportCase) -> None:
    """Check what the database would refuse, and save."""
    check(case, PLACES)
    with races_told(case, PLACES):
        case.save()


def step(
    case: SupportCase, act: SupportAct, by: User, *, on: dt.date | None = None, reason: str = ""
) -> None:
    """Keep for ever who took which step, when and why."""
    SupportStep(case=case, act=act, on=on, reason=reason, by=by).save()


def said(reason: str) -> str:
    """Return a reason that says something."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    return reason.strip()


def not_ahead(name: str, day: dt.date | None) -> None:
    """Refuse a day that lies ahead: what is noted has happened."""
    if day is None:
        raise ValidationError({name: _("Fill this in.")})
    if day > timezone.localdate():
        raise ValidationError({name: _("This day lies ahead; note it when it has come.")})


def _assign(case: SupportCase, values: Mapping[str, Any], names: tuple[str, ...]) -> None:
    if unknown := set(values) - set(names):
        raise ValueError(f"A support case is not typed with {', '.join(sorted(unknown))}.")
    for name, value in values.items():
        setattr(case, name, value)


def _check_acceptance(case: SupportCase) -> None:
    """Refuse an acceptance ahead, before the beginning, or without an outcome of that day."""
    not_ahead("accepted_on", case.accepted_on)
    if not case.acceptance_number:
        raise ValidationError({"acceptance_number": _("Fill this in.")})
    if case.started_on and case.accepted_on and case.accepted_on < case.started_on:
        told_so = _("The work began on %(day)s; the acceptance cannot be earlier.")
        values = {"day": f"{case.started_on:%d/%m/%Y}"}
        raise ValidationError({"accepted_on": told_so % values})
    named = [name for name in OUTCOMES if getattr(case, name)]
    if len(named) != 1 or case.accepted_on is None:
        raise ValidationError(
            {
                "outcome": _(
                    "Name the one outcome of the support: a certificate, a declaration, a tool or "
                    "a project of this enterprise."
                )
            }
        )
    if refused := held_on(case, named[0], case.accepted_on).reason:
        raise ValidationError({"outcome": refused})
