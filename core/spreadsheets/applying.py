"""Writing the good rows of a planned workbook, in sets, with what is needed to take it back."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import groupby
from typing import Any

from django.db import connection, models
from django.utils import timezone
from psycopg2 import sql
from psycopg2.extras import execute_values

from core.searchable import Searchable
from core.spreadsheets.rows import Outcome, Row, SheetPlan, WorkbookPlan
from core.spreadsheets.sheets import Ref, Register, Sheet
from core.text import search_key
from core.versions import Versioned

BATCH = 500


class Act(StrEnum):
    """What was done to a record."""

    CREATE = "create"
    UPDATE = "update"
    COUNT = "count"  # only its version: a record that belongs to it changed


@dataclass(slots=True)
class Change:
    """What a run did to one record: its values by attname before and after."""

    act: Act
    model: type[models.Model]
    pk: int
    before: dict[str, Any]
    after: dict[str, Any]
    sheet: str = ""
    row: int | None = None
    # Changes of one step were stored together; taking back goes step by step.
    step: int = 0


# Keeps changes; called with one batch after another.
Keep = Callable[[list[Change]], None]


@dataclass
class Writer:
    """One run of writing. ``by_id`` is the person whose records they are."""

    register: Register
    keep: Keep
    by_id: int | None
    now: dt.datetime = field(default_factory=timezone.now)
    made: dict[Ref, int] = field(default_factory=dict)
    # What was created or updated, by model: its version need not be counted again.
    written: dict[type[models.Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    parents: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    step: int = 0

    def write(self, plan: WorkbookPlan) -> None:
        """Write every new and changed row; wrong rows are left out."""
        plans = {sheet_plan.sheet.name: sheet_plan for sheet_plan in plan.sheets}
        for sheet in self.register.ordered():
            if sheet.name in plans:
                self._write_sheet(plans[sheet.name])
        for target, pks in self.parents.items():
            self._count(self.register.sheets[target].model, pks)

    def _write_sheet(self, plan: SheetPlan) -> None:
        rows = [row for row in plan.rows if row.outcome in {Outcome.NEW, Outcome.CHANGED}]
        self._make_entries(plan.sheet, rows)
        changed = sorted(
            (row for row in rows if row.outcome is Outcome.CHANGED), key=plan.sheet.rank
        )
        for _rank, group in groupby(changed, key=plan.sheet.rank):
            self._update(plan.sheet, list(group))
        self._create(plan.sheet, [row for row in rows if row.outcome is Outcome.NEW])
        for row in rows:
            parent = row.final.get(plan.sheet.belongs_to)
            if isinstance(parent, Ref):
                self.parents[parent.target].add(self._pk(parent))

    def _keep(self, changes: list[Change]) -> None:
        self.step += 1
        for change in changes:
            change.step = self.step
        self.keep(changes)

    def _pk(self, ref: Ref) -> int:
        return ref.pk if ref.pk is not None else self.made[ref]

    def _make_entries(self, sheet: Sheet, rows: Collection[Row]) -> None:
        """Make what rows name in an open catalogue and that is not there yet."""
        for column in sheet.columns:
            catalogue = self.register.catalogues.get(column.refers)
            if catalogue is None or catalogue.make is None:
                continue
            wanted: dict[Ref, Row] = {}
            for row in rows:
                ref = row.final.get(column.name)
                if isinstance(ref, Ref) and ref.pk is None and ref not in self.made:
                    wanted.setdefault(ref, row)
            made = [(ref, catalogue.make(ref.key, row), row) for ref, row in wanted.items()]
            self._insert([(record, row.number) for _ref, record, row in made], sheet)
            self.made.update({ref: record.pk for ref, record, _row in made})

    def _fields(self, sheet: Sheet, row: Row) -> dict[str, Any]:
        return {
            name: self._pk(value) if isinstance(value, Ref) else value
            for name, value in sheet.fields(row.final).items()
        }

    def _create(self, sheet: Sheet, rows: Collection[Row]) -> None:
        records = []
        for row in rows:
            values = {**sheet.born(row, self.by_id, self.now), **self._fields(sheet, row)}
            records.append((sheet.model(**values), row.number))
        self._insert(records, sheet)
        for row, (record, _number) in zip(rows, records, strict=True):
            assert row.key is not None  # noqa: S101 - a good row has its key
            self.made[Ref(sheet.name, None, row.key)] = record.pk

    def _insert(self, records: list[tuple[models.Model, int]], sheet: Sheet) -> None:
        for start in range(0, len(records), BATCH):
            batch = records[start : start + BATCH]
            for record, _number in batch:
                _keep_search_key(record)
            model = type(batch[0][0])
            model._base_manager.bulk_create([record for record, _number in batch])
            self.written[model] |= {record.pk for record, _number in batch}
            self._keep(
                [
                    Change(
                        Act.CREATE,
                        model,
                        record.pk,
                        {},
                        _values(record, sheet.derived),
                        sheet.name,
                        number,
                    )
                    for record, number in batch
                ]
            )

    def _update(self, sheet: Sheet, rows: list[Row]) -> None:
        corrected = sheet.corrected(self.now)
        for start in range(0, len(rows), BATCH):
            batch = {row.existing.pk: row for row in rows[start : start + BATCH] if row.existing}
            records = sheet.model._base_manager.in_bulk(list(batch))
            changes = []
            for pk, row in batch.items():
                record = records[pk]
                before = _values(record, sheet.derived)
                for name, value in {**self._fields(sheet, row), **corrected}.items():
                    setattr(record, name, value)
                _keep_search_key(record)
                if isinstance(record, Versioned):
                    record.version += 1
                after = _values(record, sheet.derived)
                differ = [name for name in after if after[name] != before[name]]
                changes.append(
                    Change(
                        Act.UPDATE,
                        sheet.model,
                        pk,
                        {name: before[name] for name in differ},
                        {name: after[name] for name in differ},
                        sheet.name,
                        row.number,
                    )
                )
            store(sheet.model, {change.pk: change.after for change in changes})
            self.written[sheet.model] |= set(batch)
            self._keep(changes)

    def _count(self, model: type[models.Model], pks: set[int]) -> None:
        """Count the change of records to which written ones belong."""
        if not issubclass(model, Versioned):
            return
        left = sorted(pks - self.written[model])
        records = model._base_manager.filter(pk__in=left).order_by("pk").select_for_update()
        versions = dict(records.values_list("pk", "version"))
        store(model, {pk: {"version": version + 1} for pk, version in versions.items()})
        self._keep(
            [
                Change(Act.COUNT, model, pk, {"version": version}, {"version": version + 1})
                for pk, version in versions.items()
            ]
        )


def _keep_search_key(record: models.Model) -> None:
    if isinstance(record, Searchable):
        record.search_key = search_key(record.searched_text())


@cache
def _fields_of(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    return [part for part in model._meta.concrete_fields if not part.primary_key]


def _values(record: models.Model, derived: Collection[str] = ()) -> dict[str, Any]:
    """Return what a record stores, by attname, as the database gives it back."""
    values = {}
    for part in _fields_of(type(record)):
        name = part.attname
        if name not in derived:
            value = getattr(record, name)
            values[name] = None if value is None else part.to_python(part.get_prep_value(value))
    return values


def store(model: type[models.Model], values: Mapping[int, Mapping[str, Any]]) -> None:
    """Store fields of many records, by key, in few statements: one for each set of fields."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, changed in values.items():
        if changed:
            groups[tuple(sorted(changed))].append(pk)
    for names, pks in groups.items():
        _store_same(model, names, [(pk, *(values[pk][name] for name in names)) for pk in pks])


def _store_same(
    model: type[models.Model], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> None:
    parts = {part.attname: part for part in model._meta.concrete_fields}
    chosen = [parts[name] for name in names]
    statement = sql.SQL(
        "UPDATE {table} AS old SET {values} FROM (VALUES %s) AS new (pk, {columns}) "
        "WHERE old.{pk} = new.pk"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        values=sql.SQL(", ").join(
            sql.SQL("{0} = new.{0}").format(_column(part)) for part in chosen
        ),
        columns=sql.SQL(", ").join(map(_column, chosen)),
        pk=_column(model._meta.pk),
    )
    # A list of values has no types of its own.
    types = ", ".join(f"%s::{_database_type(part)}" for part in chosen)
    prepared = [
        [
            row[0],
            *(
                part.get_db_prep_save(value, connection)
                for part, value in zip(chosen, row[1:], strict=True)
            ),
        ]
        for row in rows
    ]
    with connection.cursor() as cursor, connection.wrap_database_errors:
        execute_values(cursor.cursor, statement, prepared, f"(%s, {types})", page_size=BATCH)


def _column(part: "models.Field[Any, Any]") -> sql.Identifier:
    return sql.Identifier(str(part.column))


def _database_type(part: "models.Field[Any, Any]") -> str:
    return str(part.rel_db_type(connection) if part.is_relation else part.db_type(connection))
