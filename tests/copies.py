"""Rows that many tests begin with: made once by the services that make them, then copied."""

import io
from collections.abc import Callable
from typing import Any, Self

from django.db import connection, transaction

from tests.writes import Writes

# Each test's trail begins with its own acts.
NOT_COPIED = {"audit_entry"}


class Copies:
    """The rows that some work leaves in tables where it finds none of its own."""

    def __init__(self, rows: dict[tuple[str, str], str]) -> None:
        self._rows = rows

    @classmethod
    def left_by(cls, work: Callable[[], object]) -> Self:
        """Do the work, take the rows it adds, and take it back.

        The numbers that the rows have got are not given out again.
        """
        writes = Writes()
        with transaction.atomic(), connection.cursor() as cursor:
            # Its savepoints have later numbers.
            cursor.execute("SELECT pg_current_xact_id()::xid::text::bigint")
            own = cursor.fetchone()[0]
            with connection.execute_wrapper(writes):
                work()
            rows = {}
            for table in sorted(writes.tables - NOT_COPIED):
                columns = _columns(cursor, table)
                added = f'SELECT {columns} FROM "{table}" WHERE xmin::text::bigint >= {own}'
                rows[table, columns] = _copied(cursor, added)
            transaction.set_rollback(True)
        return cls(rows)

    def insert(self) -> None:
        """Add the rows."""
        with transaction.atomic(), connection.cursor() as cursor:
            for (table, columns), rows in self._rows.items():
                copy = f'COPY "{table}" ({columns}) FROM STDIN'
                cursor.copy_expert(copy, io.StringIO(rows))


def _columns(cursor: Any, table: str) -> str:
    """Name the columns that are stored, not generated."""
    cursor.execute(
        "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
        " FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return str(cursor.fetchone()[0])


def _copied(cursor: Any, query: str) -> str:
    rows = io.StringIO()
    cursor.copy_expert(f"COPY ({query}) TO STDOUT", rows)
    return rows.getvalue()
