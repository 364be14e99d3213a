"""Who may do what with the records that hang on an enterprise: the same for every kind."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from accounts.choices import Role
from enterprises.kinds import KINDS, RecordKind
from enterprises.models import Enterprise
from tests.enterprises import factories
from tests.enterprises.samples import data_of, form_data, record_of, values_of
from tests.rights import DOST, Row, Target, World, people

# They see the enterprise of these rows, but keep no records.
WATCHERS = people(Role.LEADERSHIP, Role.UNIT_OFFICER)
END = dt.date(2025, 6, 30)


def enterprise(world: World) -> Enterprise:
    """An enterprise that the unit officer's department manages."""
    made = factories.enterprise()
    made.managing_departments.add(world.department)
    return made


def adding(kind: RecordKind) -> Callable[[World], Target]:
    """The address on which a record is added."""

    def make(world: World) -> Target:
        of = enterprise(world)
        return Target((of.pk,), data=data_of(values_of(kind, of)))

    return make


def changing(kind: RecordKind, **data: Any) -> Callable[[World], Target]:
    """An address of a record that is there; without data it is saved as it is."""

    def make(world: World) -> Target:
        of = enterprise(world)
        record = record_of(kind, of)
        sent = data or form_data(kind, record)
        return Target((of.pk, record.pk), data={**sent, "version": record.version})

    return make


def rows_of(kind: RecordKind) -> Iterator[Row]:
    """The rows of one kind."""
    ending = {"withdrawn_reason": "Thu hồi."} if "withdrawn_reason" in kind.end_fields else {}
    made = {
        "add": adding(kind),
        "edit": changing(kind),
        "void": changing(kind, reason="Nhập nhầm."),
    }
    if kind.end_fields:
        made["end"] = changing(kind, **{kind.end_date: f"{END:%d/%m/%Y}"}, **ending)
    for act, make in made.items():
        yield Row(
            f"{kind.name}_{act}",
            get=DOST,
            get_refused=WATCHERS,
            post=DOST,
            post_refused=WATCHERS,
            make=make,
        )


ROWS = [
    *(row for kind in KINDS for row in rows_of(kind)),
    Row(
        "certificate_expiry_hint",
        get=DOST | WATCHERS,
        make=lambda world: Target((enterprise(world).pk,), "?issued_on=15/05/2023"),
    ),
]
