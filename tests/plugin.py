"""Throw-away servers for one test run, started before Django reads its settings.

The controller starts them; every worker gets a database (by pytest-django) and two Redis
databases (broker and cache) of its own. ``DATABASE_URL`` and ``REDIS_URL`` override.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from laocai_nscl.servers.postgres import Postgres
from laocai_nscl.servers.redis import Redis
from laocai_nscl.servers.signals import signals_deferred, termination_unwinds
from laocai_nscl.servers.state import DATABASE_USER, database_url, redis_url, socket_dir
from laocai_nscl.servers.urls import numbered_url

FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}
REDIS_PER_WORKER = 2
REDIS_DATABASES = 64

started = ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Have servers before pytest-django, which reads the settings in this very hook."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        index = int(worker.removeprefix("gw")) * REDIS_PER_WORKER % REDIS_DATABASES
        os.environ["REDIS_URL"] = numbered_url(os.environ["REDIS_URL"], index)
    elif not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        started.enter_context(throw_away_servers())
    return (yield)


def pytest_collection_finish() -> None:
    """What is there now stays to the end: the collector need not look through it again."""
    gc.freeze()


def pytest_unconfigure() -> None:
    """Stop what was started, also after Ctrl-C."""
    started.close()


@contextmanager
def throw_away_servers() -> Iterator[None]:
    """Run servers that forget everything, for whichever variable names none."""
    # A short path that the user postgres can pass: a socket's address has 108 bytes.
    folder = Path(tempfile.mkdtemp(prefix="nscl-test-", dir="/tmp"))
    folder.chmod(0o711)
    os.environ.setdefault("PORTAL_STATE_DIR", str(folder / "state"))
    sockets = socket_dir(folder)
    postgres = Postgres(folder / "postgres", sockets, superuser=DATABASE_USER, options=FORGETFUL)
    redis = Redis(
        folder / "redis", sockets, options={"save": "", "databases": str(REDIS_DATABASES)}
    )
    with termination_unwinds():
        try:
            with signals_deferred():
                if not os.environ.get("DATABASE_URL"):
                    postgres.start()
                    os.environ["DATABASE_URL"] = database_url(folder)
                if not os.environ.get("REDIS_URL"):
                    redis.start()
                    os.environ["REDIS_URL"] = redis_url(folder)
            yield
        finally:
            with signals_deferred():
                postgres.stop("immediate")
                redis.stop()
                shutil.rmtree(folder)
