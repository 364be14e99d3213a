"""One browser for the tests of this folder."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visits import Visit
from tests.processes import environment

Worker = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture(scope="package")
def chromium(shared: Path) -> Iterator[Browser]:
    """Debian's Chromium; its headless shell if there is one, which spends nothing on windows."""
    Visit.examined = shared / "examined"
    Visit.examined.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                # No page stays long enough for the slower compilers to pay.
                "--js-flags=--no-turbofan --no-maglev",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def worker(own_database: str) -> Iterator[Worker]:
    """A way to start a worker on the portal's database and broker; it ends with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--app", "laocai_nscl", "worker"]
        started.append(
            subprocess.Popen(
                [*command, "--concurrency", "1"],
                cwd=settings.BASE_DIR,
                env=environment(own_database),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=30)
