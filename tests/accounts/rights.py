"""Who may do what on the pages of people and organisations."""

from accounts.choices import Role
from audit.services import record
from tests import factories
from tests.accounts import rights_sessions
from tests.accounts.people_rights import ROWS as PEOPLE_ROWS
from tests.factories import BY
from tests.rights import REVIEWERS, WORKERS, Row, Target, World, people

ADMINISTRATOR = people(Role.ADMINISTRATOR)
REFUSED = WORKERS - ADMINISTRATOR


def entry(world: World) -> Target:
    """An entry of the history."""
    made = record(act="plan_load", by=BY, target=world.plan)
    return Target((made.pk,))


def organisation(world: World) -> Target:
    """An organisation, with what corrects it."""
    made = factories.organisation()
    form = {"name": "Sở Đã Sửa", "kind": "department", "valid_from": "01/01/2021", "version": 1}
    return Target((made.pk,), data=form)


def succession(world: World) -> Target:
    """An organisation, with what records its successor."""
    form = {"successor_1": world.department.pk, "on": "01/03/2025", "step": "record", "count": 1}
    return Target((factories.organisation().pk,), data=form)


def area(world: World) -> Target:
    """An area, with what corrects it."""
    made = factories.area()
    form = {"name": "xã Đã Sửa", "level": "commune", "valid_from": "01/01/2021", "version": 1}
    return Target((made.pk,), data=form)


def area_succession(world: World) -> Target:
    """An area, with what records its successor."""
    form = {"successor_1": factories.area().pk, "on": "01/03/2025", "step": "record", "count": 1}
    return Target((factories.area().pk,), data=form)


def keepers(name: str, **values: object) -> Row:
    """A page that all who work here know of, and administrators alone may use."""
    kept = {"get": ADMINISTRATOR, "post": ADMINISTRATOR}
    return Row(name, **kept, get_refused=REFUSED, post_refused=REFUSED, **values)


NEW_ORGANISATION = Target(
    data={"code": "MOI", "name": "Sở Mới", "kind": "department", "valid_from": "01/01/2021"}
)
NEW_AREA = Target(
    data={"code": "99999", "name": "xã Mới", "level": "commune", "valid_from": "01/07/2025"}
)

ROWS = [
    Row("entry_list", get=REVIEWERS),
    Row("entry_detail", get=REVIEWERS, make=entry),
    Row("access_review", get=REVIEWERS),
    Row("organisation_list", get=WORKERS),
    Row("organisation_detail", get=WORKERS, make=organisation),
    keepers("organisation_create", make=lambda _world: NEW_ORGANISATION),
    keepers("organisation_edit", make=organisation),
    keepers("succession_record", make=succession),
    Row("area_list", get=WORKERS),
    Row("area_detail", get=WORKERS, make=area),
    keepers("area_create", make=lambda _world: NEW_AREA),
    keepers("area_edit", make=area),
    keepers("area_succession_record", make=area_succession),
    *rights_sessions.ROWS,
    *PEOPLE_ROWS,
]
