"""Who may do what on the pages of the plan: a plan is public to whoever has work here."""

import datetime as dt

from accounts.choices import Role
from programs import services
from programs.decisions import TARGET
from programs.models import Indicator, Output
from tests import rights
from tests.rights import ALL, DOST, WORKERS, Row, World, people

OFFICER, LEAD = people(Role.PROGRAMME_OFFICER), people(Role.PROGRAMME_LEAD)
DOCUMENT = {"number": "120/QĐ-UBND", "issued_on": "01/02/2026", "issuer": "UBND tỉnh"}
TYPED = {"low": "95", "due_year": "2030", "valid_from": "01/03/2026", **DOCUMENT}


def in_plan(world: World) -> rights.Target:
    """A page of the plan."""
    return rights.Target((world.plan.code,))


def propose(world: World) -> tuple[str, str, int]:
    """A target that the programme officer entered."""
    values = {
        "low": 95,
        "high": None,
        "due_year": 2030,
        "valid_from": dt.date(2026, 3, 1),
        "note": "",
        "number": "120/QĐ-UBND",
        "issued_on": dt.date(2026, 2, 1),
        "issuer": "UBND tỉnh",
    }
    row = services.plan_proposal_add(
        kind=TARGET,
        subject=Indicator.objects.get(plan=world.plan, code="K18"),
        values=values,
        by=world.user(Role.PROGRAMME_OFFICER),
    )
    return world.plan.code, TARGET.slug, row.pk


def proposal(world: World) -> rights.Target:
    """A decision that waits."""
    return rights.Target(propose(world), data={**TYPED, "reason": "Chưa đúng số.", "version": "1"})


def output(world: World) -> rights.Target:
    """An output of K01."""
    made = Output.objects.create(
        indicator=Indicator.objects.get(plan=world.plan, code="K01"),
        name="Báo cáo khảo sát",
        issued_on=dt.date(2025, 5, 5),
    )
    data = {
        "name": "Báo cáo khảo sát năm 2025",
        "issued_on": "06/05/2025",
        "reason": "Nhầm.",
        "version": "1",
    }
    return rights.Target((world.plan.code, made.pk), data=data)


ROWS = [
    Row("home", get=ALL),
    Row("overview", get=ALL),
    Row("plan_current", get=ALL),
    *(
        Row(name, get=WORKERS, make=in_plan)
        for name in (
            "plan_detail",
            "objective_list",
            "plan_item_list",
            "responsibility_list",
            "text_issue_list",
            "task_list",
            "indicator_list",
        )
    ),
    Row("task_detail", get=WORKERS, make=lambda world: rights.Target((world.plan.code, "B1.3.5"))),
    Row(
        "task_evidence",
        get=WORKERS,
        make=lambda world: rights.Target((world.plan.code, "B1.1.1", "2026-11-01", "tu-so")),
    ),
    Row(
        "indicator_evidence",
        get=WORKERS,
        make=lambda world: rights.Target((world.plan.code, "K18", "2026-11-01", "mau-so")),
    ),
    Row(
        "indicator_detail", get=WORKERS, make=lambda world: rights.Target((world.plan.code, "K18"))
    ),
    Row("plan_proposal_list", get=WORKERS, make=in_plan),
    Row(
        "plan_proposal_add",
        get=DOST,
        post=DOST,
        get_refused=WORKERS - DOST,
        post_refused=WORKERS - DOST,
        make=lambda world: rights.Target((world.plan.code, "chi-tieu", "K18"), data=TYPED),
    ),
    *(
        Row(
            name,
            get=get,
            post=get,
            get_refused=WORKERS - get,
            post_refused=WORKERS - get,
            make=proposal,
        )
        for name, get in (
            ("plan_proposal_edit", OFFICER),
            ("plan_proposal_return", LEAD),
            ("plan_proposal_void", OFFICER),
        )
    ),
    Row("plan_proposal_approve", post=LEAD, post_refused=WORKERS - LEAD, make=proposal),
    Row(
        "output_add",
        get=DOST,
        post=DOST,
        get_refused=WORKERS - DOST,
        post_refused=WORKERS - DOST,
        make=lambda world: rights.Target(
            (world.plan.code, "K01"), data={"name": "Báo cáo", "issued_on": "06/05/2025"}
        ),
    ),
    *(
        Row(
            name,
            get=DOST,
            post=DOST,
            get_refused=WORKERS - DOST,
            post_refused=WORKERS - DOST,
            make=output,
        )
        for name in ("output_edit", "output_void")
    ),
]
