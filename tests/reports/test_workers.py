"""Real workers: killed in the middle, told twice, two at once, the broker down when asked."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.workers import House


class ReportHouse(House):
    """A house in which reports are asked for."""

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

    def reports(self) -> tuple[int, int, int]:
        """How many snapshots, files and entries of finished reports there are."""
        entries = self.query("SELECT count(*) FROM audit_entry WHERE act = 'report_run_render'")
        return self.count("reports_snapshot"), self.count("reports_reportfile"), entries[0][0]


@pytest.fixture
def house(own_database: str) -> Iterator[ReportHouse]:
    """A house of its own for each test, on the module's database."""
    with ExitStack() as stack:
        house = ReportHouse(own_database, stack)
        house.query("SET session_replication_role = replica")
        house.query("TRUNCATE reports_reportrun, reports_reportfile, reports_snapshot CASCADE")
        house.query("DELETE FROM audit_entry WHERE act LIKE 'report_run%%'")
        house.query("SET session_replication_role = origin")
        yield house


def test_a_worker_killed_in_the_middle_of_a_report_leaves_one_finished_report(
    house: ReportHouse,
) -> None:
    worker = house.worker("first@test")
    with house.nobody_writes("reports_reportfile"):
        pk = house.ask()
        house.wait(lambda: house.run(pk)[0] in {"files", "keeping"}, "No files were ever made.")
        house.kill(worker)
    assert not house.finished(pk)
    house.worker("second@test")
    house.scheduler()
    house.wait(lambda: house.finished(pk), "The report was not finished after the restart.")
    assert house.run(pk)[1] == 2
    assert house.reports() == (1, 3, 1)


def test_the_same_message_ten_times_and_two_workers_make_one_report(house: ReportHouse) -> None:
    pk = house.ask(times=10)
    house.worker("first@test")
    house.worker("second@test")
    house.wait(lambda: house.finished(pk), "The report was not finished.")
    house.wait(lambda: house.messages_left() == 0, "Messages are left over.")
    assert house.run(pk)[1] == 1
    assert house.reports() == (1, 3, 1)


def test_two_schedulers_hand_a_lost_run_out_but_make_it_once(house: ReportHouse) -> None:
    pk = house.ask(times=0)
    house.scheduler()
    house.scheduler()
    house.worker("first@test")
    house.worker("second@test")
    house.wait(lambda: house.finished(pk), "The report was not finished.")
    assert house.reports() == (1, 3, 1)


def test_a_broker_that_is_down_when_asked_only_delays_the_report(house: ReportHouse) -> None:
    house.redis.stop()
    pk = house.ask()
    assert house.run(pk) == ("asked", 0, False, False)
    house.redis.start()
    house.worker("first@test")
    house.scheduler()
    house.wait(lambda: house.finished(pk), "The report was not made after the broker came back.")
    assert house.reports() == (1, 3, 1)
