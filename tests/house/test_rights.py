"""The rights table: every address, every kind of person, GET and POST."""

import re
from importlib import import_module, util
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, path, reverse

from tests.house.test_layers import own_addresses
from tests.rights import PEOPLE, Row, Target, World

# Where what people may do shows; sessions and the state of jobs may move with any request.
LEFT_OUT = {"django_session", "django_migrations", "usersessions_usersession"}
WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(?P<table>\w+)"')
# What a form never has; posted all the same, it must change nothing.
INJECTED = {
    "status": "approved",
    "amount": "999999999",
    "owner": "1",
    "role": "administrator",
    "organisation": "1",
    "is_active": "false",
    "created_by": "1",
    "verified_at": "2020-01-01",
}


def rows_of(room: str) -> list[Row]:
    """The rows of a room, none where it has none yet."""
    name = f"tests.{room}.rights"
    return list(import_module(name).ROWS) if util.find_spec(name) else []


def missing_rows(patterns: list[URLPattern], rows: list[Row]) -> set[str | None]:
    """The addresses that no row is about."""
    return {pattern.name for pattern in patterns} - {row.name for row in rows}


def all_rows() -> list[Row]:
    """The rows of all rooms."""
    return [row for room in settings.ROOMS for row in rows_of(room)]


def fingerprint() -> dict[str, str]:
    """A digest of every table's rows, in one statement."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - LEFT_OUT
        digest = "md5(string_agg(t::text, chr(10) ORDER BY t::text))"
        digests = (f"SELECT '{table}', {digest} FROM \"{table}\" t" for table in sorted(tables))
        cursor.execute(" UNION ALL ".join(digests))
        return dict(cursor.fetchall())


def test_every_address_has_its_row() -> None:
    assert missing_rows(own_addresses(), all_rows()) == set()


def test_an_address_without_a_row_is_found() -> None:
    added = path("moi/", lambda _request: None, name="added_by_this_test")
    assert missing_rows([*own_addresses(), added], all_rows()) == {"added_by_this_test"}


def test_no_row_stands_twice_or_for_nothing() -> None:
    named = [row.name for row in all_rows()]
    assert len(named) == len(set(named))
    assert set(named) <= {pattern.name for pattern in own_addresses()}


class Writes:
    """Notes which statements of a request write where what people may do shows."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: Any, *rest: Any) -> Any:
        """Let the statement pass."""
        if found := WRITING.match(str(sql)):
            self.tables.add(found["table"])
        return execute(sql, *rest)

    @property
    def seen(self) -> bool:
        """Whether anything was written that counts."""
        return bool(self.tables - LEFT_OUT)


def browsers(world: World) -> dict[str, str]:
    """The session of each kind of person, logged in once for all rows."""
    sessions = {}
    for who in PEOPLE:
        client = Client()
        client.force_login(world.user(who))
        sessions[who] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions


def wrong_answers(row: Row, target: Target, sessions: dict[str, str]) -> list[str]:
    """What people get at an address beside what the row says."""
    wrong = []
    url = reverse(row.name, args=target.args) + target.query
    before = fingerprint()
    for method in ("get", "post"):
        for who, session in sessions.items():
            client = Client()
            client.cookies[settings.SESSION_COOKIE_NAME] = session
            writes, after = Writes(), before
            with transaction.atomic():
                data = {**INJECTED, **target.data} if method == "post" else None
                with connection.execute_wrapper(writes):
                    answer = getattr(client, method)(url, data)
                if answer.streaming:
                    # Read to its end, so that the file behind it is closed.
                    b"".join(answer.streaming_content)
                may_act = method == "post" and who in (row.post or ())
                if writes.seen and not may_act:
                    after = fingerprint()
                transaction.set_rollback(True)
            told = f"{method.upper()} {url} as {who}"
            if answer.status_code not in row.expected(method, who):
                wrong.append(f"{told}: {answer.status_code}")
            if changed := [table for table in after if after[table] != before.get(table)]:
                wrong.append(f"{told} changed {', '.join(changed)}")
            if answer.status_code == 403 and len(answer.content) < 100:
                wrong.append(f"{told}: no reason is given")
    return wrong


@pytest.mark.parametrize("room", settings.ROOMS)
@pytest.mark.django_db
def test_everyone_gets_what_the_table_says(room: str) -> None:
    world = World()
    # Made before the rows, each of which is taken back.
    assert world.plan
    assert world.users
    sessions = browsers(world)
    wrong = []
    for row in rows_of(room):
        with transaction.atomic():
            wrong += wrong_answers(row, row.make(world), sessions)
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
