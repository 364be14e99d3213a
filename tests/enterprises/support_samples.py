"""Support cases for tests, brought on their way by the services that do so in the portal."""

import datetime as dt
from typing import Any

from accounts.models import User
from budgets import services as money
from enterprises import services
from enterprises.choices import SupportState
from enterprises.models import (
    Certificate,
    Enterprise,
    ImprovementTool,
    ProductivityProject,
    SupportCase,
    SupportRule,
    ToolAdoption,
)
from programs.models import Plan, Task
from tests.enterprises import factories
from tests.enterprises.nomination_samples import MILLION, days, lead, officer, today

TASK = "B2.2.5"
State = SupportState


def task(plan: Plan, code: str = TASK) -> Task:
    """A support task of the plan."""
    return Task.objects.select_related("phase", "plan").get(plan=plan, code=code)


def selected(
    plan: Plan, of: Enterprise | None = None, code: str = TASK, **values: Any
) -> SupportCase:
    """A case as the selection opens it, 40 days ago."""
    values.setdefault("selected_on", days(-40))
    return SupportCase.objects.create(
        enterprise=of or factories.enterprise(), task=task(plan, code), **values
    )


def terms(**values: Any) -> dict[str, Any]:
    """What an agreement says: 10 of 25 million from the state."""
    made = {
        "agreement_number": "12/TT-SKHCN",
        "agreed_on": days(-35),
        "due_on": days(60),
        "state_share": 10 * MILLION,
        "enterprise_share": 15 * MILLION,
    }
    return {**made, **values}


def propose_agreement(case: SupportCase, by: User, **values: Any) -> SupportCase:
    """Propose an agreement."""
    said = terms(**values)
    total = said.pop("total", said["state_share"] + said["enterprise_share"])
    return money.support_agreement_propose(
        case=case, values=said, total=total, version=None, by=by
    )


def agree(case: SupportCase, officer: User, lead: User, **values: Any) -> SupportCase:
    """Agree on a case by two people."""
    case = propose_agreement(case, officer, **values)
    return money.support_agreement_approve(case=case, version=None, by=lead)


def certificate(of: Enterprise, on: dt.date | None = None, **values: Any) -> Certificate:
    """A certificate with which support can end."""
    return factories.certificate(of, on=on or days(-10), **values)


def tool(of: Enterprise, on: dt.date | None = None) -> ToolAdoption:
    """A tool in use with which support can end."""
    named, _made = ImprovementTool.objects.get_or_create(name="5S")
    return ToolAdoption.objects.create(enterprise=of, tool=named, valid_from=on or days(-10))


def project(of: Enterprise, on: dt.date | None = None) -> ProductivityProject:
    """A project with which support can end."""
    return ProductivityProject.objects.create(
        enterprise=of, kind="project", valid_from=on or days(-10)
    )


def acceptance(case: SupportCase, **values: Any) -> dict[str, Any]:
    """What an acceptance record says: a certificate."""
    made = {"acceptance_number": "08/BB-NT", "accepted_on": days(-5), "result": "Đạt yêu cầu."}
    if not {"certificate", "declaration", "tool", "project"} & set(values):
        made["certificate"] = certificate(case.enterprise)
    return {**made, **values}


def propose_acceptance(case: SupportCase, by: User, **values: Any) -> SupportCase:
    """Propose an acceptance."""
    return services.support_case_acceptance_propose(
        case=case, values=acceptance(case, **values), version=None, by=by
    )


def brought_to(
    state: SupportState, case: SupportCase, officer: User, lead: User, **values: Any
) -> SupportCase:
    """A selected case, brought to a state by those who may."""
    if state == State.CANCELLED:
        return services.support_case_cancel(
            case=case, on=days(-30), reason="Doanh nghiệp thôi.", version=None, by=officer
        )
    order = (State.SELECTED, State.AGREED, State.IN_PROGRESS, State.ACCEPTED, State.CLOSED)
    far = order.index(state)
    if far >= 1:
        case = agree(case, officer, lead)
    if far >= 2:
        case = services.support_case_start(case=case, on=days(-30), version=None, by=officer)
    if far >= 3:
        case = propose_acceptance(case, officer, **values)
        case = services.support_case_accept(case=case, version=None, by=lead)
    if far >= 4:
        case = services.support_case_close(case=case, on=days(-1), version=None, by=officer)
    return case


def rule_values(**values: Any) -> dict[str, Any]:
    """What a rule says: half of the cost, 200 million for an enterprise."""
    made = {
        "kind": "",
        "state_percent": 50,
        "state_limit": 200 * MILLION,
        "legal_basis": "Thông tư mẫu, điều 5",
        "valid_from": dt.date(2021, 1, 1),
        "valid_to": None,
        "note": "",
    }
    return {**made, **values}


def rule(by: User | None = None, approved_by: User | None = None, **values: Any) -> SupportRule:
    """A rule in force."""
    made = services.support_rule_add(values=rule_values(**values), by=by or officer())
    return services.support_rule_approve(rule=made, version=None, by=approved_by or lead())


__all__ = ["MILLION", "days", "lead", "officer", "today"]
