"""Making a report at once, for the shell."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from audit.actors import Actor
from audit.services import record
from programs.models import Plan
from reports.choices import PeriodKind
from reports.documents.files import render_files
from reports.models import Snapshot
from reports.services.periods import reporting_period_ensure
from reports.services.snapshots import snapshot_keep, snapshot_take


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """The files that were written, by format, with the snapshot they were made of."""

    paths: dict[str, Path]
    snapshot_path: Path
    snapshot: Snapshot


def report_build(*, plan: Plan, kind: PeriodKind, year: int, out: Path, by: Actor) -> BuiltReport:
    """Make a report as a worker does, keep it, and write its files into a folder.

    Raises ``DomainError`` when the plan does not run in the year or names no form, and ``OSError``
    when the folder cannot be written; nothing is kept then.
    """
    out.mkdir(parents=True, exist_ok=True)
    period = reporting_period_ensure(plan=plan, kind=kind, year=year)
    taken = snapshot_take(plan=plan, period=period)
    files = render_files(taken.data)
    with transaction.atomic():
        snapshot = snapshot_keep(plan=plan, period=period, taken=taken, files=files)
        after = {"sha256": taken.sha256, "period": str(period)}
        record(act="report_build", by=by, target=snapshot, after=after)
        paths = {rendered.format: out / rendered.name for rendered in files}
        for rendered in files:
            paths[rendered.format].write_bytes(rendered.content)
        snapshot_path = paths["pdf"].with_suffix(".json")
        snapshot_path.write_text(taken.content, encoding="utf-8")
    return BuiltReport(paths, snapshot_path, snapshot)
