"""Making a report at once, for the shell."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actors import Actor
from audit.services import record
from core.errors import DomainError
from programs.models import Plan
from reports.choices import PeriodKind
from reports.documents.files import render_files
from reports.models import Snapshot
from reports.services.periods import reporting_period_keep, reporting_period_of
from reports.services.snapshots import snapshot_keep, snapshot_take


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """The files that were written, by format, with the snapshot they were made of."""

    paths: dict[str, Path]
    snapshot_path: Path
    snapshot: Snapshot


def report_build(*, plan: Plan, kind: PeriodKind, year: int, out: Path, by: Actor) -> BuiltReport:
    """Make a report as a worker does, keep it, and write its files into a folder.

    Raises ``DomainError`` when the plan does not run in the year, names no form, or the folder
    cannot be written; nothing is kept then.
    """
    period = reporting_period_of(plan=plan, kind=kind, year=year)
    taken = snapshot_take(plan=plan, period=period)
    files = render_files(taken.data)
    with transaction.atomic():
        kept = reporting_period_keep(period)
        snapshot = snapshot_keep(plan=plan, period=kept, taken=taken, files=files)
        after = {"sha256": taken.sha256, "period": str(kept)}
        record(act="report_build", by=by, target=snapshot, after=after)
        paths = {rendered.format: out / rendered.name for rendered in files}
        snapshot_path = paths["pdf"].with_suffix(".json")
        contents = {paths[rendered.format]: rendered.content for rendered in files}
        try:
            out.mkdir(parents=True, exist_ok=True)
            for path, content in {**contents, snapshot_path: taken.content.encode()}.items():
                path.write_bytes(content)
        except OSError as error:
            told = _("The folder %(out)s cannot be written: choose another one.")
            raise DomainError(told % {"out": out}) from error
    return BuiltReport(paths, snapshot_path, snapshot)
