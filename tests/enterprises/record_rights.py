"""Who may do what with the records that hang on an enterprise: the same for every kind."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone

from accounts.choices import Role
from enterprises.kinds import KINDS, RecordKind
from enterprises.models import Enterprise, KeyListEntry, ProductivityCoefficients
from tests.enterprises import factories
from tests.enterprises.samples import data_of, form_data, record_of, tool, values_of
from tests.rights import DOST, UNIT_OFFICERS, WORKERS, Row, Target, World, people

# They see the enterprise of these rows, but keep no records.
WATCHERS = people(Role.LEADERSHIP, Role.UNIT_OFFICER)
# A unit officer sees the lists with what is theirs on them, another one an empty list.
READERS = DOST | people(Role.LEADERSHIP) | UNIT_OFFICERS
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


def key_entry(world: World, **values: Any) -> KeyListEntry:
    """An entry that the programme officer prepared."""
    officer = world.user(Role.PROGRAMME_OFFICER)
    values.setdefault("approved_at", None)
    return factories.key_entry(
        factories.product(enterprise(world)),
        recorded_by=officer,
        prepared_by=officer,
        prepared_at=timezone.now(),
        **values,
    )


def approving(world: World) -> Target:
    """The approval of a new entry."""
    entry = key_entry(world)
    return Target(data={"entry": f"{entry.pk}:{entry.version}"})


def returning(world: World) -> Target:
    """The return of a new entry."""
    entry = key_entry(world)
    return Target((entry.pk,), data={"reason": "Sai số quyết định.", "version": entry.version})


def dropping(world: World) -> Target:
    """Taking back the voiding that was proposed of an entry that counts."""
    change = {"act": "void", "values": {}, "after": {}, "reason": "Nhầm."}
    entry = key_entry(world, proposal=change, approved_at=timezone.now())
    return Target((entry.pk,), data={"version": entry.version})


def standard(_world: World) -> Target:
    """A standard, corrected."""
    made = factories.standard()
    data = {"number": made.number, "kind": made.kind, "status": made.status, "title": "Chè"}
    return Target((made.pk,), data={**data, "version": made.version})


def tool_of(_world: World) -> Target:
    """A tool, corrected."""
    made = tool()
    return Target((made.pk,), data={"name": "5S", "version": made.version})


STANDARD = {"number": "TCVN 1", "kind": "tcvn", "status": "in_force"}
COEFFICIENTS = {
    "valid_from": "01/01/2026",
    "capital_share": "0,4",
    "labour_share": "0,6",
    "basis": "12/QĐ-SKHCN",
}


def coefficients(world: World) -> Target:
    """Coefficients that the programme officer entered."""
    made = ProductivityCoefficients.objects.create(
        valid_from=END,
        capital_share="0.4",
        labour_share="0.6",
        basis="12/QĐ-SKHCN",
        recorded_by=world.user(Role.PROGRAMME_OFFICER),
    )
    return Target((made.pk,), data={"reason": "Nhầm.", "version": made.version})


LEAD, OFFICER = people(Role.PROGRAMME_LEAD), people(Role.PROGRAMME_OFFICER)

ROWS = [
    *(row for kind in KINDS for row in rows_of(kind)),
    Row(
        "certificate_expiry_hint",
        get=DOST | WATCHERS,
        make=lambda world: Target((enterprise(world).pk,), "?issued_on=15/05/2023"),
    ),
    *(Row(name, get=READERS) for name in ("product_list", "key_list", "certificate_list")),
    Row("key_list_approval", get=DOST),
    Row("key_list_entry_approve", post=LEAD, post_refused=OFFICER, make=approving),
    Row(
        "key_list_entry_return",
        get=LEAD,
        get_refused=OFFICER,
        post=LEAD,
        post_refused=OFFICER,
        make=returning,
    ),
    Row("key_list_entry_drop_change", get=DOST, post=DOST, make=dropping),
    Row("standard_list", get=WORKERS),
    Row("standard_detail", get=WORKERS, make=standard),
    *(
        Row(
            name,
            get=DOST,
            get_refused=WORKERS - DOST,
            post=DOST,
            post_refused=WORKERS - DOST,
            make=make,
        )
        for name, make in (
            (
                "standard_add",
                lambda _world: Target(
                    data={"number": "TCVN 1", "kind": "tcvn", "status": "in_force"}
                ),
            ),
            ("standard_edit", standard),
            ("improvement_tool_add", lambda _world: Target(data={"name": "5S"})),
            ("improvement_tool_edit", tool_of),
            ("coefficients_add", lambda _world: Target(data=COEFFICIENTS)),
        )
    ),
    Row("improvement_tool_list", get=WORKERS),
    Row("coefficients_list", get=WORKERS),
    Row(
        "coefficients_approve",
        get=LEAD,
        get_refused=OFFICER,
        post=LEAD,
        post_refused=OFFICER,
        make=coefficients,
    ),
    Row("coefficients_void", get=DOST, post=DOST, make=coefficients),
]
