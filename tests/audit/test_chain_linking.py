"""Entries of concurrent transactions join one chain at commit, without gap, fork or deadlock."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from queue import Queue
from threading import Barrier, Event
from typing import TypeVar

import pytest
from django.db import OperationalError, connection, transaction

from audit.models import ChainLink, Entry
from audit.services import audit_verify
from tests.audit.acts import act_once

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 30
SERIALIZATION_FAILURE = "40001"
THREADS, TRANSACTIONS, ACTS = 8, 6, 3
Result = TypeVar("Result")


@contextmanager
def people(count: int) -> Iterator[Callable[[Callable[[], Result]], "Future[Result]"]]:
    """Let several people act at once, each on a connection of their own."""

    def alone(work: Callable[[], Result]) -> Result:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        yield lambda work: pool.submit(alone, work)


def entries_in_an_unbroken_chain() -> int:
    """Verify the chain and return its length."""
    result = audit_verify()
    assert result.first_problem is None
    assert result.head.position == result.entries
    return result.entries


def test_entries_join_the_chain_at_commit_only() -> None:
    with transaction.atomic():
        entry = act_once()
        assert not ChainLink.objects.exists()
    assert ChainLink.objects.get().entry_id == entry.pk


def test_the_digest_covers_length_and_text_of_every_field() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry VALUES (191, '2026-07-29 08:30:00.5+07', 'plan_load', NULL,"
            " 'Hệ thống', 'command', 'load_plan', '10.0.0.1', 'programs.plan', '1', '191/KH-UBND',"
            """ NULL, '{"tasks": 34, "a": 1.50}', 'Đủ')"""
        )
    fields = [
        *("1", "0" * 64, "191", "1785288600.500000", "plan_load", None, "Hệ thống", "command"),
        *("load_plan", "10.0.0.1/32", "programs.plan", "1", "191/KH-UBND", None),
        *('{"a": 1.50, "tasks": 34}', "Đủ"),
    ]
    text = "".join("-," if f is None else f"{len(f.encode())}:{f}," for f in fields)
    assert ChainLink.objects.get().digest == sha256(text.encode()).hexdigest()


def test_eight_people_at_once_make_one_unbroken_chain() -> None:
    together = Barrier(THREADS, timeout=PATIENCE)

    def work() -> None:
        together.wait()
        for _transaction in range(TRANSACTIONS):
            with transaction.atomic():
                for _act in range(ACTS):
                    act_once()

    with people(THREADS) as ask:
        for done in [ask(work) for _person in range(THREADS)]:
            done.result(PATIENCE)
    assert entries_in_an_unbroken_chain() == THREADS * TRANSACTIONS * ACTS
    assert list(ChainLink.objects.values_list("position", flat=True)) == list(
        range(1, THREADS * TRANSACTIONS * ACTS + 1)
    )


def test_a_long_act_holds_nobody_up_before_it_commits() -> None:
    recorded, finish = Event(), Event()

    def long_import() -> None:
        with transaction.atomic():
            act_once("workbook_import")
            recorded.set()
            assert finish.wait(PATIENCE)

    with people(2) as ask:
        slow = ask(long_import)
        assert recorded.wait(PATIENCE)
        try:
            ask(act_once).result(PATIENCE)
            assert Entry.objects.get().act == "nomination_submit"
        finally:
            finish.set()
        slow.result(PATIENCE)
    assert entries_in_an_unbroken_chain() == 2


@pytest.fixture
def task_with_lines() -> Iterator[None]:
    """A parent and a child table with a foreign key checked at commit, as Django's are."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE parent (id int PRIMARY KEY)")
        cursor.execute(
            "CREATE TABLE child (parent_id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)"
        )
        cursor.execute("INSERT INTO parent VALUES (1)")
        yield
        cursor.execute("DROP TABLE child, parent")


def backend() -> int:
    """Return the process of this thread's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid: int = cursor.fetchone()[0]
        return pid


def wait_until_blocked(pid: int, by: int) -> None:
    """Return when one connection waits for the other; the statement itself has a time limit."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [PATIENCE * 1000])
        cursor.execute(
            f"DO $$ BEGIN WHILE NOT {by} = ANY(pg_blocking_pids({pid})) LOOP END LOOP; END $$"
        )


@pytest.mark.usefixtures("task_with_lines")
def test_a_commit_that_waits_for_a_locked_parent_does_not_hold_the_chain() -> None:
    locked = Event()
    writer: Queue[int] = Queue()

    def lock_the_parent_and_act() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT FROM parent FOR UPDATE")
            locked.set()
            wait_until_blocked(writer.get(timeout=PATIENCE), by=backend())
            act_once("lines_lock")

    def act_and_add_a_line() -> None:
        writer.put(backend())
        assert locked.wait(PATIENCE)
        with transaction.atomic(), connection.cursor() as cursor:
            act_once("line_add")
            cursor.execute("INSERT INTO child VALUES (1)")

    with people(2) as ask:
        adding = ask(act_and_add_a_line)
        ask(lock_the_parent_and_act).result(PATIENCE)
        adding.result(PATIENCE)
    assert entries_in_an_unbroken_chain() == 2


@contextmanager
def old_snapshot(level: str) -> Iterator[None]:
    """Open a transaction whose snapshot is taken at its beginning."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")
        assert not ChainLink.objects.filter(position=2).exists()
        yield


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_act_with_an_old_snapshot_fails_whole_rather_than_fork_the_chain(level: str) -> None:
    def act_too_late() -> None:
        with old_snapshot(level), people(1) as ask:
            ask(act_once).result(PATIENCE)
            act_once("too_late")

    act_once()
    with pytest.raises(OperationalError) as failure:
        act_too_late()
    assert getattr(failure.value.__cause__, "pgcode", "") == SERIALIZATION_FAILURE
    assert not Entry.objects.filter(act="too_late").exists()
    with transaction.atomic():
        act_once("tried_again")
    assert entries_in_an_unbroken_chain() == 3


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_act_with_a_snapshot_that_is_still_current_is_linked(level: str) -> None:
    act_once()
    with old_snapshot(level):
        act_once()
        act_once()
    assert entries_in_an_unbroken_chain() == 3
