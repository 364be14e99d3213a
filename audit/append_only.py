"""Tables that only ever grow: refused in Python with a clear error, in the database by a trigger.

A room makes a table append-only by deriving the model from ``AppendOnlyModel`` and adding the
operation ``AppendOnly("<table>")`` to a migration that depends on
``("audit", "0002_append_only_and_chain")``.
"""

from typing import Any, NoReturn, TypeVar

from django.db import models
from django.db.migrations.operations import RunSQL

Row = TypeVar("Row", bound=models.Model)


class AppendOnlyError(RuntimeError):
    """The code tried to change or delete what is kept for ever."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"{model._meta.label} is append-only: rows are never changed or deleted.")


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Rows that can be added and read."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse: rows are never changed."""
        raise AppendOnlyError(self.model)

    def delete(self) -> NoReturn:
        """Refuse: rows are never deleted."""
        raise AppendOnlyError(self.model)


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row; refuse if it is there already."""
        if not self._state.adding:
            raise AppendOnlyError(type(self))
        # Otherwise Django tries an UPDATE first wherever a key is given.
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: the row stays."""
        raise AppendOnlyError(type(self))


class AppendOnly(RunSQL):
    """Migration operation: the database refuses UPDATE, DELETE and TRUNCATE on a table."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            sql=f"""
                CREATE TRIGGER {table}_append_only
                BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()
            """,
            reverse_sql=f"DROP TRIGGER {table}_append_only ON {table}",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, Any]]:
        """Return how to build the operation again."""
        return type(self).__qualname__, [self.table], {}

    def describe(self) -> str:
        """Return the sentence for the list of migrations."""
        return f"Make {self.table} append-only"
