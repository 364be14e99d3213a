"""gunicorn shows demo accounts to this machine only."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from laocai_nscl.servers.state import PROJECT_DIR, database_url, redis_url
from tests.house.processes import shell

is_loopback = runpy.run_path(str(PROJECT_DIR / "gunicorn.conf.py"))["is_loopback"]


def test_demo_refuses_to_answer_other_machines(tmp_path: Path) -> None:
    # Bound on the command line, which overrides the configuration.
    refused = subprocess.run(
        [sys.executable, "-m", "gunicorn", "laocai_nscl.wsgi", "--bind=0.0.0.0:0"],
        cwd=PROJECT_DIR,
        env=shell(
            tmp_path,
            DEMO="1",
            DATABASE_URL=database_url(tmp_path),
            REDIS_URL=redis_url(tmp_path),
        ),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert refused.returncode != 0
    assert "DEMO is on; gunicorn answers on loopback only" in refused.stderr
    assert "Listening" not in refused.stderr


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        (("127.0.0.1", 8000), True),
        (("127.1.2.3", 8000), True),
        (("::1", 8000), True),
        (("localhost", 8000), True),
        (("0.0.0.0", 8000), False),
        (("::", 8000), False),
        (("192.0.2.1", 8000), False),
        (("portal.example", 8000), False),
        ("/run/portal.sock", False),
    ],
)
def test_loopback_is_told_from_the_rest(address: object, loopback: bool) -> None:
    assert is_loopback(address) is loopback
