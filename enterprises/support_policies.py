"""Who may do what with support cases and with the rules of support."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from core.decisions import Decision
from enterprises import policies
from enterprises.choices import SupportAct, SupportStage
from enterprises.models import SupportCase, SupportMilestone, SupportRule

Stage, Act = SupportStage, SupportAct


@dataclass(frozen=True, slots=True)
class CaseAct:
    """An act on a case: at which stages, and whether it waits for a proposal or makes one."""

    act: SupportAct
    stages: frozenset[SupportStage]
    needs_reason: bool = False
    lead: bool = False
    # The proposal that must wait for it; the person who made it is asked of ``proposer``.
    decides: str = ""
    proposes: str = ""


CASE_ACTS = {
    one.act: one
    for one in (
        CaseAct(Act.AGREEMENT_PROPOSE, frozenset({Stage.SELECTED}), proposes="agreement"),
        CaseAct(Act.AGREE, frozenset({Stage.SELECTED}), lead=True, decides="agreement"),
        CaseAct(
            Act.AGREEMENT_RETURN, frozenset({Stage.SELECTED}), needs_reason=True, lead=True,
            decides="agreement",
        ),
        CaseAct(Act.START, frozenset({Stage.AGREED})),
        CaseAct(Act.ACCEPTANCE_PROPOSE, frozenset({Stage.IN_PROGRESS}), proposes="acceptance"),
        CaseAct(Act.ACCEPT, frozenset({Stage.IN_PROGRESS}), lead=True, decides="acceptance"),
        CaseAct(
            Act.ACCEPTANCE_RETURN, frozenset({Stage.IN_PROGRESS}), needs_reason=True, lead=True,
            decides="acceptance",
        ),
        CaseAct(Act.CLOSE, frozenset({Stage.ACCEPTED})),
        CaseAct(
            Act.CANCEL,
            frozenset({Stage.SELECTED, Stage.AGREED, Stage.IN_PROGRESS}),
            needs_reason=True,
        ),
        CaseAct(
            Act.STEP_BACK,
            frozenset({Stage.AGREED, Stage.IN_PROGRESS, Stage.ACCEPTED, Stage.CLOSED}),
            needs_reason=True,
            lead=True,
        ),
        CaseAct(Act.VOID, frozenset(Stage), needs_reason=True, lead=True),
    )
}  # fmt: skip
WORKING = (Stage.AGREED, Stage.IN_PROGRESS)


def can_work_on_cases(user: User) -> Decision:
    """Programme officers and leads of the Department and its branch."""
    return Decision.when(
        user.has_role(*policies.EDITORS),
        _("Only programme officers and leads of the Department work on support cases."),
    )


def can_act(user: User, case: SupportCase, act: SupportAct) -> Decision:
    """Whether the person may take this step on a case as it stands."""
    rule = CASE_ACTS[act]
    for decision in (can_work_on_cases(user), _stands(case, act), _follows(case, rule)):
        if not decision:
            return decision
    if rule.proposes:
        return _nothing_waits(case, rule.proposes)
    if rule.decides:
        return _second_person(user, case, rule.decides)
    return Decision.when(
        user.has_role(Role.PROGRAMME_LEAD) or not rule.lead,
        _("Only a programme lead does this."),
    )


def _follows(case: SupportCase, rule: CaseAct) -> Decision:
    """Whether the step follows from where the case stands."""
    if case.stage not in rule.stages:
        told = _("The case stands at “%(state)s”; this step does not follow from there.")
        return Decision.no(told % {"state": case.state.label})
    came_so = case.imported_stage and case.stage <= case.imported_stage
    return Decision.when(
        not (rule.act == Act.STEP_BACK and came_so),
        _("The case came in at this stage with an import; correct it with an import."),
    )


def _stands(case: SupportCase, act: SupportAct) -> Decision:
    if case.is_voided:
        return Decision.no(_("The case was voided; nothing is done with it any more."))
    if case.is_cancelled and act not in {Act.VOID, Act.STEP_BACK}:
        return Decision.no(_("The case was cancelled; nothing is done with it any more."))
    if case.is_cancelled and act == Act.STEP_BACK:
        return Decision.no(_("A cancelled case stays cancelled; select the enterprise again."))
    if case.enterprise.merged_into_id:
        return Decision.no(_("The enterprise was merged into another."))
    return Decision.yes()


def _nothing_waits(case: SupportCase, what: str) -> Decision:
    return Decision.when(
        not getattr(case, f"{what}_is_waiting"),
        _("A proposal waits for a second person already; they approve or return it."),
    )


def _second_person(user: User, case: SupportCase, what: str) -> Decision:
    if not getattr(case, f"{what}_is_waiting"):
        return Decision.no(_("Nothing is proposed that waits for a decision."))
    if not user.has_role(Role.PROGRAMME_LEAD):
        return Decision.no(_("A programme lead decides on what was proposed."))
    return Decision.when(
        getattr(case, f"{what}_by_id") != user.pk,
        _("You proposed it yourself: another lead decides."),
    )


def possible_acts(user: User, case: SupportCase) -> list[tuple[SupportAct, Decision]]:
    """Return the steps that lead on from where the case stands, and those that undo."""
    if not can_work_on_cases(user) or case.is_voided or case.is_cancelled:
        return []
    return [
        (act, can_act(user, case, act))
        for act, rule in CASE_ACTS.items()
        if case.stage in rule.stages and _is_at_hand(case, rule)
    ]


def _is_at_hand(case: SupportCase, rule: CaseAct) -> bool:
    if rule.decides:
        return bool(getattr(case, f"{rule.decides}_is_waiting"))
    if rule.proposes:
        return not getattr(case, f"{rule.proposes}_is_waiting")
    return True


def can_keep_milestones(user: User, case: SupportCase) -> Decision:
    """Whoever works on cases, from the agreement to the acceptance."""
    if not (decision := can_work_on_cases(user)):
        return decision
    return Decision.when(
        case.is_open and case.stage in WORKING,
        _("Milestones are kept from the agreement to the acceptance."),
    )


def can_finish_milestone(user: User, milestone: SupportMilestone) -> Decision:
    """Whoever keeps milestones, once."""
    if milestone.is_voided:
        return Decision.no(_("The milestone was taken out."))
    if milestone.done_on:
        return Decision.no(_("The milestone is done already."))
    return can_keep_milestones(user, milestone.case)


def can_attach(user: User, case: SupportCase) -> Decision:
    """Whoever works on cases, while the case was not voided."""
    if case.is_voided:
        return Decision.no(_("The case was voided; nothing is done with it any more."))
    return can_work_on_cases(user)


# --- Rules ------------------------------------------------------------------------------------


def can_read_rules(user: User) -> Decision:
    """Whoever reads the register of enterprises, and the finance officers."""
    if user.has_role(Role.FINANCE_OFFICER):
        return Decision.yes()
    return policies.can_read_register(user)


def can_propose_rule(user: User) -> Decision:
    """Whoever works on cases."""
    return can_work_on_cases(user)


def _waits(rule: SupportRule) -> Decision:
    return Decision.when(rule.waits, _("It does not wait for a decision any more."))


def can_decide_rule(user: User, rule: SupportRule) -> Decision:
    """A programme lead who did not enter it, while it waits."""
    if not (decision := _waits(rule)):
        return decision
    if rule.recorded_by_id == user.pk:
        return Decision.no(_("Another person must approve this."))
    return Decision.when(
        user.has_role(Role.PROGRAMME_LEAD), _("Only a programme lead approves rules of support.")
    )


def can_void_rule(user: User, rule: SupportRule) -> Decision:
    """Whoever works on cases while nobody approved it, a programme lead once it counts."""
    if rule.is_voided:
        return Decision.no(_("It is voided already."))
    if rule.approved_at:
        return Decision.when(
            user.has_role(Role.PROGRAMME_LEAD),
            _("Only a programme lead voids a rule that was approved."),
        )
    return can_work_on_cases(user)


def can_end_rule(user: User, rule: SupportRule) -> Decision:
    """A programme lead, for a rule in force without an end."""
    if rule.is_voided or not rule.approved_at:
        return Decision.no(_("Only a rule that was approved is ended."))
    if rule.valid_to and rule.valid_to <= timezone.localdate():
        return Decision.no(_("It has ended already."))
    return Decision.when(
        user.has_role(Role.PROGRAMME_LEAD), _("Only a programme lead ends a rule of support.")
    )
