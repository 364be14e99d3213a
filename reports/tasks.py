"""Background jobs of the room ``reports``."""

from celery import shared_task
from django.conf import settings

from reports import services
from reports.models import ReportRun


@shared_task
def report_run_render(run_id: int) -> None:
    """Make a report. A second delivery of the same message finds nothing to claim."""
    if run := ReportRun.objects.claim(run_id, lease=settings.JOB_LEASE):
        services.report_run_render(run=run)


@shared_task
def report_runs_sweep() -> None:
    """Find runs whose worker died or whose message was lost."""
    services.report_runs_sweep(dispatch=report_run_render.delay)
