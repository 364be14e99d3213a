"""Real processes: a worker killed in the middle of a commit, the command killed in the middle."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings

from tests.enterprises.factories import tax_code
from tests.workbooks import workbook
from tests.workers import House

ROWS = 1500


def big_workbook() -> bytes:
    """A workbook whose import takes a while."""
    codes = [tax_code() for _ in range(ROWS)]
    return workbook(
        {
            "DoanhNghiep": [
                ["Mã số thuế", "Tên doanh nghiệp"],
                *([code, f"Công ty {code}"] for code in codes),
            ],
            "SanPham": [["Mã số thuế", "Tên sản phẩm"], *([code, "Chè"] for code in codes)],
        }
    )


@pytest.fixture
def house(own_database: str) -> Iterator[House]:
    """A house of its own for each test, on the module's database."""
    with ExitStack() as stack:
        house = House(own_database, stack)
        yield house
        # Tables that only grow hang on enterprises and refuse to be emptied otherwise.
        house.query(
            "SET session_replication_role = replica;"
            "TRUNCATE documents_importrun, enterprises_enterprise CASCADE;"
            "RESET session_replication_role"
        )


def brought(house: House) -> int:
    """Bring a file and have it checked, as the page and a worker do."""
    path = house.folder / "so-lieu.xlsx"
    path.write_bytes(big_workbook())
    done = house.python(
        "import datetime as dt\n"
        "from django.core.files import File\n"
        "from accounts.models import User\n"
        "from documents import services\n"
        "from documents.models import ImportRun\n"
        "by = User.objects.get(email='chuyenvien@demo.invalid')\n"
        f"with open({str(path)!r}, 'rb') as file:\n"
        "    run = services.import_run_upload(file=File(file, name='a.xlsx'), by=by,"
        " dispatch=lambda pk: None)\n"
        "run = ImportRun.objects.claim(run.pk, dt.timedelta(seconds=60))\n"
        "services.import_run_work(run=run)\n"
        "run.refresh_from_db()\n"
        "services.import_run_confirm(run=run, good_rows=False, by=by, dispatch=lambda pk: None)\n"
        "print(run.pk)"
    )
    return int(done.stdout)


def brought_in(house: House, kind: str) -> int:
    """How many enterprises or products there are beside those of the demonstration."""
    ours = "enterprise_id" if kind == "product" else "id"
    return int(
        house.query(
            f"SELECT count(*) FROM enterprises_{kind} WHERE {ours} NOT IN"
            " (SELECT id FROM enterprises_enterprise WHERE email LIKE '%%@mau.invalid')"
        )[0][0]
    )


def is_writing(house: House) -> bool:
    """Whether an import is in the middle of its writing: nobody else sees its rows yet."""
    return bool(
        house.query(
            "SELECT 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
            " JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database()"
            " AND c.relname = 'enterprises_product' AND l.mode = 'RowExclusiveLock'"
        )
    )


def test_a_worker_killed_in_the_middle_of_a_commit_imports_all_or_nothing(house: House) -> None:
    pk = brought(house)
    house.scheduler()
    with house.nobody_writes("enterprises_product"):
        worker = house.worker("first@test")
        house.wait(lambda: is_writing(house), "The worker never wrote.")
        house.kill(worker)
    house.wait(lambda: not is_writing(house), "The connection of the dead worker stays.")
    assert brought_in(house, "enterprise") == brought_in(house, "product") == 0
    assert house.count("documents_importchange") == 0
    house.worker("second@test")
    house.wait(
        lambda: bool(
            house.query("SELECT imported_at FROM documents_importrun WHERE id = %s", pk)[0][0]
        ),
        "The import was not done after the restart.",
    )
    assert brought_in(house, "enterprise") == brought_in(house, "product") == ROWS
    assert house.query("SELECT attempts FROM documents_importrun WHERE id = %s", pk) == [(2,)]
    entries = house.query("SELECT count(*) FROM audit_entry WHERE act = 'import_run_import'")
    assert entries == [(1,)]


def test_the_command_killed_in_the_middle_leaves_nothing(house: House) -> None:
    path = house.folder / "so-lieu.xlsx"
    path.write_bytes(big_workbook())
    command = subprocess.Popen(
        [sys.executable, "manage.py", "import_workbook", str(path)],
        cwd=settings.BASE_DIR,
        env=house.environment,
        stdout=subprocess.DEVNULL,
        stderr=house.log,
        start_new_session=True,
    )
    house.stack.callback(house.kill, command)
    with house.nobody_writes("enterprises_product"):
        house.wait(lambda: is_writing(house), "The command never wrote.")
        os.killpg(command.pid, signal.SIGKILL)
        command.wait()
    house.wait(lambda: not is_writing(house), "The connection of the dead command stays.")
    assert brought_in(house, "enterprise") == 0
    assert house.count("documents_importrun") == 0
