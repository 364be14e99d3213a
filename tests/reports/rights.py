"""Who may do what with reports."""

from django.db.models.functions import Now
from django.utils import timezone

from accounts.choices import Role
from reports import services
from reports.choices import FileFormat, PeriodKind
from reports.documents.files import RenderedFile
from reports.models import ReportRun
from reports.selectors import snapshot_content
from reports.services.snapshots import (
    TakenSnapshot,
    canonical,
    digest,
    report_form_of,
    snapshot_keep,
)
from tests.enterprises import nomination_rights
from tests.rights import ALL, DOST, WORKERS, Row, Target, World, people

ANNUAL = PeriodKind.ANNUAL


def run(world: World) -> ReportRun:
    """A report that was asked for."""
    return services.report_run_ask(
        plan=world.plan,
        kind=ANNUAL,
        year=2026,
        by=world.user(Role.PROGRAMME_OFFICER),
        dispatch=lambda _run_id: None,
    )


def failed_run(world: World) -> Target:
    """A report that failed."""
    failed = run(world)
    ReportRun.objects.filter(pk=failed.pk).update(failed_at=Now(), error="Hỏng.")
    return Target((failed.pk,))


def finished_run(world: World) -> ReportRun:
    """A report with its files."""
    asked = run(world)
    data = snapshot_content(asked.plan, report_form_of(asked.plan, ANNUAL), asked.period)
    content = canonical(data)
    taken = TakenSnapshot(data, content, digest(content), timezone.now())
    pdf = RenderedFile(FileFormat.PDF, "bao-cao.pdf", b"%PDF-1.7")
    snapshot = snapshot_keep(plan=asked.plan, period=asked.period, taken=taken, files=[pdf])
    ReportRun.objects.filter(pk=asked.pk).update(snapshot=snapshot, finished_at=Now())
    return ReportRun.objects.get(pk=asked.pk)


REVIEW = DOST | people(Role.LEADERSHIP)


def selection(world: World) -> Target:
    """A round that has selected somebody."""
    return nomination_rights.selected_round(world)


ROWS = [
    Row("selection_annex_pdf", get=REVIEW, make=selection),
    Row("selection_annex_xlsx", get=REVIEW, make=selection),
    Row("report_run_list", get=ALL),
    Row(
        "report_run_ask",
        get=ALL,
        post=DOST,
        post_refused=WORKERS - DOST,
        make=lambda _world: Target(data={"year": 2026}),
    ),
    Row("report_run_detail", get=DOST, make=lambda world: Target((run(world).pk,))),
    Row("report_run_progress", get=DOST, make=lambda world: Target((run(world).pk,))),
    Row("report_run_restart", get=DOST, post=DOST, make=failed_run),
    Row("report_run_preview", get=DOST, make=lambda world: Target((finished_run(world).pk,))),
    Row(
        "report_file_download",
        get=DOST,
        make=lambda world: Target((finished_run(world).snapshot.files.get().pk,)),
    ),
]
