"""Who may do what on the pages of money."""

from tests.rights import WORKERS, Row, Target

ROWS = [Row("budget_line_list", get=WORKERS, make=lambda world: Target((world.plan.code,)))]
