"""Settings: safe when nothing is set, and production starts complete or not at all."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from laocai_nscl.servers.state import PROJECT_DIR
from tests.house.processes import shell

COMPLETE = {
    "PORTAL_MODE": "production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgresql://portal@database.example/portal",
    "EMAIL_URL": "smtp://mail.example",
    "REDIS_URL": "redis://redis.example/0",
}


def settings(
    state: Path, environment: dict[str, str], names: str
) -> subprocess.CompletedProcess[str]:
    """Print some settings as a process with this environment has them."""
    return subprocess.run(
        [sys.executable, "-c", f"from laocai_nscl.settings import {names} as s; print(s)"],
        cwd=PROJECT_DIR,
        env=shell(state, **environment),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "k" * 49),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "portal.example,*"),
        ("DATABASE_URL", ""),
        ("REDIS_URL", ""),
        ("EMAIL_URL", ""),
        ("DEBUG", "1"),
        ("DEMO", "1"),
        ("HTTPS", "0"),
        ("PORTAL_MODE", "prod"),
    ],
)
def test_production_refuses_to_start(tmp_path: Path, name: str, value: str) -> None:
    refused = settings(tmp_path, COMPLETE | {name: value}, "DATABASES")
    assert refused.returncode != 0
    assert f"ImproperlyConfigured: {name} " in refused.stderr
    assert not list(tmp_path.iterdir())


def test_production_starts_when_complete(tmp_path: Path) -> None:
    done = settings(tmp_path, COMPLETE, "SECURE_SSL_REDIRECT")
    assert (done.returncode, done.stdout) == (0, "True\n")


def test_nothing_set_means_this_machine_only_without_debugging(tmp_path: Path) -> None:
    hosts = settings(tmp_path, {}, "ALLOWED_HOSTS")
    assert hosts.stdout == "['localhost', '127.0.0.1', '[::1]']\n"
    assert settings(tmp_path, {}, "DEBUG").stdout == "False\n"
    assert settings(tmp_path, {}, "DEMO").stdout == "False\n"


def test_settings_start_no_server(tmp_path: Path) -> None:
    settings(tmp_path, {}, "DATABASES")
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_every_variable_is_documented() -> None:
    sources = [PROJECT_DIR / "gunicorn.conf.py", *(PROJECT_DIR / "laocai_nscl").rglob("*.py")]
    read = r"""(?:\benv\.\w+|\brequired|environ\.get)\(\s*"([A-Z_]+)\""""
    names = {name for source in sources for name in re.findall(read, source.read_text())}
    documented = (PROJECT_DIR / "docs" / "deploy.md").read_text()
    assert {"SECRET_KEY", "BIND", "PORT", "REDIS_URL"} <= names
    # What the system itself sets.
    names -= {"PATH", "XDG_STATE_HOME"}
    assert {name for name in names if f"`{name}`" not in documented} == set()
