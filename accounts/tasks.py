"""Background jobs of the room ``accounts``."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from accounts import services


@shared_task
def typed_forms_sweep() -> None:
    """Forget what people typed long ago, and sessions that are over."""
    services.typed_forms_sweep()
    call_command("clearsessions")


@shared_task
def handovers_carry_out() -> None:
    """Pass on the open work of everybody whose last day is over."""
    services.handovers_carry_out(today=timezone.localdate())
