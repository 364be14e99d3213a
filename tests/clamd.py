"""Debian's ClamAV on a socket, with a database of one signature: that of EICAR."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.core.files import EICAR

START_SECONDS = 60
SIGNATURE = "Vidu.Eicar"
SETTINGS = """
LocalSocket {folder}/socket
DatabaseDirectory {folder}/database
TemporaryDirectory {folder}
LogFile {folder}/log
Foreground yes
StreamMaxLength 5M
MaxThreads 2
ExitOnOOM yes
"""


class Clamd:
    """A scanner that can be stopped and started again; its address stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = str(folder / "socket")
        self.process: subprocess.Popen[bytes] | None = None
        database = folder / "database"
        database.mkdir()
        # Name, any type of file, any place in it, the bytes.
        (database / "test.ndb").write_text(f"{SIGNATURE}:0:*:{EICAR.hex()}\n")
        (folder / "settings").write_text(SETTINGS.format(folder=folder))

    def start(self) -> None:
        """Start it and wait until it answers."""
        program = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
        assert program, "clamd is not installed; `make setup` installs it"
        self.process = subprocess.Popen(
            [program, f"--config-file={self.folder / 'settings'}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + START_SECONDS
        while not self.answers():
            log = self.folder / "log"
            told = log.read_text() if log.exists() else ""
            assert self.process.poll() is None, told
            assert time.monotonic() < end, told
            time.sleep(0.02)

    def answers(self) -> bool:
        """Whether it is up."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(5)
            try:
                connection.connect(self.address)
                connection.sendall(b"zPING\0")
                return connection.recv(16) == b"PONG\0"
            except OSError:
                return False

    def stop(self) -> None:
        """Stop it."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
        (self.folder / "socket").unlink(missing_ok=True)


@contextmanager
def running() -> Iterator[Clamd]:
    """Have a scanner for a while, in a folder whose path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="nscl-clamd-", dir="/tmp"))
    folder.chmod(0o755)
    clamd = Clamd(folder)
    clamd.start()
    try:
        yield clamd
    finally:
        clamd.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def running_clamd() -> Iterator[Clamd]:
    """The scanner of a module."""
    with running() as clamd:
        yield clamd


@pytest.fixture
def clamd(running_clamd: Clamd, settings: object) -> Iterator[Clamd]:
    """The scanner, which the portal asks; up again after a test that stopped it."""
    settings.CLAMAV_SOCKET = running_clamd.address
    yield running_clamd
    if running_clamd.process is None:
        running_clamd.start()
