"""Make a report: ``manage.py build_report --kind annual --year 2026 --out DIR``."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from audit.actors import System
from audit.commands import AuditedCommand
from core.errors import DomainError
from programs.models import Plan
from reports.choices import PeriodKind
from reports.services import report_build


class Command(AuditedCommand):
    """Make a report in every format and write it into a folder."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the kind, the year and the folder."""
        parser.add_argument("--kind", required=True, choices=PeriodKind.values)
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--out", required=True, type=Path, help="folder for the files")
        parser.add_argument("--plan", help="code of the plan; without it the current one")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the report and say where it lies."""
        plan = self._plan(options["plan"])
        try:
            built = report_build(
                plan=plan,
                kind=PeriodKind(options["kind"]),
                year=options["year"],
                out=options["out"],
                by=System("build_report"),
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        paths = {key: str(path) for key, path in built.paths.items()}
        line = {**paths, "snapshot": str(built.snapshot_path), "sha256": built.snapshot.sha256}
        if options["json"]:
            self.stdout.write(json.dumps(line, ensure_ascii=False))
        else:
            for key, value in line.items():
                self.stdout.write(f"{key}: {value}")

    def _plan(self, code: str | None) -> Plan:
        plan = Plan.objects.filter(code=code).first() if code else Plan.objects.current()
        if plan is None:
            raise CommandError(_("There is no such plan; load one with load_plan."))
        return plan
