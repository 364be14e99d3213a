"""What runs for one state folder, as the system sees it."""

import os
import select
from collections.abc import Iterable
from pathlib import Path

# How long a process that was told to end may take.
END_SECONDS = 60
# What a test run sets for itself and a person's shell does not.
OF_THE_TEST_RUN = {
    "DATABASE_URL",
    "REDIS_URL",
    "PGHOST",
    "PGPORT",
    "DJANGO_SETTINGS_MODULE",
    "DEMO",
}


def shell(state: Path, **more: str) -> dict[str, str]:
    """Return the environment of a shell in which nothing but the state folder is named."""
    plain = {name: value for name, value in os.environ.items() if name not in OF_THE_TEST_RUN}
    return plain | {"PORTAL_STATE_DIR": str(state)} | more


def processes_of(state: Path) -> dict[int, str]:
    """Return the living processes that were started for a state folder, servers included."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        command = _read(folder / "cmdline")
        # A process that has ended and waits to be buried has no command left.
        if command and os.fsencode(state) in command + _read(folder / "environ"):
            found[int(folder.name)] = command.replace(b"\0", b" ").decode()
    return found


def servers_of(state: Path) -> dict[str, int]:
    """Return the process numbers of the servers that run for a state folder, by name."""
    return {
        name: pid
        for pid, command in processes_of(state).items()
        for name in ("postgres", "redis-server")
        if Path(command.split()[0]).name == name
    }


def wait_for_end(pids: Iterable[int], seconds: float = 20) -> None:
    """Wait until processes that are not our children have ended."""
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            ended, _, _ = select.select([descriptor], [], [], seconds)
            assert ended, f"process {pid} still runs"
        finally:
            os.close(descriptor)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        # Gone meanwhile, or another user's.
        return b""
