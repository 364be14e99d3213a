"""Who may do what with the register of enterprises."""

import datetime as dt

from accounts.choices import Role, Sector
from enterprises import services
from enterprises.choices import SizeClass
from enterprises.models import Contact, Enterprise, SizeThreshold
from tests.enterprises import factories, nomination_rights, record_rights, support_rights
from tests.rights import DOST, UNIT_OFFICERS, Row, Target, World, people

LEAD = people(Role.PROGRAMME_LEAD)
# The Department and the leadership see the whole register; the unit officer's department manages
# the enterprise of these rows, that of the officer elsewhere does not.
SEEING = DOST | people(Role.LEADERSHIP, Role.UNIT_OFFICER)
READERS = SEEING | UNIT_OFFICERS
TODAY = dt.date.today()  # noqa: DTZ011 - a day of the tests


def enterprise(world: World, **values: object) -> Enterprise:
    """An enterprise that the unit officer's department manages."""
    made = factories.enterprise(**values)
    made.managing_departments.add(world.department)
    return made


def profile(made: Enterprise) -> dict[str, object]:
    """A valid posting of its profile."""
    return {"name": "Công ty Đổi Tên", "kind": made.kind, "version": made.version}


def contact(world: World) -> Contact:
    """A contact of an enterprise."""
    return services.contact_add(
        enterprise=enterprise(world),
        values={"kind": "contact", "name": "Người Liên Hệ"},
        by=world.user(Role.PROGRAMME_OFFICER),
    )


def threshold(world: World) -> SizeThreshold:
    """A threshold that an officer entered."""
    return services.size_threshold_add(
        values={
            "sector": Sector.SERVICES,
            "size_class": SizeClass.MICRO,
            "labour": 5,
            "revenue": 1,
            "capital": 1,
            "valid_from": dt.date(2027, 1, 1),
            "legal_basis": "Nghị định thử",
        },
        by=world.user(Role.PROGRAMME_OFFICER),
    )


def to_create(world: World) -> Target:
    """A valid posting of a new enterprise."""
    code = factories.tax_code()
    return Target(data={"tax_code": code, "name": "Công ty Mới", "kind": "enterprise"})


def to_edit(world: World) -> Target:
    """A valid posting of an edited profile."""
    made = enterprise(world)
    return Target((made.pk,), data=profile(made))


def to_change_tax_code(world: World) -> Target:
    """A valid posting of another tax code."""
    made = enterprise(world)
    data = {
        "tax_code": factories.tax_code(),
        "why": "changed",
        "changed_on": TODAY.strftime("%d/%m/%Y"),
        "reason": "Cấp lại",
    }
    return Target((made.pk,), data=data)


def to_end(world: World) -> Target:
    """A valid posting of an end."""
    data = {"ended_on": TODAY.strftime("%d/%m/%Y"), "reason": "Giải thể"}
    return Target((enterprise(world).pk,), data=data)


def to_merge(world: World) -> Target:
    """A valid posting of a merger."""
    source, target = enterprise(world), enterprise(world)
    data = {"field-name": "target", "reason": "Đăng ký hai lần"}
    return Target((source.pk,), f"?vao={target.pk}", data)


def to_contact(world: World) -> Target:
    """A valid posting of a contact."""
    data = {"kind": "contact", "name": "Người Mới"}
    return Target((enterprise(world).pk,), data=data)


def of_contact(world: World) -> Target:
    """A contact, with what either of its forms takes."""
    made = contact(world)
    data = {"kind": "contact", "name": "Người Khác", "reason": "Nghỉ việc"}
    return Target((made.enterprise_id, made.pk), data=data)


def to_threshold(world: World) -> Target:
    """A valid posting of a threshold."""
    data = {
        "sector": Sector.SERVICES,
        "size_class": SizeClass.MICRO,
        "labour": "5",
        "revenue": "3.000.000.000",
        "capital": "3.000.000.000",
        "valid_from": "01/01/2027",
        "legal_basis": "Nghị định thử",
    }
    return Target(data=data)


ROWS = [
    Row("enterprise_list", get=READERS),
    Row("enterprise_detail", get=SEEING, make=lambda world: Target((enterprise(world).pk,))),
    Row(
        "enterprise_lookup",
        get=READERS,
        post=READERS,
        make=lambda _world: Target(data={"mst": factories.enterprise().tax_code}),
    ),
    Row(
        "enterprise_create",
        get=DOST,
        get_refused=READERS - DOST,
        post=DOST,
        post_refused=READERS - DOST,
        make=to_create,
    ),
    *(
        Row(
            name,
            get=allowed,
            get_refused=SEEING - allowed,
            post=allowed,
            post_refused=SEEING - allowed,
            make=make,
        )
        for name, allowed, make in (
            ("enterprise_edit", DOST, to_edit),
            ("enterprise_change_tax_code", DOST, to_change_tax_code),
            ("enterprise_end", DOST, to_end),
            ("enterprise_merge", LEAD, to_merge),
            ("contact_add", DOST, to_contact),
            ("contact_edit", DOST, of_contact),
            ("contact_void", DOST, of_contact),
        )
    ),
    Row(
        "enterprise_verify",
        post=DOST,
        post_refused=SEEING - DOST,
        make=lambda world: Target((enterprise(world).pk,)),
    ),
    Row("size_threshold_list", get=READERS),
    Row(
        "size_threshold_add",
        get=DOST,
        get_refused=READERS - DOST,
        post=DOST,
        post_refused=READERS - DOST,
        make=to_threshold,
    ),
    Row(
        "size_threshold_approve",
        post=LEAD,
        post_refused=READERS - LEAD,
        make=lambda world: Target((threshold(world).pk,)),
    ),
    Row(
        "size_threshold_void",
        get=DOST,
        get_refused=READERS - DOST,
        post=DOST,
        post_refused=READERS - DOST,
        make=lambda world: Target((threshold(world).pk,), data={"reason": "Nhập sai"}),
    ),
    *record_rights.ROWS,
    *nomination_rights.ROWS,
    *support_rights.ROWS,
]
