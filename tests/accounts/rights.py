"""Who may do what on the pages of people and organisations."""

from audit.services import record
from tests.accounts.people_rights import ROWS as PEOPLE_ROWS
from tests.factories import BY
from tests.rights import REVIEWERS, Row, Target, World


def entry(world: World) -> Target:
    """An entry of the history."""
    made = record(act="plan_load", by=BY, target=world.plan)
    return Target((made.pk,))


ROWS = [
    Row("entry_list", get=REVIEWERS),
    Row("entry_detail", get=REVIEWERS, make=entry),
    Row("access_review", get=REVIEWERS),
    *PEOPLE_ROWS,
]
