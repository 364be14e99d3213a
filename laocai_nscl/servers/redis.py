"""A Redis server on a socket, for this checkout or for one test run."""

import re
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from laocai_nscl.servers.binaries import find_redis
from laocai_nscl.servers.errors import ServersError
from laocai_nscl.servers.state import REDIS_SOCKET

ANSWER_SECONDS = 30


class Redis:
    """The server with its data in ``folder``, reached through a socket in ``sockets`` only."""

    def __init__(
        self, folder: Path, sockets: Path, *, options: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.socket = sockets / REDIS_SOCKET
        self.log = folder / "log"
        self.options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(folder),
            "save": "60 1",
            **(options or {}),
        }
        self.program = find_redis()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server if it is down and wait until it answers."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.socket.parent.mkdir(mode=0o700, exist_ok=True)
        if self._ask("PING") is None:
            self._start()
        deadline = time.monotonic() + ANSWER_SECONDS
        while self._ask("PING") != b"+PONG\r\n":
            if self.process and self.process.poll() is not None:
                last_line = self.log.read_text(errors="replace").strip().rpartition("\n")[2]
                raise ServersError(f"Redis did not start: {last_line}")
            if time.monotonic() > deadline:
                raise ServersError(f"Redis did not answer in time; {self.log} says why.")
            time.sleep(0.02)

    def stop(self) -> None:
        """Let the server write its data and end."""
        # It answers only when it refuses to end because its data cannot be written.
        if self._ask("SHUTDOWN"):
            self._ask("SHUTDOWN NOSAVE")
        if self.process:
            self.process.wait(ANSWER_SECONDS)

    def _start(self) -> None:
        # An older server does not read what a newer one wrote, and would not start.
        options = {"dbfilename": f"dump-{self._version()}.rdb", **self.options}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    self.program,
                    *(part for name in options for part in (f"--{name}", options[name])),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                # Ctrl-C at the terminal must not reach a server that other commands may use.
                start_new_session=True,
            )

    def _version(self) -> str:
        said = subprocess.run(
            [self.program, "--version"], capture_output=True, text=True, check=False
        )
        numbers = re.search(r"v=(\d+\.\d+)", said.stdout)
        return numbers[1] if numbers else "unknown"

    def _ask(self, command: str) -> bytes | None:
        """Return the answer, empty when the server ended instead, ``None`` when it is down."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(ANSWER_SECONDS)
            try:
                connection.connect(str(self.socket))
            except (FileNotFoundError, ConnectionRefusedError):
                return None
            try:
                connection.sendall(f"{command}\r\n".encode())
                return connection.recv(1024)
            except ConnectionError:
                return b""
