"""Agreements keep to the rules of support, whoever comes at once; the appendix only warns."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from budgets import services as money
from budgets.support_costs import implied_state_money
from core.errors import DomainError
from enterprises import services
from enterprises.choices import SupportStage, SupportState
from enterprises.models import Enterprise, SupportCase, SupportRule
from enterprises.support_limits import given_before
from programs.choices import TaskKind
from programs.models import Plan, Task
from tests.enterprises import factories
from tests.enterprises import support_samples as samples
from tests.enterprises.support_samples import MILLION, days
from tests.enterprises.test_nominations_at_once import together


@pytest.fixture
def officer(db: None) -> User:
    """A programme officer."""
    return samples.officer()


@pytest.fixture
def lead(db: None) -> User:
    """A programme lead."""
    return samples.lead()


def amounts(state: int, enterprise: int) -> dict[str, Any]:
    """Shares in million VND."""
    return {"state_share": state * MILLION, "enterprise_share": enterprise * MILLION}


def refused(case: SupportCase, by: User, **values: Any) -> str:
    """What is said against an agreement."""
    with pytest.raises(ValidationError) as told:
        samples.propose_agreement(case, by, **values)
    assert list(told.value.message_dict) == ["state_share"]
    return " ".join(told.value.message_dict["state_share"])


def test_the_state_share_stays_within_the_percentage_of_the_rule(plan: Plan, officer: User) -> None:
    """Half is half, to the đồng; the sentence says how much may be paid."""
    samples.rule(state_limit=None)
    case = samples.selected(plan)
    told = refused(case, officer, state_share=10_000_001, enterprise_share=10_000_000)
    assert "10.000.000" in told
    assert "Thông tư mẫu" in told
    samples.propose_agreement(case, officer, state_share=10_000_000, enterprise_share=10_000_000)


def test_the_state_money_of_an_enterprise_adds_up_over_its_cases(
    plan: Plan, officer: User, lead: User
) -> None:
    """Of one kind in both phases, whatever became of the case but for a cancelled or voided one."""
    samples.rule(kind="iso9000", state_percent=None, state_limit=100 * MILLION)
    enterprise = factories.enterprise()
    first = samples.selected(plan, enterprise, "B1.3.5")
    first = samples.agree(first, officer, lead, **amounts(60, 60))
    second = samples.selected(plan, enterprise, "B2.2.5")
    other_kind = samples.selected(plan, enterprise, "B2.2.6")
    stranger = samples.selected(plan, code="B2.2.5")
    assert "40.000.000" in refused(second, officer, **amounts(41, 60))
    samples.propose_agreement(other_kind, officer, **amounts(500, 500))
    samples.propose_agreement(stranger, officer, **amounts(100, 0))
    samples.propose_agreement(second, officer, **amounts(40, 60))
    services.support_case_cancel(
        case=first, on=days(0), reason="Doanh nghiệp thôi.", version=None, by=officer
    )
    assert given_before(enterprise, "iso9000") == 0


def test_a_rule_for_every_kind_counts_them_together(plan: Plan, officer: User, lead: User) -> None:
    """Beside the rule of the kind; both have to be kept."""
    samples.rule(kind="", state_percent=None, state_limit=100 * MILLION)
    enterprise = factories.enterprise()
    samples.agree(samples.selected(plan, enterprise, "B2.2.5"), officer, lead, **amounts(60, 60))
    case = samples.selected(plan, enterprise, "B2.2.6")
    assert "40.000.000" in refused(case, officer, **amounts(41, 60))


def test_a_past_case_counts_against_the_ceiling(plan: Plan, officer: User) -> None:
    """What the enterprise was given before the portal was there."""
    samples.rule(kind="iso9000", state_percent=None, state_limit=100 * MILLION)
    past = samples.selected(
        plan,
        code="B1.3.5",
        stage=SupportStage.CLOSED,
        imported_stage=SupportStage.CLOSED,
        agreed_on=days(-40),
        started_on=days(-40),
        accepted_on=days(-40),
        closed_on=days(-40),
        **amounts(70, 0),
    )
    case = samples.selected(plan, past.enterprise, "B2.2.5")
    assert "30.000.000" in refused(case, officer, **amounts(31, 60))


@pytest.mark.parametrize(
    ("first", "last", "binds"),
    [(-35, None, True), (-34, None, False), (-90, -35, True), (-90, -36, False)],
)
def test_the_rule_in_force_on_the_day_of_the_agreement_binds(
    plan: Plan, officer: User, first: int, last: int | None, binds: bool
) -> None:
    """First and last day included; the agreement is of 35 days ago."""
    samples.rule(state_limit=MILLION, valid_from=days(first), valid_to=days(last) if last else None)
    case = samples.selected(plan)
    if binds:
        assert refused(case, officer)
    else:
        assert samples.propose_agreement(case, officer)


def test_a_rule_binds_only_once_a_second_person_approved_it_and_not_when_voided(
    plan: Plan, officer: User, lead: User
) -> None:
    """A proposal bounds nothing."""
    values = samples.rule_values(state_limit=MILLION)
    rule = services.support_rule_add(values=values, by=officer)
    assert samples.propose_agreement(samples.selected(plan), officer)
    services.support_rule_approve(rule=rule, version=None, by=lead)
    case = samples.selected(plan)
    assert refused(case, officer)
    services.support_rule_void(rule=rule, reason="Nhập nhầm.", version=None, by=lead)
    assert samples.propose_agreement(case, officer)


def test_a_new_rule_ends_the_one_before(officer: User, lead: User, plan: Plan) -> None:
    """On the day before it begins; two of one kind never bind the same day."""
    old = samples.rule(valid_from=dt.date(2021, 1, 1))
    samples.rule(valid_from=dt.date(2026, 1, 1), state_limit=300 * MILLION)
    old.refresh_from_db()
    assert old.valid_to == dt.date(2025, 12, 31)
    values = samples.rule_values(valid_from=dt.date(2024, 1, 1), valid_to=dt.date(2024, 6, 1))
    third = services.support_rule_add(values=values, by=officer)
    with pytest.raises(ValidationError, match="valid_from"):
        services.support_rule_approve(rule=third, version=None, by=lead)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"state_percent": None, "state_limit": None}, "state_percent"),
        ({"state_percent": 101}, "state_percent"),
        ({"state_limit": 0}, "state_limit"),
        ({"valid_to": dt.date(2020, 1, 1)}, "valid_to"),
        ({"kind": "khong-co"}, "kind"),
        ({"legal_basis": ""}, "legal_basis"),
    ],
)
def test_a_bad_rule_is_told_in_one_sentence(
    plan: Plan, officer: User, values: dict[str, Any], field: str
) -> None:
    """And nothing is kept."""
    with pytest.raises(ValidationError) as told:
        services.support_rule_add(values=samples.rule_values(**values), by=officer)
    assert list(told.value.message_dict) == [field]
    assert not SupportRule.objects.exists()


def test_the_rule_is_asked_again_at_the_approval(plan: Plan, officer: User, lead: User) -> None:
    """What was agreed on meanwhile counts."""
    samples.rule(state_percent=None, state_limit=15 * MILLION)
    enterprise = factories.enterprise()
    first, second = (
        samples.propose_agreement(samples.selected(plan, enterprise, code), officer)
        for code in ("B2.2.5", "B2.2.6")
    )
    money.support_agreement_approve(case=first, version=None, by=lead)
    with pytest.raises(DomainError, match=r"5\.000\.000"):
        money.support_agreement_approve(case=second, version=None, by=lead)


@pytest.mark.django_db(transaction=True)
def test_twenty_agreements_at_once_reach_exactly_the_ceiling(
    transactional_db: None, plan: Plan
) -> None:
    """One enterprise, twenty cases of 10 million under a ceiling of 70: seven are agreed on."""
    officer, lead = samples.officer(), samples.lead()
    enterprise = factories.enterprise()
    tasks = Task.objects.filter(plan=plan, kind=TaskKind.SUPPORT).order_by("position")[:20]
    cases = [
        samples.propose_agreement(
            samples.selected(plan, enterprise, task.code), officer, **amounts(10, 10)
        )
        for task in tasks
    ]
    assert len(cases) == 20
    samples.rule(state_percent=None, state_limit=70 * MILLION)
    told = together(
        lambda case=case: money.support_agreement_approve(case=case, version=None, by=lead)
        for case in cases
    )
    assert told.count("") == 7
    assert given_before(enterprise, "") == 70 * MILLION
    agreed = SupportCase.objects.filter(stage=SupportStage.AGREED)
    assert agreed.count() == 7


# --- The appendix warns -----------------------------------------------------------------------


def test_the_appendix_implies_money_for_each_enterprise_and_only_warns(
    plan: Plan, officer: User, client: Client
) -> None:
    """10 million for ISO 9000 in phase 2; an agreement above is marked, never refused."""
    case = samples.selected(plan, code="B2.2.5")
    assert implied_state_money(case.task, days(0)) == 10 * MILLION
    client.force_login(officer)
    case = samples.propose_agreement(case, officer, **amounts(11, 20))
    assert "cao hơn phụ lục" in client.get(case.get_absolute_url()).content.decode()
    modest = samples.propose_agreement(samples.selected(plan), officer, **amounts(10, 20))
    assert "cao hơn phụ lục" not in client.get(modest.get_absolute_url()).content.decode()


# --- Pages ------------------------------------------------------------------------------------


def post(client: Client, case: SupportCase, **typed: str) -> Any:
    """Send the form of an agreement."""
    case.refresh_from_db()
    data = {
        "agreement_number": "12/TT",
        "agreed_on": f"{days(-5):%d/%m/%Y}",
        "total": "25.000.000",
        "state_share": "10.000.000",
        "enterprise_share": "15.000.000",
        "version": str(case.version),
        **typed,
    }
    return client.post(reverse("support_agreement_propose", args=[case.pk]), data)


def test_a_wrong_form_keeps_what_was_typed_and_changes_nothing(
    plan: Plan, officer: User, client: Client
) -> None:
    """Shares that do not add up: one sentence at the field."""
    client.force_login(officer)
    case = samples.selected(plan)
    page = post(client, case, total="30.000.000")
    assert page.status_code == 200
    words = page.content.decode()
    assert "25.000.000" in words
    assert 'value="30.000.000"' in words
    case.refresh_from_db()
    assert case.agreement_at is None
    assert post(client, case).status_code == 302
    case.refresh_from_db()
    assert case.agreement_is_waiting


def test_a_form_that_is_stale_is_refused(
    plan: Plan, officer: User, lead: User, client: Client
) -> None:
    """Somebody proposed and it was returned since the page was opened."""
    client.force_login(officer)
    case = samples.selected(plan)
    seen = str(case.version)
    case = samples.propose_agreement(case, officer)
    money.support_agreement_return(case=case, reason="Sai.", version=None, by=lead)
    page = post(client, case, version=seen)
    assert page.status_code == 200
    case.refresh_from_db()
    assert case.agreement_returned_at
    assert case.state == SupportState.SELECTED
    assert Enterprise.objects.count() == 1
