"""Let Django empty tables between tests although the database refuses TRUNCATE on some of them."""

from collections.abc import Iterable

from django.db.backends.postgresql.operations import DatabaseOperations

flush_as_django_does = DatabaseOperations.execute_sql_flush


def flush_without_triggers(self: DatabaseOperations, sql_list: Iterable[str]) -> None:
    """Flush in one transaction for which the database switches its triggers off."""
    # Only a superuser may; only the throw-away cluster of the tests gives one.
    flush_as_django_does(self, ["SET LOCAL session_replication_role = replica", *sql_list])


def allow_flush() -> None:
    """Let transactional tests flush append-only tables too."""
    DatabaseOperations.execute_sql_flush = flush_without_triggers  # type: ignore[method-assign, assignment]
