"""Real processes on databases of their own: each module gets a clone of a seeded database."""

import fcntl
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from laocai_nscl.servers.private import is_last

READY_SECONDS = 30
FILL_SECONDS = 600
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
OWN_DATABASE = f"own_{WORKER or 'gw'}_{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"


def database_url(database: str) -> str:
    """Return the address of another database on the server of the tests."""
    return re.sub(r"/[^/?]*(\?.*)?$", rf"/{database}\1", os.environ["DATABASE_URL"])


def statement(text: str) -> None:
    """Run a statement on the server itself, outside every database of the tests."""
    server = psycopg2.connect(database_url("postgres"))
    try:
        server.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with server.cursor() as cursor:
            cursor.execute(text)
    finally:
        server.close()


def environment(database: str) -> dict[str, str]:
    """Return the environment of a process that works on this database."""
    kept = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    return kept | {"DATABASE_URL": database_url(database), "DEMO": "1", "LOG_LEVEL": "WARNING"}


def manage(
    *arguments: str, database: str, seconds: int = 120, **extra: str
) -> subprocess.CompletedProcess[str]:
    """Run a management command as a person would in a shell."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(database) | extra,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


@contextmanager
def database(name: str, template: str = "template0") -> Iterator[str]:
    """Have a database for a while."""
    statement(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    statement(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield name
    finally:
        statement(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the processes of one run have in common."""
    folder = tmp_path_factory.getbasetemp()
    # Each has a folder of its own, side by side.
    return folder.parent if WORKER else folder


@contextmanager
def shared_database(
    folder: Path, what: str, fill: Iterable[tuple[str, ...]], template: str = "template0"
) -> Iterator[str]:
    """Have a database to be cloned: whoever needs it first fills it, whoever is last drops it."""
    name = f"{what}_{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
    ready = folder / f"{what}_ready"
    with (folder / f"{what}_lock").open("w") as lock, (folder / f"{what}_users").open("w") as users:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            statement(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            statement(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            for arguments in fill:
                done = manage(*arguments, database=name, seconds=FILL_SECONDS)
                assert done.returncode == 0, done.stderr
            ready.touch()
        fcntl.flock(users, fcntl.LOCK_SH)
        fcntl.flock(lock, fcntl.LOCK_UN)
        try:
            yield name
        finally:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if is_last(users):
                ready.unlink()
                statement(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def migrated_database(shared: Path) -> Iterator[str]:
    """A database with all tables and nothing in them."""
    with shared_database(shared, "migrated", [("migrate",)]) as name:
        yield name


@pytest.fixture(scope="session")
def seeded_database(shared: Path, migrated_database: str) -> Iterator[str]:
    """A database with plan 191, the areas and the demo accounts, from which others are cloned."""
    fill = [
        ("load_plan", "plans/laocai-191.yaml"),
        ("load_areas", "plans/areas-laocai.yaml"),
        ("seed_demo",),
    ]
    with shared_database(shared, "seeded", fill, template=migrated_database) as name:
        yield name


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, migrated_database: str
) -> None:
    """Let the tests' own database begin as a clone: migrations take long."""
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database


@pytest.fixture(scope="module")
def own_database(seeded_database: str) -> Iterator[str]:
    """A database of this module's own, seeded.

    Its name is that of the module before: the portal that is served goes on with this one.
    """
    with database(OWN_DATABASE, template=seeded_database) as name:
        yield name


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as production serves them."""
    folder = tmp_path_factory.mktemp("static")
    done = manage("collectstatic", "--no-input", database="postgres", STATIC_ROOT=str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@contextmanager
def served(
    database: str, static_root: Path, folder: Path, host: str = "127.0.0.1", **extra: str
) -> Iterator[str]:
    """Have the portal served by gunicorn with its real settings; returns its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "laocai_nscl.wsgi",
                "--bind",
                f"127.0.0.1:{port}",
                "--workers",
                "1",
            ],
            cwd=settings.BASE_DIR,
            env=environment(database) | {"STATIC_ROOT": str(static_root)} | extra,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/suc-khoe/", process, log)
        yield f"http://{host}:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def portal_process(
    seeded_database: str, static_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the portal, which finds the data of each module in turn."""
    with (
        database(OWN_DATABASE, template=seeded_database),
        served(OWN_DATABASE, static_root, tmp_path_factory.mktemp("gunicorn")) as address,
    ):
        yield address


@pytest.fixture(scope="module")
def portal(portal_process: str, own_database: str) -> str:
    """The address of the portal, with demo accounts and data of this module's own."""
    return portal_process


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the process answers there."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"The portal does not answer: {log.read_text()[-2000:]}")
