"""Background jobs of the room ``accounts``."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts import services
from audit.actors import System


@shared_task
def typed_forms_sweep() -> None:
    """Forget what people typed long ago, and sessions that are over."""
    services.typed_forms_sweep()
    call_command("clearsessions")


@shared_task
def handovers_carry_out() -> None:
    """Pass on the open work of everybody whose last day is over."""
    services.handovers_carry_out(today=timezone.localdate())


@shared_task
def successions_work_pass() -> None:
    """Pass on open work whose succession has come; a missed or second run does no harm."""
    services.successions_work_pass(by=System("successions_work_pass"))


@shared_task
def idle_accounts_check() -> None:
    """Warn people who have not been here for long, and disable the accounts nobody uses."""
    services.idle_accounts_check(now=timezone.now())


@shared_task
def audit_verify_nightly() -> None:
    """Verify the history, keep its head, and mail it to the leads; running twice does no harm."""
    services.audit_verify_nightly(now=timezone.now())
