"""Who may do what on the pages of the plan: a plan is public to whoever has work here."""

from tests.rights import ALL, WORKERS, Row, Target, World


def in_plan(world: World) -> Target:
    """A page of the plan."""
    return Target((world.plan.code,))


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
    Row("task_detail", get=WORKERS, make=lambda world: Target((world.plan.code, "B1.3.5"))),
    Row(
        "indicator_evidence",
        get=WORKERS,
        make=lambda world: Target((world.plan.code, "K18", "2026-11-01", "mau-so")),
    ),
    Row("indicator_detail", get=WORKERS, make=lambda world: Target((world.plan.code, "K18"))),
]
