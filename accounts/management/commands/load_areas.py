"""Load areas and organisations: ``manage.py load_areas plans/areas-laocai.yaml``."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.area_file import AreaFile, read_area_file
from accounts.services import AreasLoad, areas_load
from audit.actors import System
from audit.commands import AuditedCommand
from core.errors import DomainError


class Command(AuditedCommand):
    """Load areas, organisations and successions, all or nothing; twice without change."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and whether only to try."""
        parser.add_argument("file", type=Path, help="YAML, described in accounts/area_file.py")
        parser.add_argument("--dry-run", action="store_true", help="show, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file and print what it holds and what changed."""
        path: Path = options["file"]
        dry_run: bool = options["dry_run"]
        try:
            area_file = read_area_file(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            done = areas_load(
                area_file=area_file, by=System("load_areas"), digest=digest, dry_run=dry_run
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(self._holdings(area_file))
        self._report(done, dry_run=dry_run)

    def _holdings(self, area_file: AreaFile) -> str:
        levels = Counter(area.level for area in area_file.areas)
        told = _(
            "Areas from %(source)s: %(provinces)d provinces, %(districts)d districts, "
            "%(communes)d communes and wards; %(organisations)d organisations."
        )
        return told % {
            "source": f"{area_file.source.name} {area_file.source.version}",
            "provinces": levels["province"],
            "districts": levels["district"],
            "communes": levels["commune"],
            "organisations": len(area_file.all_organisations()),
        }

    def _report(self, done: AreasLoad, *, dry_run: bool) -> None:
        for code, change in done.changed.items():
            told = _("Completed: %(code)s (%(fields)s).")
            fields = ", ".join(change["after"])
            self.stdout.write(f"  {told % {'code': code, 'fields': fields}}")
        for code, what in done.kept.items():
            told = _("Kept as the portal has it: %(code)s (%(what)s).")
            self.stdout.write(f"  {told % {'code': code, 'what': what}}")
        if not done.anything:
            self.stdout.write(_("Nothing changed."))
            return
        told = (
            _(
                "Would add %(added)d records, change %(changed)d and record %(successions)d "
                "successions; nothing was kept."
            )
            if dry_run
            else _(
                "Added %(added)d records, changed %(changed)d, recorded %(successions)d "
                "successions."
            )
        )
        numbers = {"added": done.added, "changed": done.changed, "successions": done.successions}
        self.stdout.write(told % {name: len(found) for name, found in numbers.items()})
