"""Real workers: killed in the middle, told twice, two at once, the broker down when asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from laocai_nscl.servers.redis import Redis
from laocai_nscl.servers.state import redis_url, socket_dir
from tests.processes import database_url, environment

WAIT_SECONDS = 60


class House:
    """A database, a Redis server and the processes that a test starts."""

    def __init__(self, database: str, folder: Path, stack: ExitStack) -> None:
        self.database, self.folder, self.stack = database, folder, stack
        self.redis = Redis(folder / "redis", socket_dir(folder), options={"save": ""})
        self.environment = environment(database) | {
            "REDIS_URL": redis_url(folder),
            "JOB_LEASE_SECONDS": "3",
            "JOB_SWEEP_SECONDS": "1",
            "FILES_ROOT": str(folder / "files"),
        }
        self.log = stack.enter_context((folder / "log").open("ab"))
        self.server = psycopg2.connect(database_url(database))
        self.server.autocommit = True
        stack.callback(self.server.close)

    def query(self, text: str, *values: object) -> list[tuple]:
        """Ask the database."""
        with self.server.cursor() as cursor:
            cursor.execute(text, values)
            return cursor.fetchall() if cursor.description else []

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
            env=self.environment | {"DJANGO_SETTINGS_MODULE": "laocai_nscl.settings"},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )

    def ask(self, times: int = 1) -> int:
        """Ask for the report of 2026 as the page does, and tell the workers so many times."""
        done = self.python(
            "from accounts.models import User\n"
            "from programs.models import Plan\n"
            "from reports import services\n"
            "from reports.tasks import report_run_render\n"
            "from reports.choices import PeriodKind\n"
            "def dispatch(pk):\n"
            f"    for _ in range({times}): report_run_render.delay(pk)\n"
            "by = User.objects.get(email='chuyenvien@demo.invalid')\n"
            "run = services.report_run_ask(plan=Plan.objects.current(), kind=PeriodKind.ANNUAL,"
            " year=2026, by=by, dispatch=dispatch)\n"
            "print(run.pk)"
        )
        return int(done.stdout)

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until something holds."""
        end = time.monotonic() + WAIT_SECONDS
        while not condition():
            assert time.monotonic() < end, f"{what}\n{(self.folder / 'log').read_text()[-3000:]}"
            time.sleep(0.02)

    def run(self, pk: int) -> tuple:
        """The facts of a run."""
        return self.query(
            "SELECT step, attempts, finished_at IS NOT NULL, failed_at IS NOT NULL"
            " FROM reports_reportrun WHERE id = %s",
            pk,
        )[0]

    def finished(self, pk: int) -> bool:
        """Whether a run is finished."""
        return bool(self.run(pk)[2])

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.query(f"SELECT count(*) FROM {table}")[0][0])

    def reports(self) -> tuple[int, int, int]:
        """How many snapshots, files and entries of finished reports there are."""
        entries = self.query("SELECT count(*) FROM audit_entry WHERE act = 'report_run_render'")
        return self.count("reports_snapshot"), self.count("reports_reportfile"), entries[0][0]


@pytest.fixture
def house(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of its own for each test, on the module's database."""
    folder = Path(f"/tmp/nscl-house-{os.getpid()}-{time.monotonic_ns()}")
    folder.mkdir(mode=0o755)
    with ExitStack() as stack:
        stack.callback(subprocess.run, ["rm", "-rf", str(folder)], check=True)
        house = House(own_database, folder, stack)
        house.query("SET session_replication_role = replica")
        house.query("TRUNCATE reports_reportrun, reports_reportfile, reports_snapshot CASCADE")
        house.query("DELETE FROM audit_entry WHERE act LIKE 'report_run%%'")
        house.query("SET session_replication_role = origin")
        house.redis.start()
        stack.callback(house.redis.stop)
        yield house


def test_a_worker_killed_in_the_middle_of_a_report_leaves_one_finished_report(house: House) -> None:
    worker = house.worker("first@test")
    pk = house.ask()
    house.wait(lambda: house.run(pk)[0] == "files", "The worker never wrote files.")
    house.kill(worker)
    assert not house.finished(pk)
    house.worker("second@test")
    house.scheduler()
    house.wait(lambda: house.finished(pk), "The report was not finished after the restart.")
    assert house.run(pk)[1] == 2
    assert house.reports() == (1, 3, 1)


def test_the_same_message_ten_times_and_two_workers_make_one_report(house: House) -> None:
    pk = house.ask(times=10)
    house.worker("first@test")
    house.worker("second@test")
    house.wait(lambda: house.finished(pk), "The report was not finished.")
    house.wait(
        lambda: (
            int(
                house.python(
                    "from laocai_nscl import celery_app\n"
                    "with celery_app.connection_for_read() as c:\n"
                    "    print(c.default_channel.client.llen('celery'))"
                ).stdout
            )
            == 0
        ),
        "Messages are left over.",
    )
    assert house.run(pk)[1] == 1
    assert house.reports() == (1, 3, 1)


def test_two_schedulers_hand_a_lost_run_out_but_make_it_once(house: House) -> None:
    pk = house.ask(times=0)
    house.scheduler()
    house.scheduler()
    house.worker("first@test")
    house.worker("second@test")
    house.wait(lambda: house.finished(pk), "The report was not finished.")
    assert house.reports() == (1, 3, 1)


def test_a_broker_that_is_down_when_asked_only_delays_the_report(house: House) -> None:
    house.redis.stop()
    pk = house.ask()
    assert house.run(pk) == ("asked", 0, False, False)
    house.redis.start()
    house.worker("first@test")
    house.scheduler()
    house.wait(lambda: house.finished(pk), "The report was not made after the broker came back.")
    assert house.reports() == (1, 3, 1)
