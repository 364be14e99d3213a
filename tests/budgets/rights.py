"""Who may do what on the pages of money."""

from tests.enterprises import support_rights as support
from tests.rights import DOST, WORKERS, Row, Target

ROWS = [
    Row("budget_line_list", get=WORKERS, make=lambda world: Target((world.plan.code,))),
    support.act("support_agreement_propose", DOST, support.agreeing),
    support.act("support_agreement_approve", support.LEAD, support.that_waits("agreement")),
    support.act(
        "support_agreement_return",
        support.LEAD,
        support.that_waits("agreement", reason="Lý do."),
    ),
]
