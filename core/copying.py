"""Storing many records of which nothing is asked back, by PostgreSQL's COPY."""

import json
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from itertools import islice
from typing import Any

from django.db import connection, models
from psycopg2 import sql

BATCH = 500


def copy_in(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store rows of values in the order of the fields: texts, whole numbers, what JSON holds.

    Columns that are not named get what the database gives them.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    texts = [_as_json(part) if isinstance(part, models.JSONField) else _text for part in fields]
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(model._meta.db_table),
        columns=sql.SQL(", ").join(sql.Identifier(part.column) for part in fields),
    )
    left = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(left, BATCH)):
            lines = (
                "\t".join(text(value) for text, value in zip(texts, row, strict=True))
                for row in batch
            )
            content = StringIO("\n".join(lines))
            with connection.wrap_database_errors:
                cursor.cursor.copy_expert(statement, content)


def _as_json(part: models.JSONField) -> Callable[[Any], str]:
    encoder = part.encoder or json.JSONEncoder
    encode = encoder(ensure_ascii=False, separators=(",", ":")).encode
    return lambda value: _escaped(encode(value))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return _escaped(value)
    return r"\N" if value is None else str(value)


def _escaped(text: str) -> str:
    # The backslash first, for the others bring one in.
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return text.replace("\r", "\\r").replace("\t", "\\t")
