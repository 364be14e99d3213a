"""A PostgreSQL cluster on a socket, for this checkout or for one test run."""

import os
import pwd
import shlex
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from laocai_nscl.servers.binaries import find_postgres
from laocai_nscl.servers.errors import ServersError
from laocai_nscl.servers.state import DATABASE_NAME, DATABASE_USER, POSTGRES_PORT

START_SECONDS = 60
PID_FILE = "postmaster.pid"
MEMORY_LINE = 6  # of the pid file: key and number of the server's shared memory
SHARED_MEMORY = Path("/proc/sysvipc/shm")
DATABASE_SQL = f"""
SELECT 'CREATE ROLE {DATABASE_USER} LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{DATABASE_USER}') \\gexec
SELECT 'CREATE DATABASE {DATABASE_NAME} OWNER {DATABASE_USER}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE_NAME}') \\gexec
"""


class Postgres:
    """The cluster in ``folder``, reached through a socket in ``sockets`` and nowhere else.

    Whoever may enter ``sockets`` may connect as anybody: the folder's rights are the lock.
    """

    def __init__(
        self,
        folder: Path,
        sockets: Path,
        *,
        superuser: str = "postgres",
        options: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.sockets = sockets
        self.superuser = superuser
        self.data = folder / "data"
        self.log = folder / "log"
        self.account = server_account()
        self.options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{sockets}"',
            "unix_socket_permissions": "0700",
            **(options or {}),
        }
        self.programs = find_postgres(self._written_by())

    def start(self) -> None:
        """Make the cluster if there is none, start it if it is down, wait until it answers."""
        self._make_folder(self.folder)
        self._make_folder(self.sockets)
        if not self.data.exists():
            self._initialise()
        if not self._is_alive():
            self._start()
        self._wait_for_answer()
        self._make_database()

    def stop(self, mode: str = "fast") -> None:
        """Stop the server; open connections are ended."""
        if self._is_alive():
            self._run("pg_ctl", "stop", f"--pgdata={self.data}", f"--mode={mode}", "--wait")

    def _initialise(self) -> None:
        # An interrupted initdb leaves a folder that looks like a cluster: rename when complete.
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        self._run(
            "initdb",
            f"--pgdata={draft}",
            f"--username={self.superuser}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        draft.rename(self.data)

    def _start(self) -> None:
        self._wait_for_orphans()
        if self._pid() is not None:
            # The number that a crash left is anybody's now, and would keep the server down.
            for leftover in (self.data / PID_FILE, *self.sockets.glob(".s.PGSQL.*")):
                leftover.unlink(missing_ok=True)
        self.log.unlink(missing_ok=True)
        options = [
            part for name, value in self.options.items() for part in ("-c", f"{name}={value}")
        ]
        started = self._call(
            "pg_ctl",
            "start",
            f"--pgdata={self.data}",
            f"--log={self.log}",
            f"--timeout={START_SECONDS}",
            f"--options={shlex.join(['-p', str(POSTGRES_PORT), *options])}",
            "--silent",
            "--wait",
        )
        if started.returncode != 0:
            said = self.log.read_text(errors="replace") if self.log.exists() else started.stderr
            raise ServersError(f"PostgreSQL did not start: {complaint(said)}")

    def _wait_for_orphans(self) -> None:
        """Wait until the processes of a killed server have let its memory go."""
        deadline = time.monotonic() + START_SECONDS
        while self._orphans() and time.monotonic() < deadline:
            time.sleep(0.05)

    def _orphans(self) -> int:
        memory = self._pid_file_line(MEMORY_LINE).split()
        if len(memory) != 2 or not SHARED_MEMORY.exists():
            return 0
        for segment in SHARED_MEMORY.read_text().splitlines()[1:]:
            columns = segment.split()
            if columns[1] == memory[1]:
                return int(columns[6])
        return 0

    def _make_database(self) -> None:
        self._run(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--tuples-only",
            "--set=ON_ERROR_STOP=1",
            f"--host={self.sockets}",
            f"--port={POSTGRES_PORT}",
            f"--username={self.superuser}",
            "--dbname=postgres",
            typed=DATABASE_SQL,
        )

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self._call(
            "pg_isready", "--quiet", f"--host={self.sockets}", f"--port={POSTGRES_PORT}"
        ).returncode:
            if time.monotonic() > deadline:
                raise ServersError(f"PostgreSQL runs but does not answer; {self.log} says why.")
            time.sleep(0.1)

    def _is_alive(self) -> bool:
        pid = self._pid()
        return pid is not None and os.fsencode(self.data) in command_line(pid)

    def _pid(self) -> int | None:
        """Return the number of the process that the pid file names, if there is such a process."""
        number = self._pid_file_line(0)
        return int(number) if number.isdigit() and Path("/proc", number).exists() else None

    def _pid_file_line(self, index: int) -> str:
        try:
            return (self.data / PID_FILE).read_text().splitlines()[index]
        except (FileNotFoundError, IndexError):
            return ""

    def _written_by(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None

    def _make_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = self.account.pw_uid if self.account else os.geteuid()
        if folder.is_symlink() or folder.stat().st_uid not in {owner, os.geteuid()}:
            raise ServersError(
                f"{folder} belongs to somebody else; remove it or set PORTAL_STATE_DIR."
            )
        folder.chmod(0o700)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
            entered = subprocess.run(["test", "-x", folder], check=False, **self._as_account())
            if entered.returncode != 0:
                raise ServersError(
                    f"The user {self.account.pw_name}, who runs PostgreSQL, cannot enter {folder}; "
                    "name another folder in PORTAL_STATE_DIR."
                )

    def _run(self, program: str, *arguments: str, typed: str = "") -> None:
        done = self._call(program, *arguments, typed=typed)
        if done.returncode != 0:
            raise ServersError(f"PostgreSQL's {program} failed: {complaint(done.stderr)}")

    def _call(
        self, program: str, *arguments: str, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.programs / program, *arguments],
            check=False,
            input=typed,
            capture_output=True,
            text=True,
            # Ctrl-C at the terminal must not reach a server that other commands may use.
            start_new_session=True,
            **self._as_account(),
        )

    def _as_account(self) -> dict[str, Any]:
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        if not self.account:
            return {"cwd": "/", "env": environment}
        return {
            "cwd": "/",
            "env": environment,
            "user": self.account.pw_uid,
            "group": self.account.pw_gid,
            "extra_groups": [],
        }


def complaint(said: str) -> str:
    """Return the line of a program's output that names the trouble."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    serious = [line for line in lines if "FATAL" in line or "rror:" in line]
    return (serious or lines or ["it said nothing"])[0]


def command_line(pid: int) -> bytes:
    """Return a process's command, empty when it has ended and waits to be buried."""
    try:
        return Path("/proc", str(pid), "cmdline").read_bytes()
    except OSError:
        return b""


def server_account() -> pwd.struct_passwd | None:
    """Return the user that PostgreSQL runs as for root, whom it refuses to run as."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError as error:
        raise ServersError(
            "The user postgres does not exist; install the package postgresql "
            "(`make setup` does so as root)."
        ) from error
