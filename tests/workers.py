"""A house of its own for a test: a broker and Celery processes on a clone of the database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings

from laocai_nscl.servers.redis import Redis
from laocai_nscl.servers.state import redis_url, socket_dir
from tests.processes import database_url, environment

WAIT_SECONDS = 60


class House:
    """A database, a Redis server and the processes that a test starts."""

    def __init__(self, database: str, stack: ExitStack, **extra: str) -> None:
        # A short path that the servers' sockets fit into.
        folder = Path(f"/tmp/nscl-house-{os.getpid()}-{time.monotonic_ns()}")
        folder.mkdir(mode=0o755)
        stack.callback(subprocess.run, ["rm", "-rf", str(folder)], check=True)
        self.database, self.folder, self.stack = database, folder, stack
        self.redis = Redis(folder / "redis", socket_dir(folder), options={"save": ""})
        self.environment = environment(database) | {
            "REDIS_URL": redis_url(folder),
            "JOB_LEASE_SECONDS": "3",
            "JOB_SWEEP_SECONDS": "1",
            "FILES_ROOT": str(folder / "files"),
            "DJANGO_SETTINGS_MODULE": "laocai_nscl.settings",
            **extra,
        }
        self.log = stack.enter_context((folder / "log").open("ab"))
        self.server = psycopg2.connect(database_url(database))
        self.server.autocommit = True
        stack.callback(self.server.close)
        self.redis.start()
        stack.callback(self.redis.stop)

    def query(self, text: str, *values: object) -> list[tuple]:
        """Ask the database."""
        with self.server.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def nobody_writes(self, table: str) -> Iterator[None]:
        """Let whoever writes to a table wait there: it is in the middle of its work, surely."""
        with closing(psycopg2.connect(database_url(self.database))) as server:
            with server.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
            yield

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a Celery process; it ends with the test."""
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app", "laocai_nscl", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=self.log,
            start_new_session=True,
        )
        self.stack.callback(self.kill, process)
        return process

    def worker(self, name: str) -> subprocess.Popen[bytes]:
        """Start a worker with one process for jobs."""
        return self.start("worker", "--hostname", name, "--concurrency", "1", "--loglevel", "INFO")

    def scheduler(self) -> subprocess.Popen[bytes]:
        """Start a scheduler."""
        schedule = self.folder / f"schedule-{time.monotonic_ns()}"
        return self.start("beat", "--schedule", str(schedule))

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process with all it started, without a word."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def python(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run code of the portal."""
        prologue = "import django; django.setup()\n"
        return subprocess.run(
            [sys.executable, "-c", prologue + code],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until something holds."""
        end = time.monotonic() + WAIT_SECONDS
        while not condition():
            assert time.monotonic() < end, f"{what}\n{(self.folder / 'log').read_text()[-3000:]}"
            time.sleep(0.02)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.query(f"SELECT count(*) FROM {table}")[0][0])

    def messages_left(self) -> int:
        """How many messages no worker has taken yet."""
        done = self.python(
            "from laocai_nscl import celery_app\n"
            "with celery_app.connection_for_read() as c:\n"
            "    print(c.default_channel.client.llen('celery'))"
        )
        return int(done.stdout)
