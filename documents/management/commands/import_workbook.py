"""Import the office's Excel: ``manage.py import_workbook FILE [--dry-run] [--good-rows]``."""

import json
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actors import Actor, System
from audit.commands import AuditedCommand
from core.errors import DomainError
from core.spreadsheets.rows import Mistake, WorkbookPlan
from documents.choices import RowOutcome
from documents.services import WorkbookImport, workbook_import


class Command(AuditedCommand):
    """Check a data workbook and import it: all of it or, by choice, its good rows.

    Exits 1 when a row is wrong, unless the good rows alone were asked for and imported.
    """

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and what to do with it."""
        parser.add_argument("file", type=Path, metavar="FILE", help="the workbook (.xlsx)")
        parser.add_argument("--dry-run", action="store_true", help="check only, change nothing")
        parser.add_argument("--good-rows", action="store_true", help="leave out wrong rows")
        parser.add_argument("--by", metavar="EMAIL", help="the person whose import it is")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, import, and tell what became of each sheet."""
        path: Path = options["file"]
        try:
            with path.open("rb") as opened:
                done = workbook_import(
                    file=File(opened, name=path.name),
                    by=self._person(options["by"]),
                    good_rows=options["good_rows"],
                    dry_run=options["dry_run"],
                )
        except OSError as error:
            told = _("The file %(file)s cannot be read: name another one.")
            raise CommandError(told % {"file": path}) from error
        except DomainError as error:
            raise CommandError(error.message) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_json(done.plan), ensure_ascii=False))
        else:
            self._tell(done, dry_run=options["dry_run"])
        for warning in self._warnings(done.plan):
            self.stderr.write(warning)
        wrong = done.plan.is_wrong
        if wrong and (options["dry_run"] or not options["good_rows"]):
            raise SystemExit(1)

    def _person(self, email: str | None) -> Actor:
        if not email:
            return System("import_workbook")
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            told = _("There is no account with the address %(email)s.")
            raise CommandError(told % {"email": email})
        return person

    def _warnings(self, plan: WorkbookPlan) -> list[str]:
        return [
            _told(told) if told.row > 1 else f"{told.sheet}, “{told.column}”: {told.message}"
            for sheet in plan.sheets
            for told in sheet.warnings
        ]

    def _tell(self, done: WorkbookImport, *, dry_run: bool) -> None:
        for sheet, counts in done.plan.counts().items():
            numbers = ", ".join(f"{counts[one.value]} {one.label}" for one in RowOutcome)
            self.stdout.write(f"{sheet}: {numbers}")
        skipped = _("%(sheet)s: skipped, the portal does not know a sheet of this name.")
        for title in done.plan.skipped:
            self.stdout.write(skipped % {"sheet": title})
        for told in done.plan.mistakes():
            self.stdout.write(_told(told))
        if dry_run:
            self.stdout.write(_("Checked only; nothing was changed."))
        elif done.run is None:
            self.stdout.write(_("Nothing was imported: correct the wrong rows first."))
        else:
            imported = _("Imported; %(number)d records changed. SHA-256 of the file: %(sha256)s")
            values = {"number": done.run.changes_made, "sha256": done.run.sha256}
            self.stdout.write(imported % values)


def _told(cell: Mistake) -> str:
    return _("%(sheet)s, row %(row)d, column “%(column)s”%(value)s: %(message)s") % {
        "sheet": cell.sheet,
        "row": cell.row,
        "column": cell.column,
        "value": "" if cell.value is None else f" “{cell.value}”",
        "message": cell.message,
    }


def as_json(plan: WorkbookPlan) -> dict[str, Any]:
    """Return what an import would do or did, as one object."""
    return {
        "sheets": plan.counts(),
        "errors": [
            {
                "sheet": told.sheet,
                "row": told.row,
                "column": told.column,
                "value": told.value,
                "message": told.message,
            }
            for told in plan.mistakes()
        ],
        "skipped": plan.skipped,
    }
