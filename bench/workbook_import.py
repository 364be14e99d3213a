"""The import of 10.000 rows, dry run and commit, against django-import-export on the same model."""

import io
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.line import Line, compare

ROWS = 10_000
GOAL = 0.1
MEGABYTES = 150
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
# Header of the data workbook, field of the model; some values have other names in each.
COLUMNS = {
    "Mã số thuế": "tax_code",
    "Tên doanh nghiệp": "name",
    "Loại hình": "kind",
    "Nhóm ngành": "sector",
    "Địa chỉ": "address",
    "Người đại diện": "representative",
    "Điện thoại": "phone",
    "Email": "email",
}


def tax_codes(seed: int) -> Iterator[str]:
    """Invented tax codes with their check digits."""
    numbers = random.Random(seed)  # noqa: S311 - the same for the same seed
    while True:
        digits = f"53{numbers.randrange(10**7):07d}"
        check = 10 - sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            yield f"{digits}{check}"


def rows() -> Iterator[list[str]]:
    """The rows, in the words of the data workbook."""
    seen = dict.fromkeys(code for code, _ in zip(tax_codes(191), range(2 * ROWS), strict=False))
    for number, code in zip(range(ROWS), seen, strict=False):
        yield [
            code,
            f"Công ty trách nhiệm hữu hạn chế biến nông sản số {number}",
            "hợp tác xã",
            "nông lâm thủy sản",
            f"Số {number}, đường Hoàng Liên",
            f"Nguyễn Văn {number}",
            "0214 3 000 000",
            f"dn{number}@vidu.invalid",
        ]


def workbook(headers: list[str], sheet: str, words: dict[str, str]) -> bytes:
    """Return the rows as a workbook."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet(sheet)
    for place, header in enumerate(headers):
        page.write_string(0, place, header)
    for number, row in enumerate(rows(), start=1):
        for place, cell in enumerate(row):
            page.write_string(number, place, words.get(cell, cell))
    book.close()
    return target.getvalue()


def workbook_import_lines() -> list[Line]:
    """Compare: the file read, checked, and imported – and the same by the peer, twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laocai_nscl.settings")
    import django

    django.setup()
    from django.core.management import call_command

    # The peer brings no types.
    from import_export.resources import ModelResource  # type: ignore[import-untyped]

    from enterprises.models import Enterprise

    call_command("migrate", verbosity=0)
    ours = workbook(list(COLUMNS), "DoanhNghiep", {})
    words = {"hợp tác xã": "cooperative", "nông lâm thủy sản": "agriculture"}
    theirs = workbook(list(COLUMNS.values()), "Enterprise", words)

    class Defaults(ModelResource):
        class Meta:
            model = Enterprise
            fields = tuple(COLUMNS.values())
            import_id_fields = ("tax_code",)

    class Bulk(Defaults):
        class Meta(Defaults.Meta):
            use_bulk = True

    name = f"import of {ROWS} rows, dry run and commit"
    told = "django-import-export"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "so-lieu.xlsx"
        path.write_bytes(ours)
        memory = import_in_a_process(path)
    by_defaults = compare(
        name,
        f"{told}, its defaults",
        GOAL,
        ours=lambda: import_ours(ours),
        theirs=lambda: import_theirs(Defaults, theirs),
        rounds=1,
        after=emptied,
    )
    by_bulk = compare(
        name,
        f"{told}, use_bulk",
        1.0,
        ours=lambda: import_ours(ours),
        theirs=lambda: import_theirs(Bulk, theirs),
        rounds=1,
        after=emptied,
    )
    limit = Line(f"{name}, memory", f"{MEGABYTES} MB", memory, MEGABYTES, 1.0, unit="MB")
    return [by_defaults, by_bulk, limit]


def emptied() -> None:
    """Take the imported rows away."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM enterprises_enterprisetaxcode")
        cursor.execute("DELETE FROM enterprises_enterprise")


def import_ours(content: bytes) -> None:
    """Check the file, then import it."""
    from django.core.files.base import ContentFile

    from audit.actors import System
    from documents.services import workbook_import
    from enterprises.models import Enterprise

    for dry_run in (True, False):
        file = ContentFile(content, name="so-lieu.xlsx")
        workbook_import(file=file, by=System("bench"), dry_run=dry_run)
    assert Enterprise.objects.count() == ROWS  # noqa: S101 - else nothing was measured


def import_theirs(resource: type[Any], content: bytes) -> None:
    """Read the file, import it dry, then for good, as its documentation says."""
    from import_export.formats.base_formats import XLSX  # type: ignore[import-untyped]

    from enterprises.models import Enterprise

    for dry_run in (True, False):
        dataset = XLSX().create_dataset(content)
        resource().import_data(dataset, dry_run=dry_run, raise_errors=True, use_transactions=True)
    assert Enterprise.objects.count() == ROWS  # noqa: S101 - else nothing was measured


def import_in_a_process(path: Path) -> float:
    """Return the most memory that a process of its own needs for the import, in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.workbook_import", str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout.split()[-1])


def most_memory() -> float:
    """Return the most memory that this process has held, in MB.

    What ``getrusage`` tells of a child counts the process that started it, too.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [held] = re.findall(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(held) / 1024


def main() -> None:
    """Import a file in this process and print how much memory it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laocai_nscl.settings")
    import django

    django.setup()
    import_ours(Path(sys.argv[1]).read_bytes())
    emptied()
    sys.stdout.write(f"{most_memory():.0f}\n")


if __name__ == "__main__":
    main()
