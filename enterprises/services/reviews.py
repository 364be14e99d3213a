"""Acts of the review. What is done to several dossiers at once is done to all of them or none."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.errors import DomainError
from core.versions import StaleVersionError, take
from enterprises import nomination_policies as policies
from enterprises.choices import DossierState, NominationAct, NominationState
from enterprises.mend_fields import MEND_FIELDS
from enterprises.models import Dossier, Nomination, ReviewerConflict
from enterprises.nomination_selectors import already_supported
from enterprises.services import nomination_notices as notices
from enterprises.services.nominations import settle_dossier, step, taken
from enterprises.services.records import lock
from enterprises.services.support_cases import support_case_open

Asked = Iterable[tuple[Dossier, int | None]]


@transaction.atomic
def dossier_shortlist(*, asked: Asked, by: User, reason: str = "") -> list[Dossier]:
    """Put dossiers on the shortlist."""
    return _review(asked, NominationAct.SHORTLIST, by, reason)


@transaction.atomic
def dossier_propose(*, asked: Asked, by: User, reason: str = "") -> list[Dossier]:
    """Propose that shortlisted enterprises be selected; a second person decides."""
    return _review(asked, NominationAct.PROPOSE, by, reason)


@transaction.atomic
def dossier_take_back(*, asked: Asked, by: User, reason: str) -> list[Dossier]:
    """Put proposed selections back on the shortlist, with a reason."""
    return _review(asked, NominationAct.TAKE_BACK, by, reason)


@transaction.atomic
def dossier_select(*, asked: Asked, by: User, reason: str = "") -> list[Dossier]:
    """Confirm proposed selections: a lead who has not proposed them."""
    return _review(asked, NominationAct.SELECT, by, reason)


@transaction.atomic
def dossier_refuse(*, asked: Asked, by: User, reason: str) -> list[Dossier]:
    """Do not select enterprises; the reason is told to who nominated them."""
    return _review(asked, NominationAct.REFUSE, by, reason)


@transaction.atomic
def nomination_return(
    *,
    nomination: Nomination,
    reason: str,
    fields: Iterable[str],
    mend_by: dt.date,
    version: int | None,
    by: User,
) -> Nomination:
    """Send a nomination back to be mended: why, which fields, until which day."""
    if nomination.dossier is None:
        policies.can_return(by, nomination).require()
        raise ValueError("The policy lets drafts pass.")
    dossier = _locked_dossier(nomination.dossier.pk)
    try:
        nomination = taken(nomination, version)
    except StaleVersionError as error:
        raise DomainError(what_changed(dossier)) from error
    policies.can_return(by, nomination).require()
    fields = [name for name in MEND_FIELDS if name in set(fields)]
    _check_return(reason, fields, mend_by)
    nomination.state = NominationState.RETURNED
    nomination.mend_reason, nomination.mend_fields = reason.strip(), fields
    nomination.mend_by = mend_by
    nomination.save()
    change = (NominationState.SUBMITTED, NominationState.RETURNED)
    step(
        dossier,
        NominationAct.RETURN,
        by,
        nomination=nomination,
        change=change,
        reason=nomination.mend_reason,
        fields=fields,
        mend_by=mend_by,
    )
    settle_dossier(dossier)
    notices.returned(nomination)
    after = {"mend_fields": fields, "mend_by": mend_by}
    record(act="nomination_return", by=by, target=nomination, after=after, reason=reason)
    return nomination


@transaction.atomic
def conflict_declare(*, dossier: Dossier, reason: str, by: User) -> ReviewerConflict:
    """Declare an interest in an enterprise: from now on the person takes no part in its review.

    A selection that the person has proposed goes back to the shortlist.
    """
    dossier = _locked_dossier(dossier.pk)
    policies.can_declare_conflict(by, dossier).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say in what the conflict lies.")})
    conflict = ReviewerConflict(dossier=dossier, reviewer=by, reason=reason.strip())
    conflict.save()
    before = dossier.state
    if dossier.state == DossierState.PROPOSED and dossier.proposed_by_id == by.pk:
        dossier.state = DossierState.SHORTLISTED
        dossier.proposed_by, dossier.proposed_at = None, None
    dossier.save()
    change = (before, dossier.state)
    step(dossier, NominationAct.CONFLICT, by, change=change, reason=conflict.reason)
    record(act="conflict_declare", by=by, target=dossier, reason=conflict.reason)
    return conflict


def _review(asked: Asked, act: NominationAct, by: User, reason: str) -> list[Dossier]:
    reason = reason.strip()
    if policies.REVIEW_ACTS[act].needs_reason and not reason:
        raise ValidationError({"reason": _("Say why.")})
    # Two who review at once lock the dossiers in the same order.
    chosen = sorted(asked, key=lambda pair: pair[0].pk)
    if not chosen:
        raise DomainError(_("Tick at least one dossier."))
    if act == NominationAct.SELECT:
        # Support begins: what an enterprise is given is decided one after another.
        for dossier, _version in sorted(chosen, key=lambda pair: pair[0].enterprise_id):
            lock(dossier.enterprise)
    done = [_reviewed(dossier, version, act, by, reason) for dossier, version in chosen]
    notices.reviewed(done, act, by)
    return done


def _reviewed(
    dossier: Dossier, version: int | None, act: NominationAct, by: User, reason: str
) -> Dossier:
    rows = Dossier.objects.select_related("enterprise", "task", "round", "proposed_by")
    try:
        dossier = take(rows.prefetch_related("conflicts"), dossier.pk, version)
    except StaleVersionError as error:
        raise DomainError(what_changed(dossier)) from error
    policies.can_review_by(by, dossier, act).require()
    if act == NominationAct.SELECT:
        _require_support_possible(dossier)
    now, before = timezone.now(), dossier.state
    dossier.state = policies.REVIEW_ACTS[act].target
    dossier.reason = reason
    if act == NominationAct.PROPOSE:
        dossier.proposed_by, dossier.proposed_at = by, now
    if act in {NominationAct.SELECT, NominationAct.REFUSE}:
        dossier.decided_by, dossier.decided_at = by, now
    dossier.save()
    if act == NominationAct.SELECT:
        support_case_open(dossier=dossier, by=by)
    step(dossier, act, by, change=(before, dossier.state), reason=reason)
    record(
        act=f"dossier_{act}",
        by=by,
        target=dossier,
        before={"state": before},
        after={"state": str(dossier.state)},
        reason=reason,
    )
    return dossier


def _require_support_possible(dossier: Dossier) -> None:
    """Refuse who ended, or was selected for the task in another round, since the nomination."""
    enterprise = dossier.enterprise
    if enterprise.ended_on and enterprise.ended_on <= timezone.localdate():
        told = _("%(name)s ended on %(day)s: it cannot be selected. Do not select it, with reason.")
        values = {"name": enterprise, "day": f"{enterprise.ended_on:%d/%m/%Y}"}
        raise DomainError(told % values)
    if already_supported(enterprise, dossier.task):
        told = _(
            "%(name)s has been selected for support of task %(task)s already. Do not select it "
            "once more."
        )
        raise DomainError(told % {"name": enterprise, "task": dossier.task.code})


def what_changed(dossier: Dossier) -> str:
    """Tell who came too late what has become of a dossier meanwhile."""
    last = dossier.steps.select_related("by").last()
    now = Dossier.objects.get(pk=dossier.pk)
    told = _(
        "“%(what)s” was changed since you opened the page: %(person)s, %(time)s, “%(act)s”. It "
        "stands at “%(state)s” now. Nothing of yours was done: look at it again."
    )
    local = timezone.localtime(last.at) if last else timezone.localtime()
    values = {
        "what": dossier,
        "person": last.by.full_name if last and last.by else "–",
        "time": f"{local:%H:%M %d/%m/%Y}",
        "act": last.get_act_display() if last else "–",
        "state": DossierState(now.state).label,
    }
    return told % values


def _locked_dossier(pk: int) -> Dossier:
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("enterprise", "task")
    return rows.get(pk=pk)


def _check_return(reason: str, fields: list[str], mend_by: dt.date) -> None:
    wrong = {}
    if not reason.strip():
        wrong["reason"] = _("Say why it is returned.")
    if not fields:
        wrong["fields_to_mend"] = _("Tick at least one field that is to be mended.")
    if mend_by < timezone.localdate():
        wrong["until"] = _("Choose today or a later day.")
    if wrong:
        raise ValidationError(wrong)
