"""Background jobs of the room ``documents``."""

from celery import shared_task
from django.conf import settings

from documents import services
from documents.models import ImportRun


@shared_task
def quarantine_sweep() -> None:
    """Scan what came while the scanner gave no answer."""
    services.quarantine_sweep()


@shared_task
def import_run_work(run_id: int) -> None:
    """Go on with an import. A second delivery of the same message finds nothing to claim."""
    if run := ImportRun.objects.claim(run_id, lease=settings.JOB_LEASE):
        services.import_run_work(run=run)


@shared_task
def import_runs_sweep() -> None:
    """Find imports whose worker died or whose message was lost."""
    services.import_runs_sweep(dispatch=import_run_work.delay)
