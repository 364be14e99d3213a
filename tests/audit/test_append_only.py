"""Nobody changes, deletes or empties the history: neither through Django nor in SQL."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.state import ProjectState

from audit.append_only import AppendOnly, AppendOnlyError
from audit.models import ChainLink, Entry
from tests.audit.acts import acts_sealed

pytestmark = pytest.mark.django_db

STATEMENTS = {
    "UPDATE": "UPDATE {table} SET {column} = {column}",
    "UPDATE of no row": "UPDATE {table} SET {column} = {column} WHERE false",
    "DELETE": "DELETE FROM {table}",
    "TRUNCATE": "TRUNCATE {table}",
}


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize(
    ("table", "column"), [("audit_entry", "reason"), ("audit_chainlink", "digest")]
)
def test_the_database_refuses(table: str, column: str, statement: str) -> None:
    acts_sealed(1)
    sql = STATEMENTS[statement].format(table=table, column=column)
    refusal = f"Table {table} is append-only: {statement.partition(' ')[0]} is refused."
    with (
        pytest.raises(IntegrityError, match=refusal),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


REFUSED_IN_PYTHON: dict[str, Callable[[models.Model], object]] = {
    "save": lambda row: row.save(),
    "delete": lambda row: row.delete(),
    "queryset update": lambda row: type(row)._default_manager.update(pk=0),
    "queryset delete": lambda row: type(row)._default_manager.all().delete(),
    "bulk update": lambda row: type(row)._default_manager.bulk_update(
        [row], [row._meta.concrete_fields[1].name]
    ),
}


@pytest.mark.parametrize("attempt", REFUSED_IN_PYTHON)
@pytest.mark.parametrize("model", [Entry, ChainLink])
def test_django_refuses(model: type[models.Model], attempt: str) -> None:
    acts_sealed(1)
    row = model._default_manager.get()
    with pytest.raises(AppendOnlyError, match=f"{model._meta.label} is append-only"):
        REFUSED_IN_PYTHON[attempt](row)


def test_saving_under_the_key_of_another_row_is_refused() -> None:
    (entry,) = acts_sealed(1)
    with pytest.raises(IntegrityError, match="audit_entry_pkey"), transaction.atomic():
        Entry(pk=entry.pk, act="forged", actor_name="", origin_kind="web").save()


def test_any_table_can_be_made_append_only_and_back() -> None:
    operation, state = AppendOnly("voucher"), ProjectState()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE voucher (amount int)")
        cursor.execute("INSERT INTO voucher VALUES (1)")
        with connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("audit", editor, state, state)
        with pytest.raises(IntegrityError, match="voucher is append-only"), transaction.atomic():
            cursor.execute("UPDATE voucher SET amount = 2")
        cursor.execute("INSERT INTO voucher VALUES (2)")
        with connection.schema_editor(atomic=False) as editor:
            operation.database_backwards("audit", editor, state, state)
        cursor.execute("UPDATE voucher SET amount = 3")
        assert cursor.rowcount == 2
