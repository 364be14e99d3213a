"""Private servers: started by the first command, shared, stopped by the last one."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg2
import pytest
import redis

from laocai_nscl.servers import ServersError, binaries
from laocai_nscl.servers.postgres import Postgres, server_account
from laocai_nscl.servers.redis import Redis
from laocai_nscl.servers.state import PROJECT_DIR, database_url, redis_url, socket_dir
from tests.house.processes import END_SECONDS, processes_of, servers_of, shell, wait_for_end

# A command that uses the servers until its input ends. It never waits long at once: a signal that
# comes just before a wait is seen only when the wait is over.
COMMAND = """
import os, select, sys
from laocai_nscl import servers
try:
    with servers.ensure():
        print(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], flush=True)
        while not select.select([sys.stdin], [], [], 0.1)[0]:
            pass
except KeyboardInterrupt:
    pass
"""


@contextmanager
def command(state: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command that has its servers, until the end of the block."""
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND],
        cwd=PROJECT_DIR,
        env=shell(state, **environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def addresses(process: subprocess.Popen[str]) -> list[str]:
    """Wait until the command has its servers and return where it finds them."""
    assert process.stdout
    return process.stdout.readline().split()


def query(state: Path, sql: str) -> list[tuple[object, ...]]:
    """Run one statement in the private database, as the portal does."""
    with psycopg2.connect(database_url(state)) as connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_servers_answer_on_sockets_alone_and_end_with_the_command(state: Path) -> None:
    with command(state) as process:
        assert addresses(process) == [database_url(state), redis_url(state)]
        assert query(state, "SELECT current_setting('listen_addresses')") == [("",)]
        assert query(state, "SELECT usesuper FROM pg_user WHERE usename = user") == [(False,)]
        with redis.from_url(redis_url(state)) as server:
            assert server.config_get("port") == {"port": "0"}
        assert set(servers_of(state)) == {"postgres", "redis-server"}
    assert process.returncode == 0
    assert processes_of(state) == {}
    assert not list(socket_dir(state).iterdir())


def test_database_speaks_vietnamese_and_keeps_what_is_written(state: Path) -> None:
    with command(state) as process:
        addresses(process)
        for extension in ("unaccent", "pg_trgm", "btree_gist"):
            query(state, f"CREATE EXTENSION {extension}")
        names = "VALUES ('Đinh'), ('Ôn'), ('Dũng'), ('Ong'), ('An'), ('Ăn')"
        in_order = query(state, f'SELECT n FROM ({names}) AS t(n) ORDER BY n COLLATE "vi-x-icu"')
        assert [name for (name,) in in_order] == ["An", "Ăn", "Dũng", "Đinh", "Ong", "Ôn"]
        assert query(state, "SELECT upper('đặng')") == [("ĐẶNG",)]
        query(state, "CREATE TABLE kept AS SELECT 191 AS number")
        with redis.from_url(redis_url(state)) as server:
            server.set("kept", "191")
    with command(state) as process:
        addresses(process)
        assert query(state, "SELECT number FROM kept") == [(191,)]
        with redis.from_url(redis_url(state)) as server:
            assert server.get("kept") == b"191"


def test_last_command_stops_what_the_first_one_started(state: Path) -> None:
    with ExitStack() as second_use:
        with command(state) as first:
            addresses(first)
            started = servers_of(state)
            second = second_use.enter_context(command(state))
            addresses(second)
        assert first.returncode == 0
        assert servers_of(state) == started
        assert query(state, "SELECT 1") == [(1,)]
    assert processes_of(state) == {}


def test_commands_that_start_at_once_share_one_pair(state: Path) -> None:
    with ExitStack() as uses:
        together = [uses.enter_context(command(state)) for _ in range(4)]
        assert {tuple(addresses(process)) for process in together} == {
            (database_url(state), redis_url(state))
        }
        assert len(servers_of(state)) == len(processes_of(state)) - len(together) == 2
    assert [process.returncode for process in together] == [0] * 4
    assert processes_of(state) == {}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_stops_the_servers_too(state: Path, number: signal.Signals) -> None:
    with command(state) as process:
        addresses(process)
        process.send_signal(number)
        process.wait(END_SECONDS)
    assert processes_of(state) == {}


def test_signal_while_servers_start_stops_them_too(state: Path) -> None:
    with command(state) as process:
        while not (state / "postgres").exists():
            assert process.poll() is None
        process.terminate()
        process.wait(END_SECONDS)
    # What had begun was finished, not torn apart, and then undone.
    assert (state / "postgres" / "data").exists()
    assert processes_of(state) == {}


def test_servers_of_a_killed_command_are_taken_over(state: Path) -> None:
    with command(state) as process:
        addresses(process)
        process.kill()
    left = servers_of(state)
    assert len(left) == 2
    with command(state) as process:
        addresses(process)
        assert servers_of(state) == left
    assert processes_of(state) == {}


def test_killed_servers_are_started_again(state: Path) -> None:
    account = server_account()
    with command(state) as process:
        addresses(process)
        query(state, "CREATE TABLE kept AS SELECT 191 AS number")
        killed = servers_of(state)
        for pid in killed.values():
            os.kill(pid, signal.SIGKILL)
        wait_for_end(killed.values())
        process.kill()
    # After a restart of the machine the number in the file may be any program's.
    with subprocess.Popen(["sleep", "60"], user=account.pw_uid if account else None) as stranger:
        pid_file = state / "postgres" / "data" / "postmaster.pid"
        for file in (pid_file, socket_dir(state) / ".s.PGSQL.5432.lock"):
            lines = file.read_text().splitlines()
            file.write_text("\n".join([str(stranger.pid), *lines[1:], ""]))
        with command(state) as process:
            addresses(process)
            assert query(state, "SELECT number FROM kept") == [(191,)]
        assert stranger.poll() is None
        stranger.kill()
    assert processes_of(state) == {}


@pytest.mark.parametrize(
    ("named", "started"),
    [
        ({"REDIS_URL": "redis://redis.example/3"}, {"postgres"}),
        ({"DATABASE_URL": "postgresql://portal@database.example/p"}, {"redis-server"}),
        (
            {
                "DATABASE_URL": "postgresql://portal@database.example/p",
                "REDIS_URL": "redis://redis.example/3",
            },
            set(),
        ),
    ],
)
def test_a_server_that_is_named_is_not_started(
    state: Path, named: dict[str, str], started: set[str]
) -> None:
    own = {"DATABASE_URL": database_url(state), "REDIS_URL": redis_url(state)}
    with command(state, **named) as process:
        assert addresses(process) == list((own | named).values())
        assert set(servers_of(state)) == started
    if not started:
        assert not list(state.iterdir())


def test_a_long_path_does_not_keep_the_servers_from_starting(state: Path) -> None:
    deep = state / ("a-rather-long-name-of-a-folder" * 4)
    deep.mkdir()
    try:
        with command(deep) as process:
            addresses(process)
            assert query(deep, "SELECT 1") == [(1,)]
            assert socket_dir(deep).stat().st_mode & 0o777 == 0o700
        assert processes_of(deep) == {}
    finally:
        shutil.rmtree(socket_dir(deep))


@pytest.mark.skipif(os.geteuid() != 0, reason="PostgreSQL runs as another user for root only")
def test_a_folder_that_postgres_cannot_enter_is_told_in_one_sentence(state: Path) -> None:
    state.chmod(0o700)
    refused = subprocess.run(
        [sys.executable, "manage.py", "showmigrations"],
        cwd=PROJECT_DIR,
        env=shell(state / "inner"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "postgres" in refused.stderr
    assert "PORTAL_STATE_DIR" in refused.stderr


def test_missing_programs_are_named_by_their_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(binaries, "DEBIAN_POSTGRES", tmp_path)
    monkeypatch.setattr(binaries, "WHEEL_REDIS", tmp_path / "redis-server")
    with pytest.raises(ServersError, match="install the package postgresql "):
        binaries.find_postgres()
    with pytest.raises(ServersError, match="install the package redis-server "):
        binaries.find_redis()


def test_data_of_another_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("99\n")
    with pytest.raises(ServersError, match="install the package postgresql-99"):
        Postgres(tmp_path, tmp_path)


def test_redis_that_cannot_start_says_why_at_once(state: Path) -> None:
    server = Redis(state / "redis", state / "run", options={"databases": "none"})
    with pytest.raises(ServersError, match="Redis did not start: "):
        server.start()
