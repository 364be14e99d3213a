"""Background jobs of the room ``accounts``."""

from celery import shared_task

from accounts import services
from audit.actors import System


@shared_task
def successions_work_pass() -> None:
    """Pass on open work whose succession has come; a missed or second run does no harm."""
    services.successions_work_pass(by=System("successions_work_pass"))
