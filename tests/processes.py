"""Real processes on databases of their own: each module gets a clone of a seeded database."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import psycopg2
import pytest
from django.conf import settings
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

READY_SECONDS = 30


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


def manage(*arguments: str, database: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a management command as a person would in a shell."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(database) | extra,
        capture_output=True,
        text=True,
        timeout=120,
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
        statement(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def seeded_database() -> Iterator[str]:
    """A database with plan 191, the areas and the demo accounts, from which others are cloned."""
    with database(f"seeded_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}") as name:
        for arguments in (
            ("migrate",),
            ("load_plan", "plans/laocai-191.yaml"),
            ("load_areas", "plans/areas-laocai.yaml"),
            ("seed_demo",),
        ):
            done = manage(*arguments, database=name)
            assert done.returncode == 0, done.stderr
        yield name


@pytest.fixture(scope="module")
def own_database(request: pytest.FixtureRequest, seeded_database: str) -> Iterator[str]:
    """A database of this module's own, seeded."""
    module = request.module.__name__.rpartition(".")[2]
    with database(f"{module}_{seeded_database}"[:63], template=seeded_database) as name:
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


@pytest.fixture(scope="module")
def portal(
    own_database: str, static_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the portal, with demo accounts."""
    with served(own_database, static_root, tmp_path_factory.mktemp("gunicorn")) as address:
        yield address


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
