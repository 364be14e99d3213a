"""Support cases: every state, step and role; the second person; what is refused and why."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from budgets import services as money
from core.errors import DomainError, NotAllowedError
from core.versions import StaleVersionError
from enterprises import merging, services
from enterprises.choices import DossierState, SupportAct, SupportStage, SupportState
from enterprises.models import SupportCase, SupportMilestone, SupportStep
from enterprises.nomination_selectors import already_supported
from enterprises.services import sets
from notifications.models import Notice
from programs.models import Plan
from tests import factories as people
from tests.enterprises import factories
from tests.enterprises import nomination_samples as nominations
from tests.enterprises import support_samples as samples
from tests.enterprises.support_samples import days

pytestmark = pytest.mark.django_db

State, Act = SupportState, SupportAct
ROLES = (
    "officer", "lead", "proposer", "nominator", "stranger", "leadership", "administrator",
    "finance", "representative",
)  # fmt: skip
# The proposer is a lead: that role alone does not let them decide on their own proposal.
KEEPERS = {"officer", "lead", "proposer"}
LEADS = {"lead", "proposer"}
# Beside the states of a case: a proposal that waits for a second person.
AGREEMENT_WAITS, ACCEPTANCE_WAITS, VOIDED = "agreement waits", "acceptance waits", "voided"
STATES = (*State, AGREEMENT_WAITS, ACCEPTANCE_WAITS, VOIDED)
# Who may take which step from which state; whatever is not here is refused.
ALLOWED: dict[tuple[str, Act], set[str]] = {
    (State.SELECTED, Act.AGREEMENT_PROPOSE): KEEPERS,
    (AGREEMENT_WAITS, Act.AGREE): {"lead"},
    (AGREEMENT_WAITS, Act.AGREEMENT_RETURN): {"lead"},
    (State.AGREED, Act.START): KEEPERS,
    (State.IN_PROGRESS, Act.ACCEPTANCE_PROPOSE): KEEPERS,
    (ACCEPTANCE_WAITS, Act.ACCEPT): {"lead"},
    (ACCEPTANCE_WAITS, Act.ACCEPTANCE_RETURN): {"lead"},
    (State.ACCEPTED, Act.CLOSE): KEEPERS,
    **{
        (state, Act.CANCEL): KEEPERS
        for state in (
            State.SELECTED, AGREEMENT_WAITS, State.AGREED, State.IN_PROGRESS, ACCEPTANCE_WAITS,
        )
    },
    **{
        (state, Act.STEP_BACK): LEADS
        for state in (
            State.AGREED, State.IN_PROGRESS, ACCEPTANCE_WAITS, State.ACCEPTED, State.CLOSED,
        )
    },
    **{(state, Act.VOID): LEADS for state in STATES if state != VOIDED},
}  # fmt: skip
ACTS = tuple(act for act in Act if act not in {Act.SELECT, Act.IMPORT})


def step(act: SupportAct, case: SupportCase, by: User, outcome: Any) -> SupportCase:
    """Take a step with what it needs."""
    base: dict[str, Any] = {"case": case, "version": None, "by": by}
    said = {**base, "reason": "Nhập nhầm."}
    ways: dict[SupportAct, Callable[[], SupportCase]] = {
        Act.AGREEMENT_PROPOSE: lambda: samples.propose_agreement(case, by),
        Act.AGREE: lambda: money.support_agreement_approve(**base),
        Act.AGREEMENT_RETURN: lambda: money.support_agreement_return(**said),
        Act.START: lambda: services.support_case_start(**base, on=days(-20)),
        Act.ACCEPTANCE_PROPOSE: lambda: samples.propose_acceptance(case, by, certificate=outcome),
        Act.ACCEPT: lambda: services.support_case_accept(**base),
        Act.ACCEPTANCE_RETURN: lambda: services.support_case_acceptance_return(**said),
        Act.CLOSE: lambda: services.support_case_close(**base, on=days(0)),
        Act.CANCEL: lambda: services.support_case_cancel(**said, on=days(0)),
        Act.STEP_BACK: lambda: services.support_case_step_back(**said),
        Act.VOID: lambda: services.support_case_void(**said),
    }
    return ways[act]()


def everyone() -> dict[str, User]:
    """One person of every kind."""
    return {
        "officer": samples.officer(),
        "lead": samples.lead(),
        "proposer": samples.lead(),
        "nominator": nominations.nominator(),
        "stranger": nominations.nominator(),
        "leadership": people.user(role=Role.LEADERSHIP),
        "administrator": people.user(role=Role.ADMINISTRATOR),
        "finance": people.user(role=Role.FINANCE_OFFICER),
        "representative": people.user(role=Role.ENTERPRISE_REPRESENTATIVE),
    }


def in_state(state: str, plan: Plan, cast: dict[str, User]) -> SupportCase:
    """A case in a state; who proposed is a lead."""
    case, proposer, lead = samples.selected(plan), cast["proposer"], cast["lead"]
    if state == AGREEMENT_WAITS:
        return samples.propose_agreement(case, proposer)
    if state == ACCEPTANCE_WAITS:
        case = samples.brought_to(State.IN_PROGRESS, case, proposer, lead)
        return samples.propose_acceptance(case, proposer)
    if state == VOIDED:
        return services.support_case_void(case=case, reason="Nhầm.", version=None, by=lead)
    return samples.brought_to(State(state), case, proposer, lead)


def test_every_state_step_and_role(plan: Plan) -> None:
    """By the service: what is allowed is recorded and signed, the rest changes nothing."""
    cast, wrong = everyone(), []
    for state in STATES:
        case = in_state(state, plan, cast)
        outcome = samples.certificate(case.enterprise)
        kept = rows(case)
        for act in ACTS:
            for role in ROLES:
                may = role in ALLOWED.get((state, act), ())
                told = f"{role}, {state}, {act}"
                with transaction.atomic():
                    wrong += judge(case, act, cast[role], outcome, may=may, told=told)
                    transaction.set_rollback(True)
        assert rows(case) == kept
    assert not wrong, "\n".join(wrong)


def judge(
    case: SupportCase, act: SupportAct, person: User, outcome: Any, *, may: bool, told: str
) -> list[str]:
    """Try a step and return what is wrong with its outcome."""
    before = rows(case)
    try:
        with transaction.atomic():
            step(act, case, person, outcome)
    except NotAllowedError as error:
        changed = rows(case) != before
        return [f"{told}: refused: {error.message}"] if may or changed or not error.message else []
    if not may:
        return [f"{told}: done"]
    made = SupportStep.objects.order_by("pk").last()
    signed = made is not None and made.by == person and made.act == act
    entry = Entry.objects.order_by("pk").last()
    kept = entry is not None and entry.actor_id == person.pk
    return [] if signed and kept else [f"{told}: not signed or not in the history"]


def rows(case: SupportCase) -> tuple[Any, ...]:
    """Everything that a step could change."""
    return (
        SupportCase.objects.filter(pk=case.pk).values().get(),
        SupportStep.objects.filter(case=case).count(),
        Entry.objects.count(),
    )


@pytest.fixture
def officer(db: None) -> User:
    """A programme officer."""
    return samples.officer()


@pytest.fixture
def lead(db: None) -> User:
    """A programme lead."""
    return samples.lead()


# --- From the selection on --------------------------------------------------------------------


def test_a_selection_opens_a_case_and_says_that_the_enterprise_is_supported(
    plan: Plan, officer: User, lead: User
) -> None:
    """One case, selected on that day; a second one of the task is not opened."""
    nomination = nominations.submitted(nominations.open_round(plan), nominations.nominator())
    dossier = nominations.brought_to(DossierState.SELECTED, nomination, officer, lead)
    case = SupportCase.objects.get(dossier=dossier)
    assert (case.state, case.selected_on) == (State.SELECTED, days(0))
    assert list(case.steps.values_list("act", "by")) == [(Act.SELECT, lead.pk)]
    assert already_supported(case.enterprise, case.task)


def test_who_was_cancelled_may_be_supported_again(plan: Plan, officer: User, lead: User) -> None:
    """A cancelled case is no support."""
    case = samples.brought_to(State.CANCELLED, samples.selected(plan), officer, lead)
    assert not already_supported(case.enterprise, case.task)
    assert samples.selected(plan, case.enterprise).is_open


def test_a_second_open_case_of_an_enterprise_and_task_is_refused_by_the_database(
    plan: Plan, officer: User, lead: User
) -> None:
    """A closed one does not stand in the way."""
    case = samples.selected(plan)
    with pytest.raises(IntegrityError, match="support_case_one_open"), transaction.atomic():
        samples.selected(plan, case.enterprise)
    samples.brought_to(State.CLOSED, case, officer, lead)
    assert samples.selected(plan, case.enterprise).is_open


@pytest.mark.parametrize("stays", ["source", "target"])
def test_cases_go_over_when_enterprises_are_merged(
    plan: Plan, officer: User, lead: User, stays: str
) -> None:
    """Of two under way for one task one gives way; what was accepted stands beside them."""
    source, target = factories.enterprise(), factories.enterprise()
    done = samples.brought_to(State.ACCEPTED, samples.selected(plan, source), officer, lead)
    cases = {"source": samples.selected(plan, source), "target": samples.selected(plan, target)}
    found = [one for _part, one in merging.collisions_of(source, target)]
    assert [(one.source, one.target) for one in found] == [
        ((cases["source"],), (cases["target"],)),
    ]
    services.enterprise_merge(
        source=source,
        target=target,
        versions=(None, None),
        choices={found[0].key: stays},
        from_source=(),
        reason="Đăng ký hai lần",
        by=lead,
    )
    standing = SupportCase.objects.standing().filter(enterprise=target)
    assert set(standing) == {done, cases[stays]}
    assert not SupportCase.objects.filter(enterprise=source).exists()


def test_the_database_holds_the_second_person(plan: Plan, officer: User, lead: User) -> None:
    """Nobody approves what they proposed, whatever writes the row."""
    case = samples.brought_to(State.ACCEPTED, samples.selected(plan), officer, lead)
    for name in ("agreement", "acceptance"):
        own = {f"{name}_approved_by": officer}
        with pytest.raises(IntegrityError), transaction.atomic():
            SupportCase.objects.filter(pk=case.pk).update(**own)


def test_steps_are_never_rewritten(plan: Plan, officer: User) -> None:
    """Not by a query either."""
    samples.propose_agreement(samples.selected(plan), officer)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        SupportStep.objects.all().update(reason="khác")


# --- Bad input --------------------------------------------------------------------------------

BAD_AGREEMENTS: list[tuple[dict[str, Any], str]] = [
    ({"total": 30 * samples.MILLION}, "total"),
    ({"state_share": 0, "enterprise_share": 0, "total": 0}, "total"),
    ({"agreed_on": dt.date(2099, 1, 1)}, "agreed_on"),
    ({"agreed_on": dt.date(2021, 1, 1)}, "agreed_on"),
    ({"agreed_on": None}, "agreed_on"),
    ({"agreement_number": ""}, "agreement_number"),
    ({"due_on": dt.date(2021, 1, 1)}, "due_on"),
    ({"state_share": -1, "total": 15 * samples.MILLION - 1}, "state_share"),
]


@pytest.mark.parametrize(("said", "field"), BAD_AGREEMENTS)
def test_a_bad_agreement_is_told_in_one_sentence_and_changes_nothing(
    plan: Plan, officer: User, said: dict[str, Any], field: str
) -> None:
    """Shares that do not add up, days that cannot be, what is missing."""
    case = samples.selected(plan)
    before = rows(case)
    with pytest.raises(ValidationError) as refused:
        samples.propose_agreement(case, officer, **said)
    assert list(refused.value.message_dict) == [field]
    assert len(refused.value.message_dict[field]) == 1
    assert rows(case) == before


def test_an_acceptance_needs_a_day_that_has_come_a_number_and_one_outcome(
    plan: Plan, officer: User, lead: User
) -> None:
    """Before the beginning, ahead, without outcome, or with one that was not there."""
    case = samples.brought_to(State.IN_PROGRESS, samples.selected(plan), officer, lead)
    before = rows(case)
    later = samples.certificate(case.enterprise, days(-2))
    gone = samples.certificate(case.enterprise, days(-30), withdrawn_on=days(-8))
    strange = samples.certificate(factories.enterprise())
    tool = samples.tool(case.enterprise)
    bad: list[tuple[dict[str, Any], str]] = [
        ({"accepted_on": days(-31)}, "accepted_on"),
        ({"accepted_on": days(1)}, "accepted_on"),
        ({"accepted_on": None}, "accepted_on"),
        ({"acceptance_number": ""}, "acceptance_number"),
        ({"certificate": None}, "outcome"),
        ({"certificate": later}, "outcome"),
        ({"certificate": gone}, "outcome"),
        ({"certificate": strange}, "outcome"),
        ({"certificate": samples.certificate(case.enterprise), "tool": tool}, "outcome"),
    ]
    for said, field in bad:
        with pytest.raises(ValidationError) as refused:
            samples.propose_acceptance(case, officer, **said)
        assert list(refused.value.message_dict) == [field], said
        assert rows(case) == before, said


@pytest.mark.parametrize("kind", ["certificate", "declaration", "tool", "project"])
def test_each_kind_of_outcome_ends_a_case(plan: Plan, officer: User, lead: User, kind: str) -> None:
    """What exists on the day of the acceptance."""
    case = samples.brought_to(State.IN_PROGRESS, samples.selected(plan), officer, lead)
    made = {
        "certificate": samples.certificate,
        "declaration": lambda of: factories.declaration(factories.product(of)),
        "tool": samples.tool,
        "project": samples.project,
    }[kind](case.enterprise)
    samples.propose_acceptance(case, officer, **{kind: made})
    case = services.support_case_accept(case=case, version=None, by=lead)
    assert (case.state, case.outcome) == (State.ACCEPTED, made)


def test_an_outcome_that_is_gone_meanwhile_is_not_accepted(
    plan: Plan, officer: User, lead: User
) -> None:
    """The second person decides on what is true then."""
    case = samples.brought_to(State.IN_PROGRESS, samples.selected(plan), officer, lead)
    samples.propose_acceptance(case, officer)
    case.refresh_from_db()
    assert case.certificate is not None
    type(case.certificate).objects.filter(pk=case.certificate_id).update(
        voided_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), voided_reason="Nhầm."
    )
    with pytest.raises(ValidationError, match="chưa bị hủy"):
        services.support_case_accept(case=case, version=None, by=lead)


def test_what_a_case_ended_with_is_not_voided(plan: Plan, officer: User, lead: User) -> None:
    """First the case, then the certificate."""
    case = samples.brought_to(State.ACCEPTED, samples.selected(plan), officer, lead)
    with pytest.raises(DomainError, match=case.task.code):
        sets.certificate.void(
            record=case.certificate, reason="Nhập nhầm.", version=None, by=officer
        )
    services.support_case_void(case=case, reason="Nhập nhầm.", version=None, by=lead)
    sets.certificate.void(record=case.certificate, reason="Nhập nhầm.", version=None, by=officer)


def test_days_of_steps_never_lie_ahead_and_keep_their_order(
    plan: Plan, officer: User, lead: User
) -> None:
    """The beginning not before the agreement, the closing not before the acceptance."""
    case = samples.brought_to(State.AGREED, samples.selected(plan), officer, lead)
    for wrong in (days(1), days(-36)):
        with pytest.raises(ValidationError, match="on"):
            services.support_case_start(case=case, on=wrong, version=None, by=officer)
    case = services.support_case_start(case=case, on=days(-30), version=None, by=officer)
    samples.propose_acceptance(case, officer)
    case = services.support_case_accept(case=case, version=None, by=lead)
    with pytest.raises(ValidationError, match="on"):
        services.support_case_close(case=case, on=days(-6), version=None, by=officer)
    assert services.support_case_close(case=case, on=days(-5), version=None, by=officer)


def test_reasons_are_given(plan: Plan, officer: User, lead: User) -> None:
    """Who reads them has to know why."""
    case = samples.propose_agreement(samples.selected(plan), officer)
    for act in (services.support_case_void, money.support_agreement_return):
        with pytest.raises(ValidationError, match="reason"):
            act(case=case, reason="  ", version=None, by=lead)
    with pytest.raises(ValidationError, match="reason"):
        services.support_case_cancel(case=case, on=days(0), reason="", version=None, by=officer)


def test_who_comes_too_late_is_told(plan: Plan, officer: User, lead: User) -> None:
    """A case that somebody else has moved on meanwhile."""
    case = samples.propose_agreement(samples.selected(plan), officer)
    seen = case.version
    money.support_agreement_return(case=case, reason="Sai số.", version=seen, by=lead)
    with pytest.raises(StaleVersionError):
        money.support_agreement_approve(case=case, version=seen, by=lead)


def test_a_step_back_leads_where_the_case_stood_and_marks_the_correction(
    plan: Plan, officer: User, lead: User
) -> None:
    """From closed down to selected, one step at a time; then the agreement can be mended."""
    case = samples.brought_to(State.CLOSED, samples.selected(plan), officer, lead)
    found = []
    while case.stage > SupportStage.SELECTED:
        case = services.support_case_step_back(case=case, reason="Nhầm.", version=None, by=lead)
        found.append(case.state)
    assert found == [State.ACCEPTED, State.IN_PROGRESS, State.AGREED, State.SELECTED]
    assert case.corrected_at
    assert samples.agree(case, officer, lead).state == State.AGREED


def test_what_came_with_an_import_is_not_taken_back_beyond_it(plan: Plan, lead: User) -> None:
    """What lies before was never done here."""
    case = samples.selected(
        plan,
        stage=SupportStage.ACCEPTED,
        imported_stage=SupportStage.ACCEPTED,
        agreed_on=days(-40),
        started_on=days(-40),
        accepted_on=days(-9),
    )
    with pytest.raises(NotAllowedError):
        services.support_case_step_back(case=case, reason="Nhầm.", version=None, by=lead)


# --- Who is told ------------------------------------------------------------------------------


def test_leads_are_told_of_proposals_and_proposers_of_decisions(
    plan: Plan, officer: User, lead: User
) -> None:
    """And who nominated the enterprise, how it ended."""
    nominator = nominations.nominator()
    nomination = nominations.submitted(nominations.open_round(plan), nominator)
    nominations.brought_to(DossierState.SELECTED, nomination, officer, lead)
    case = SupportCase.objects.get()
    SupportCase.objects.update(selected_on=days(-40))
    Notice.objects.all().delete()
    case.refresh_from_db()
    case = samples.brought_to(State.ACCEPTED, case, officer, lead)
    told = {
        person: [n.kind for n in Notice.objects.filter(recipient=person).order_by("pk")]
        for person in (officer, lead, nominator)
    }
    assert told[lead] == ["support_to_decide", "support_to_decide"]
    assert told[officer] == ["support_decided", "support_decided"]
    assert told[nominator] == ["support_outcome"]


# --- Milestones -------------------------------------------------------------------------------


def test_milestones_are_planned_done_and_taken_out(plan: Plan, officer: User, lead: User) -> None:
    """From the agreement to the acceptance; what is done is not taken out."""
    case = samples.selected(plan)
    with pytest.raises(NotAllowedError):
        services.support_milestone_add(case=case, title="Đào tạo", due_on=days(5), by=officer)
    case = samples.brought_to(State.AGREED, case, officer, lead)
    first, second = (
        services.support_milestone_add(case=case, title=title, due_on=days(5), by=officer)
        for title in ("Đào tạo", "Đánh giá nội bộ")
    )
    services.support_milestone_done(milestone=first, on=days(0), version=None, by=officer)
    with pytest.raises(NotAllowedError):
        services.support_milestone_void(milestone=first, reason="Nhầm", version=None, by=officer)
    services.support_milestone_void(milestone=second, reason="Nhầm", version=None, by=officer)
    assert [one.title for one in SupportMilestone.objects.standing()] == ["Đào tạo"]
    third = services.support_milestone_add(case=case, title="X", due_on=days(5), by=officer)
    with pytest.raises(ValidationError, match="on"):
        services.support_milestone_done(milestone=third, on=days(1), version=None, by=officer)


# --- Pages ------------------------------------------------------------------------------------


def test_the_page_of_a_case_says_what_the_next_step_needs(
    plan: Plan, officer: User, lead: User, client: Any
) -> None:
    """In each state, and nothing once it is over."""
    client.force_login(officer)
    told = {
        State.SELECTED: "số thỏa thuận",
        State.AGREED: "Ngày bắt đầu",
        State.IN_PROGRESS: "biên bản nghiệm thu",
        State.ACCEPTED: "đóng hồ sơ",
    }
    for state, words in told.items():
        case = samples.brought_to(state, samples.selected(plan), officer, lead)
        page = client.get(case.get_absolute_url()).content.decode()
        assert words.lower() in page.lower(), state


def test_a_proposal_shows_and_counts_nowhere_before_a_second_person_agrees(
    plan: Plan, officer: User, client: Any
) -> None:
    """The list and the export leave its amounts out."""
    case = samples.propose_agreement(samples.selected(plan), officer)
    client.force_login(officer)
    page = client.get(reverse("support_case_list")).content.decode()
    assert str(case.enterprise) in page
    assert "10.000.000" not in page
    assert "10.000.000" in client.get(case.get_absolute_url()).content.decode()
