"""manage.py: servers for the commands that need them, and one sentence when one is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from laocai_nscl.servers.state import PROJECT_DIR, database_url, redis_url, socket_dir
from tests.house.processes import processes_of, shell

FIND_NOTHING = """
import sys
from pathlib import Path
from laocai_nscl.servers import binaries
binaries.DEBIAN_POSTGRES = Path("/nowhere")
import manage
manage.main(["manage.py", "showmigrations"])
"""


def manage(state: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT_DIR,
        env=shell(state, **environment),
        capture_output=True,
        text=True,
        check=False,
    )


def test_command_finds_its_servers_and_stops_them(state: Path) -> None:
    done = manage(state, "manage.py", "showmigrations", "accounts")
    assert done.returncode == 0
    assert "[ ] 0001_initial" in done.stdout
    assert processes_of(state) == {}


@pytest.mark.parametrize("arguments", [["help"], ["version"], ["check"], ["migrate", "--help"]])
def test_command_without_need_starts_no_server(state: Path, arguments: list[str]) -> None:
    assert manage(state, "manage.py", *arguments).returncode == 0
    assert not (state / "postgres").exists()


@pytest.mark.parametrize("command", [["verify_audit"], ["load_plan", "plans/laocai-191.yaml"]])
def test_a_database_without_tables_is_one_sentence(state: Path, command: list[str]) -> None:
    refused = manage(state, "manage.py", *command)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "manage.py migrate" in refused.stderr


def test_database_out_of_reach_is_one_sentence(state: Path) -> None:
    refused = manage(
        state,
        "manage.py",
        "showmigrations",
        DATABASE_URL=database_url(state),
        REDIS_URL=redis_url(state),
    )
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert refused.stderr.startswith("PostgreSQL cannot be reached: ")
    assert str(socket_dir(state)) in refused.stderr


def test_redis_out_of_reach_is_one_sentence(state: Path) -> None:
    refused = manage(
        state,
        "manage.py",
        "shell",
        "--no-imports",
        "--command=from django.core.cache import cache; cache.get('key')",
        DATABASE_URL=database_url(state),
        REDIS_URL=redis_url(state),
    )
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert refused.stderr.startswith("Redis cannot be reached: ")


def test_server_that_is_not_installed_is_one_sentence(state: Path) -> None:
    refused = manage(state, "-c", FIND_NOTHING, PATH="/nowhere")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "install the package postgresql" in refused.stderr


def test_settings_that_refuse_are_one_sentence(state: Path) -> None:
    refused = manage(state, "manage.py", "showmigrations", PORTAL_MODE="prod")
    assert refused.returncode == 1
    assert refused.stderr == "PORTAL_MODE is 'prod'; set it to local or production.\n"
