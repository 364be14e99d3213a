"""Who may do what on the pages of the register."""

from accounts.choices import Role
from tests.enterprises import factories
from tests.rights import DOST, Row, Target, World, people

WATCHERS = people(Role.LEADERSHIP, Role.UNIT_OFFICER)


def enterprise(world: World) -> Target:
    """An enterprise that the unit officer's department manages."""
    made = factories.enterprise()
    made.managing_departments.add(world.department)
    return Target((made.pk,))


ROWS = [Row("enterprise_detail", get=DOST | WATCHERS, make=enterprise)]
