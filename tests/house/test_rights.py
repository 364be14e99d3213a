"""The rights table: every address, every kind of person, GET and POST."""

import json
import re
from importlib import import_module, util

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.test import Client
from django.urls import URLPattern, path, reverse

from tests.house.test_layers import own_addresses
from tests.rights import PEOPLE, Row, Target, World
from tests.writes import Writes

# Where what people may do shows; sessions and the state of jobs may move with any request.
LEFT_OUT = {"django_session", "django_migrations", "usersessions_usersession"}
# What differs each time one act is done: its time, tokens, and the seals over them.
FLEETING = re.compile(r"(^|_)(token|secret|hash|sha256|password|nonce|digest|seal|body|html)$")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[^\"]*")
# A draft keeps all that was typed; what comes of it is checked where the form is posted.
KEEPS_ALL = {"form_draft_save"}
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


def stable_columns(model: type[models.Model]) -> list[str]:
    """The columns of a model that one act, done twice, fills alike."""
    passing = (models.DateTimeField, models.UUIDField, models.FileField)
    return [
        field.attname
        for field in model._meta.concrete_fields
        if not isinstance(field, passing) and not FLEETING.search(field.attname)
    ]


def told(tables: set[str]) -> dict[str, list[str]]:
    """What the rows of these tables say, but for what is of the moment."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if (table := model._meta.db_table) in tables - LEFT_OUT:
            rows = model._base_manager.values(*stable_columns(model))
            lines = (json.dumps(row, default=str, sort_keys=True) for row in rows)
            found[table] = sorted(MOMENT.sub("", line) for line in lines)
    return found


def sequences() -> dict[str, int | None]:
    """Where every sequence stands; a transaction taken back does not take them back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        return dict(cursor.fetchall())


def put_back(sequences: dict[str, int | None]) -> None:
    """Let the sequences go on from where they stood."""
    with connection.cursor() as cursor:
        calls = (
            f"setval('{name}', {value or 1}, {value is not None})"
            for name, value in sequences.items()
        )
        cursor.execute(f"SELECT {', '.join(calls)}")


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
                if writes.tables - LEFT_OUT and not may_act:
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


def effect(
    row: Row, target: Target, session: str, extra: dict[str, str], stand: dict[str, int | None]
) -> tuple[int, dict[str, list[str]]]:
    """What a POST of somebody who may does, with these fields beside those of the form."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    url = reverse(row.name, args=target.args) + target.query
    put_back(stand)
    for value in target.data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    writes = Writes()
    with transaction.atomic():
        with connection.execute_wrapper(writes):
            answer = client.post(url, {**extra, **target.data})
        done = told(writes.tables)
        transaction.set_rollback(True)
    return answer.status_code, done


def changed_by_extra_fields(row: Row, target: Target, session: str) -> list[str]:
    """What fields that the form does not have change in the effect of an act."""
    stand = sequences()
    status, plain = effect(row, target, session, {}, stand)
    status_with, with_extra = effect(row, target, session, INJECTED, stand)
    found = [] if status == status_with else [f"{row.name}: {status}, with them {status_with}"]
    for table in sorted(plain.keys() | with_extra.keys()):
        one, other = plain.get(table, []), with_extra.get(table, [])
        lines = [line for line in other if line not in one] or [len(one), len(other)]
        found += [] if one == other else [f"{row.name} changed {table}: {lines[:2]}"]
    return found


@pytest.mark.parametrize("room", settings.ROOMS)
@pytest.mark.django_db
def test_fields_that_a_form_does_not_have_change_nothing(room: str) -> None:
    world = World()
    assert world.plan
    assert world.users
    sessions = browsers(world)
    found = []
    for row in rows_of(room):
        allowed = () if row.name in KEEPS_ALL else row.allowed("post") or ()
        for who in sorted(allowed)[:1]:
            with transaction.atomic():
                target = row.make(world)
                found += changed_by_extra_fields(row, target, sessions[who])
                transaction.set_rollback(True)
    assert not found, "\n".join(found)
