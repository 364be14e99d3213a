"""The work of a day, done once and made up for when the scheduler was not there."""

import datetime as dt
import logging
from collections.abc import Callable

from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone

from core.leases import lease_renewed
from notifications.models import DailyRun
from notifications.services.digests import digests_send
from notifications.services.reminders import RemindersIncompleteError, reminders_send

logger = logging.getLogger(__name__)


def daily_runs_sweep(*, now: dt.datetime, dispatch: Callable[[int], object]) -> None:
    """Hand the work of the day to a worker once its hour has come, until it is done."""
    local = timezone.localtime(now)
    if local.time() < settings.DAILY_AT:
        return
    run, _made = DailyRun.objects.get_or_create(day=local.date())
    if DailyRun.objects.lost().filter(pk=run.pk, attempts__lt=settings.JOB_ATTEMPTS).exists():
        dispatch(run.pk)


def daily_run_do(*, run: DailyRun) -> None:
    """Send the reminders of a claimed day, then the digests, which hold them too."""
    runs = DailyRun.objects.all()
    with lease_renewed(runs, run):
        try:
            reminders_send(day=run.day)
            complete = True
        except RemindersIncompleteError:
            # The lease runs out and the run is tried again; digests need not wait for it.
            complete = False
        digests_send()
    if complete:
        runs.held(run).update(finished_at=Now(), lease_until=None)
