"""Load a plan from its file: ``manage.py load_plan plans/laocai-191.yaml``."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from audit.actors import System
from audit.commands import AuditedCommand
from core.errors import DomainError
from core.numbers import format_number
from programs.plan_file import PlanFile, read_plan_file
from programs.services import PlanLoad, plan_load


class Command(AuditedCommand):
    """Load a plan, all of it or nothing; twice without change."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and whether only to try."""
        parser.add_argument("file", type=Path, help="YAML, described in docs/plan-file.md")
        parser.add_argument("--dry-run", action="store_true", help="show, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file and print what it holds and what changed."""
        path: Path = options["file"]
        dry_run: bool = options["dry_run"]
        try:
            plan_file = read_plan_file(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            result = plan_load(
                plan_file=plan_file, by=System("load_plan"), digest=digest, dry_run=dry_run
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(self._holdings(plan_file))
        self._report(result, dry_run=dry_run)

    def _holdings(self, plan_file: PlanFile) -> str:
        appendix = plan_file.appendix
        told = _(
            "Plan %(number)s: %(phases)d phases, %(groups)d groups, %(tasks)d rows, "
            "%(indicators)d indicators, %(issues)d conflicts; "
            "%(total)s = %(state)s + %(enterprise)s %(unit)s."
        )
        return told % {
            "number": plan_file.plan.number,
            "phases": len(plan_file.phases),
            "groups": len(plan_file.groups),
            "tasks": len(plan_file.tasks),
            "indicators": len(plan_file.indicators),
            "issues": len(plan_file.text_issues),
            "total": format_number(appendix.total),
            "state": format_number(appendix.state),
            "enterprise": format_number(appendix.enterprise),
            "unit": plan_file.plan.unit,
        }

    def _report(self, result: PlanLoad, *, dry_run: bool) -> None:
        added = [change for change in result.changes if change.before is None]
        changed = [change for change in result.changes if change.before is not None]
        for change in changed:
            line = f"  {change.label} {change.code}: {change.before} → {change.after}"
            self.stdout.write(line)
        if not result.changes:
            self.stdout.write(_("Nothing changed."))
        else:
            told = (
                _("Would add %(added)d records and change %(changed)d; nothing was kept.")
                if dry_run
                else _("Added %(added)d records, changed %(changed)d.")
            )
            self.stdout.write(told % {"added": len(added), "changed": len(changed)})
        if result.unknown_measures:
            told = _("No room computes these measures yet: %(keys)s.")
            keys = ", ".join(result.unknown_measures)
            self.stderr.write(self.style.WARNING(told % {"keys": keys}))
