"""Acts to record, and the tampering that the chain must show."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from audit.models import Entry
from audit.services import record


@dataclass(frozen=True)
class Person:
    """Somebody who acts."""

    pk: int
    audit_name: str


LAN = Person(7, "Vàng Thị Lan")


def act_once(act: str = "nomination_submit", by: Person = LAN) -> Entry:
    """Record one act in a transaction of its own."""
    with transaction.atomic():
        return record(act=act, by=by, after={"status": "submitted"}, reason="Đủ hồ sơ")


def acts_sealed(count: int) -> list[Entry]:
    """Record acts and link them now, as a commit would, inside a test that is rolled back."""
    entries = [act_once() for _number in range(count)]
    connection.check_constraints()
    return entries


def tamper(sql: str, params: list[Any] | None = None) -> None:
    """Change rows as a superuser who switches the triggers off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("SET LOCAL session_replication_role = origin")
