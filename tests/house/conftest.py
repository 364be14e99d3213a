"""A state folder of the test's own."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from laocai_nscl.servers.state import socket_dir
from tests.house.processes import processes_of, wait_for_end


@contextmanager
def state_folder() -> Iterator[Path]:
    """Have an empty folder that PostgreSQL's user can reach; nothing survives it."""
    folder = Path(tempfile.mkdtemp(prefix="nscl-state-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    left = processes_of(folder)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    wait_for_end(left)
    for path in (folder, socket_dir(folder)):
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def state() -> Iterator[Path]:
    """Return an empty state folder."""
    with state_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def kept_state() -> Iterator[Path]:
    """Return a state folder, empty for the first test and as it was left for the next."""
    with state_folder() as folder:
        yield folder
