"""Background jobs of the room ``notifications``."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from notifications import services
from notifications.models import DailyRun, OutboxMail

# A message that waited longer than the next sweep is not needed any more.
EXPIRES = 60


@shared_task
def outbox_mail_send(mail_id: int) -> None:
    """Send a mail. A second delivery of the same message finds nothing to claim."""
    if mail := OutboxMail.objects.claim(mail_id, lease=settings.JOB_LEASE):
        services.outbox_mail_send(mail=mail)


@shared_task
def outbox_mails_sweep() -> None:
    """Find mails whose message was lost, whose worker died, or whose pause is over."""
    services.outbox_mails_sweep(
        dispatch=lambda pk: outbox_mail_send.apply_async((pk,), expires=EXPIRES)
    )


@shared_task
def daily_run_do(run_id: int) -> None:
    """Send the reminders and digests of a day, once."""
    if run := DailyRun.objects.claim(run_id, lease=settings.JOB_LEASE):
        services.daily_run_do(run=run)


@shared_task
def daily_runs_sweep() -> None:
    """Begin the work of the day when its hour has come, or what is left of it."""
    services.daily_runs_sweep(
        now=timezone.now(),
        dispatch=lambda pk: daily_run_do.apply_async((pk,), expires=EXPIRES),
    )
