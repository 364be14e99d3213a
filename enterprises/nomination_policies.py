"""Who may do what with nomination rounds, nominations and their review."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Organisation, User
from core.decisions import Decision
from enterprises.choices import DossierState, NominationAct, NominationState, RoundState
from enterprises.models import Dossier, Nomination, NominationBatch, NominationRound
from enterprises.models.rounds import REVIEWERS
from enterprises.models.scope import scope_of

State = DossierState
UNDER_REVIEW = (State.WAITING, State.SHORTLISTED, State.PROPOSED)
UNDECIDED = (*UNDER_REVIEW, State.RETURNED)


@dataclass(frozen=True, slots=True)
class ReviewAct:
    """An act of the review: from which states, to which, whether it needs a reason."""

    act: NominationAct
    sources: frozenset[State]
    target: State
    needs_reason: bool = False


REVIEW_ACTS = {
    one.act: one
    for one in (
        ReviewAct(NominationAct.SHORTLIST, frozenset({State.WAITING}), State.SHORTLISTED),
        ReviewAct(NominationAct.PROPOSE, frozenset({State.SHORTLISTED}), State.PROPOSED),
        ReviewAct(NominationAct.SELECT, frozenset({State.PROPOSED}), State.SELECTED),
        ReviewAct(
            NominationAct.TAKE_BACK,
            frozenset({State.PROPOSED}),
            State.SHORTLISTED,
            needs_reason=True,
        ),
        ReviewAct(
            NominationAct.REFUSE,
            frozenset(UNDER_REVIEW),
            State.NOT_SELECTED,
            needs_reason=True,
        ),
    )
}


# --- Rounds -----------------------------------------------------------------------------------


def can_see_rounds(user: User) -> Decision:
    """Whoever nominates, reviews or leads the province."""
    return Decision.when(
        user.has_role(*REVIEWERS, Role.UNIT_OFFICER, Role.LEADERSHIP),
        _("Nomination rounds are not part of your work here."),
    )


def can_review(user: User) -> Decision:
    """Programme officers and leads of the Department and its branch."""
    return Decision.when(
        user.has_role(*REVIEWERS),
        _("Only programme officers and leads of the Department run rounds and review."),
    )


def can_read_review(user: User) -> Decision:
    """The reviewers and, to read, the leadership: a dossier shows who else nominated."""
    return Decision.when(
        user.has_role(*REVIEWERS, Role.LEADERSHIP),
        _("The review is the work of the Department; you see your own nominations."),
    )


def can_edit_round(user: User, one: NominationRound) -> Decision:
    """A reviewer, until the round is opened."""
    if one.opened_at:
        told = _("The round is open: its days change by an extension, the rest no longer.")
        return Decision.no(told)
    return can_review(user)


def can_open(user: User, one: NominationRound) -> Decision:
    """A reviewer, once, while there is a day left to nominate."""
    if one.opened_at:
        return Decision.no(_("The round was opened already."))
    if one.closes_on < timezone.localdate():
        return Decision.no(_("The day on which it closes has passed; correct the days first."))
    return can_review(user)


def can_extend(user: User, one: NominationRound) -> Decision:
    """A reviewer, after the opening and until somebody closes the round."""
    if not one.opened_at:
        return Decision.no(_("The round is not open yet: correct its days instead."))
    if one.closed_at:
        return Decision.no(_("The round was closed; open another one for what came late."))
    return can_review(user)


def can_close(user: User, one: NominationRound) -> Decision:
    """A reviewer, once, after the opening."""
    if not one.opened_at:
        return Decision.no(_("The round is not open yet: nothing is to be closed."))
    if one.closed_at:
        return Decision.no(_("The round was closed already."))
    return can_review(user)


def can_record_decision(user: User, one: NominationRound) -> Decision:
    """A reviewer, when something was selected that no decision names yet."""
    if not one.dossiers.selected().filter(decision__isnull=True).exists():
        told = _("Nothing is selected that no decision names; confirm selections first.")
        return Decision.no(told)
    return can_review(user)


# --- Nominations ------------------------------------------------------------------------------


def organisations_of(user: User) -> list[Organisation]:
    """Return the organisations in whose name the person nominates today."""
    return [m.organisation for m in user.current_memberships if m.role == Role.UNIT_OFFICER]


def takes_nominations(one: NominationRound, day: dt.date) -> Decision:
    """Whether the round takes nominations on the day."""
    match one.state_at(day):
        case RoundState.OPEN:
            return Decision.yes()
        case RoundState.CLOSED:
            told = _("The round “%(round)s” is closed; wait for the next one.")
        case RoundState.OVER:
            told = _(
                "The round “%(round)s” took nominations until %(last)s. Ask the Department to "
                "extend it, or wait for the next one; your draft is kept."
            )
        case _other:
            told = _("The round “%(round)s” takes nominations from %(first)s on.")
    days = {"first": f"{one.opens_on:%d/%m/%Y}", "last": f"{one.closes_on:%d/%m/%Y}"}
    return Decision.no(told % {"round": one, **days})


def can_nominate(user: User, one: NominationRound) -> Decision:
    """A unit officer, while the round takes nominations."""
    if not organisations_of(user):
        told = _("Officers of departments and communes nominate; you have no such role.")
        return Decision.no(told)
    return takes_nominations(one, timezone.localdate())


def _is_own(user: User, nomination: Nomination) -> Decision:
    return Decision.when(
        user.has_role(Role.UNIT_OFFICER)
        and nomination.organisation_id in scope_of(user).organisations,
        _("Only officers of the nominating organisation do this."),
    )


def can_edit_nomination(user: User, nomination: Nomination) -> Decision:
    """Its organisation, while it is a draft or was returned."""
    if decision := _is_own(user, nomination):
        return _is_in_hand(nomination)
    return decision


def _is_in_hand(nomination: Nomination) -> Decision:
    if nomination.dossier and nomination.dossier.is_decided:
        return Decision.no(_("The enterprise was decided on; nothing changes any more."))
    return Decision.when(
        nomination.state in {NominationState.DRAFT, NominationState.RETURNED},
        _("It was submitted: what was submitted changes only when it is returned."),
    )


def can_submit(user: User, nomination: Nomination) -> Decision:
    """Its organisation, while it is a draft or was returned."""
    return can_edit_nomination(user, nomination)


def is_in_time(nomination: Nomination, day: dt.date) -> Decision:
    """Within the days of the round; what was returned also until the day set for it."""
    mend_by = nomination.mend_by
    if nomination.state == NominationState.RETURNED and mend_by:
        if day <= mend_by:
            return Decision.yes()
        told = _(
            "It was to be mended by %(day)s. Ask the Department to return it once more with a "
            "later day."
        )
        return Decision.no(told % {"day": f"{mend_by:%d/%m/%Y}"})
    return takes_nominations(nomination.round, day)


def can_discard(user: User, nomination: Nomination) -> Decision:
    """Its organisation, while nobody else has seen it."""
    if nomination.state != NominationState.DRAFT:
        return Decision.no(_("It was submitted; withdraw it instead."))
    return _is_own(user, nomination)


def can_withdraw(user: User, nomination: Nomination) -> Decision:
    """Its organisation, until the enterprise is decided on."""
    if nomination.state == NominationState.DRAFT:
        return Decision.no(_("It is a draft: discard it instead."))
    if nomination.state == NominationState.WITHDRAWN:
        return Decision.no(_("It was withdrawn already."))
    if nomination.dossier and nomination.dossier.is_decided:
        return Decision.no(_("The enterprise was decided on; nothing changes any more."))
    return _is_own(user, nomination)


def can_attach(user: User, nomination: Nomination) -> Decision:
    """Files come and go while the nomination is in the hand of its organisation."""
    return can_edit_nomination(user, nomination)


def can_attach_to_batch(user: User, batch: NominationBatch) -> Decision:
    """The letter of a sheet stands once it was submitted."""
    if batch.submitted_at:
        return Decision.no(_("The sheet was submitted; its letter stands."))
    return can_submit_batch(user, batch)


def can_submit_batch(user: User, batch: NominationBatch) -> Decision:
    """An officer of the organisation, once, while the round takes nominations."""
    if batch.submitted_at:
        return Decision.no(_("The sheet was submitted already."))
    return Decision.when(
        user.has_role(Role.UNIT_OFFICER) and batch.organisation_id in scope_of(user).organisations,
        _("Only officers of the nominating organisation do this."),
    )


# --- Review -----------------------------------------------------------------------------------


def is_free_of_conflict(user: User, dossier: Dossier) -> Decision:
    """Whoever has declared a conflict of interest takes no part in the review."""
    declared = any(conflict.reviewer_id == user.pk for conflict in dossier.conflicts.all())
    told = _("You declared a conflict of interest here; somebody else reviews this dossier.")
    return Decision.when(not declared, told)


def can_declare_conflict(user: User, dossier: Dossier) -> Decision:
    """A reviewer, once, until the enterprise is decided on."""
    if decision := can_review(user):
        if dossier.is_decided:
            return Decision.no(_("The enterprise was decided on; nothing changes any more."))
        declared = is_free_of_conflict(user, dossier)
        return Decision.when(declared, _("You have declared this already."))
    return decision


def can_return(user: User, nomination: Nomination) -> Decision:
    """A reviewer without a conflict, until the selection is proposed."""
    if not (decision := can_review(user)):
        return decision
    dossier = nomination.dossier
    if dossier is None or nomination.state != NominationState.SUBMITTED:
        return Decision.no(_("Only what is submitted and not withdrawn can be returned."))
    if dossier.state not in {State.WAITING, State.SHORTLISTED}:
        return Decision.no(wrong_state(dossier))
    return is_free_of_conflict(user, dossier)


def can_review_by(user: User, dossier: Dossier, act: NominationAct) -> Decision:
    """Whether the person may take this step of the review now."""
    for decision in (can_review(user), is_free_of_conflict(user, dossier)):
        if not decision:
            return decision
    if dossier.state not in REVIEW_ACTS[act].sources:
        return Decision.no(wrong_state(dossier))
    if _needs_second_person(dossier, act) and not (decision := _can_decide(user, dossier)):
        return decision
    if act in {NominationAct.PROPOSE, NominationAct.SELECT}:
        return _is_verified(dossier)
    return Decision.yes()


def _can_decide(user: User, dossier: Dossier) -> Decision:
    if dossier.proposed_by_id == user.pk:
        return Decision.no(_("You proposed this selection yourself; another person decides on it."))
    told = _("A programme lead decides on a proposed selection.")
    return Decision.when(user.has_role(Role.PROGRAMME_LEAD), told)


def _needs_second_person(dossier: Dossier, act: NominationAct) -> bool:
    deciding = {NominationAct.SELECT, NominationAct.REFUSE}
    return act in deciding and dossier.state == State.PROPOSED


def _is_verified(dossier: Dossier) -> Decision:
    told = _("The enterprise is not verified yet: confirm it on its page first.")
    return Decision.when(dossier.enterprise.verified_at, told)


def wrong_state(dossier: Dossier) -> str:
    """Return why a step does not fit where the dossier stands."""
    told = _("It stands at “%(state)s”: this step is not possible now.")
    return told % {"state": DossierState(dossier.state).label}


def acts_of(user: User) -> list[NominationAct]:
    """Return the steps that the person takes at all: only leads confirm selections."""
    if not can_review(user):
        return []
    lead = user.has_role(Role.PROGRAMME_LEAD)
    return [act for act in REVIEW_ACTS if lead or act != NominationAct.SELECT]


def possible_acts(user: User, dossier: Dossier) -> Iterable[tuple[NominationAct, Decision]]:
    """Yield the steps that fit the state of the dossier, and whether the person may take them."""
    for act, step in REVIEW_ACTS.items():
        if dossier.state in step.sources:
            yield act, can_review_by(user, dossier, act)
