"""Who may do what with support cases and with the rules of support."""

from collections.abc import Callable
from typing import Any

from accounts.choices import Role
from enterprises import services
from enterprises.choices import SupportAct, SupportState
from enterprises.models import SupportCase, SupportMilestone, SupportRule
from tests.enterprises import factories
from tests.enterprises import support_samples as samples
from tests.enterprises.support_samples import days
from tests.rights import DOST, UNIT_OFFICERS, Row, Target, World, people

LEAD = people(Role.PROGRAMME_LEAD)
# The unit officer's department manages the enterprise; that of the officer elsewhere does not.
SEEING = DOST | people(Role.LEADERSHIP, Role.UNIT_OFFICER)
READERS = SEEING | UNIT_OFFICERS
RULES = READERS | people(Role.FINANCE_OFFICER)
State, Act = SupportState, SupportAct


def case(world: World, state: SupportState = State.SELECTED) -> SupportCase:
    """A case in a state, brought there by people beside those of the rows."""
    enterprise = factories.enterprise()
    enterprise.managing_departments.add(world.department)
    made = samples.selected(world.plan, enterprise)
    return samples.brought_to(state, made, samples.officer(), samples.lead())


def waiting(world: World, what: str) -> SupportCase:
    """A case whose proposal waits for a second person."""
    if what == "agreement":
        return samples.propose_agreement(case(world), samples.officer())
    return samples.propose_acceptance(case(world, State.IN_PROGRESS), samples.officer())


def seen(make: Callable[[World], SupportCase], **data: Any) -> Callable[[World], Target]:
    """A case as it was seen, with what its form takes."""

    def target(world: World) -> Target:
        made = make(world)
        return Target((made.pk,), data={**data, "version": made.version})

    return target


def in_state(state: SupportState, **data: Any) -> Callable[[World], Target]:
    """A case in a state, with what its form takes."""
    return seen(lambda world: case(world, state), **data)


def that_waits(what: str, **data: Any) -> Callable[[World], Target]:
    """A case with a proposal, with what its form takes."""
    return seen(lambda world: waiting(world, what), **data)


def accepting(world: World) -> Target:
    """A case in progress with an outcome to name."""
    made = case(world, State.IN_PROGRESS)
    certificate = samples.certificate(made.enterprise)
    data = {
        "acceptance_number": "08/BB",
        "accepted_on": f"{days(-5):%d/%m/%Y}",
        "outcome": f"certificate:{certificate.pk}",
        "version": made.version,
    }
    return Target((made.pk,), data=data)


def agreeing(world: World) -> Target:
    """A selected case with a good agreement."""
    made = case(world)
    data = {
        "agreement_number": "12/TT",
        "agreed_on": f"{days(-5):%d/%m/%Y}",
        "total": "25.000.000",
        "state_share": "10.000.000",
        "enterprise_share": "15.000.000",
        "version": made.version,
    }
    return Target((made.pk,), data=data)


def milestone(world: World, **data: Any) -> Target:
    """A milestone of a case in progress."""
    made: SupportMilestone = services.support_milestone_add(
        case=case(world, State.IN_PROGRESS), title="Đào tạo", due_on=days(9), by=samples.officer()
    )
    return Target((made.case_id, made.pk), data={**data, "version": made.version})


def rule(world: World, *, approved: bool) -> SupportRule:
    """A rule of its own kind, entered by somebody else."""
    values = samples.rule_values(kind="iso9000")
    made = services.support_rule_add(values=values, by=samples.officer())
    if approved:
        return services.support_rule_approve(rule=made, version=None, by=samples.lead())
    return made


def of_rule(*, approved: bool, **data: Any) -> Callable[[World], Target]:
    """A rule with what its form takes."""

    def make(world: World) -> Target:
        assert world.plan
        SupportRule.objects.all().delete()
        made = rule(world, approved=approved)
        return Target((made.pk,), data={**data, "version": made.version})

    return make


def rule_data(world: World) -> Target:
    """A good posting of a rule."""
    assert world.plan
    data = {
        "kind": "iso9000",
        "state_percent": "50",
        "legal_basis": "Thông tư mẫu",
        "valid_from": "01/01/2026",
    }
    return Target(data=data)


def act(name: str, may: frozenset[str], make: Callable[[World], Target]) -> Row:
    """A step that some take and the others who see the case do not."""
    return Row(
        name, get=may, get_refused=SEEING - may, post=may, post_refused=SEEING - may, make=make
    )


WHY = {"reason": "Lý do."}


def dated(state: SupportState, **data: Any) -> Callable[[World], Target]:
    """A case in a state, and today."""

    def make(world: World) -> Target:
        return in_state(state, on=f"{days(0):%d/%m/%Y}", **data)(world)

    return make


ROWS = [
    Row("support_case_list", get=READERS),
    Row("support_case_detail", get=SEEING, make=in_state(State.IN_PROGRESS)),
    act("support_case_start", DOST, dated(State.AGREED)),
    act("support_case_acceptance_propose", DOST, accepting),
    act("support_case_accept", LEAD, that_waits("acceptance")),
    act("support_case_acceptance_return", LEAD, that_waits("acceptance", **WHY)),
    act("support_case_close", DOST, dated(State.ACCEPTED)),
    act("support_case_cancel", DOST, dated(State.AGREED, **WHY)),
    act("support_case_step_back", LEAD, in_state(State.ACCEPTED, **WHY)),
    act("support_case_void", LEAD, in_state(State.SELECTED, **WHY)),
    act(
        "support_milestone_add",
        DOST,
        in_state(State.AGREED, title="Đào tạo", due_on="01/02/2027"),
    ),
    act(
        "support_milestone_done",
        DOST,
        lambda world: milestone(world, on=f"{days(0):%d/%m/%Y}"),
    ),
    act("support_milestone_void", DOST, lambda world: milestone(world, **WHY)),
    Row("support_rule_list", get=RULES),
    *(
        Row(
            name,
            get=may,
            get_refused=RULES - may,
            post=may,
            post_refused=RULES - may,
            make=make,
        )
        for name, may, make in (
            ("support_rule_add", DOST, rule_data),
            ("support_rule_approve", LEAD, of_rule(approved=False)),
            ("support_rule_return", LEAD, of_rule(approved=False, **WHY)),
            ("support_rule_end", LEAD, of_rule(approved=True, valid_to="31/12/2030")),
            ("support_rule_void", LEAD, of_rule(approved=True, **WHY)),
        )
    ),
]
