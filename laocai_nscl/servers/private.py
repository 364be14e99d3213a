"""The private servers' life: started by the first command, stopped by the last one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from laocai_nscl.servers.postgres import Postgres
from laocai_nscl.servers.redis import Redis
from laocai_nscl.servers.signals import signals_deferred, termination_unwinds
from laocai_nscl.servers.state import (
    POSTGRES_PORT,
    database_url,
    make_state_dir,
    redis_url,
    socket_dir,
    state_dir,
)


@contextmanager
def ensure() -> Iterator[None]:
    """Run the block with servers that answer at ``DATABASE_URL`` and ``REDIS_URL``.

    A variable that is set names a server of the caller's and is left alone. For the other one
    the private server is started unless it runs; it is stopped at the end unless another
    command still uses it.
    """
    database = not os.environ.get("DATABASE_URL")
    redis = not os.environ.get("REDIS_URL")
    if not (database or redis):
        yield
        return
    state = state_dir()
    make_state_dir(state)
    sockets = socket_dir(state)
    servers: list[Postgres | Redis] = []
    environment = {}
    if database:
        servers.append(Postgres(state / "postgres", sockets))
        environment["DATABASE_URL"] = database_url(state)
        # psql, as `manage.py dbshell` calls it, learns the socket in no other way.
        environment |= {"PGHOST": str(sockets), "PGPORT": str(POSTGRES_PORT)}
    if redis:
        servers.append(Redis(state / "redis", sockets))
        environment["REDIS_URL"] = redis_url(state)
    with termination_unwinds(), used_by_us(state, servers), variables(environment):
        yield


@contextmanager
def used_by_us(state: Path, servers: list[Postgres | Redis]) -> Iterator[None]:
    """Keep the servers up during the block: every user holds a share of the file ``users``."""
    with ExitStack() as files:
        lock = files.enter_context((state / "lock").open("w"))
        users = files.enter_context((state / "users").open("w"))
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            fcntl.flock(users, fcntl.LOCK_SH)
            with signals_deferred():
                for server in servers:
                    server.start()
            fcntl.flock(lock, fcntl.LOCK_UN)
            yield
        finally:
            with signals_deferred():
                fcntl.flock(lock, fcntl.LOCK_EX)
                if is_last(users):
                    with ExitStack() as stops:
                        for server in servers:
                            stops.callback(server.stop)


def is_last(users: TextIO) -> bool:
    """Return whether nobody else holds a share of the file."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def variables(environment: dict[str, str]) -> Iterator[None]:
    """Set environment variables for the block and the commands that it starts."""
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
