"""Background jobs of the room ``documents``."""

from celery import shared_task

from documents import services


@shared_task
def quarantine_sweep() -> None:
    """Scan what came while the scanner gave no answer."""
    services.quarantine_sweep()
