"""Jobs whose state is in the database: a worker claims one with a lease that it renews.

A message that comes twice finds nothing to claim; the job of a worker that died is free again when
its lease is over, and the sweeper of its room hands it out anew.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Leased(models.Model):
    """Abstract: a job, and which worker holds it until when."""

    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("held until"), null=True)
    lease_token = models.UUIDField(null=True, editable=False)

    class Meta:
        abstract = True


JobT = TypeVar("JobT", bound=Leased)


class LeasedQuerySet(models.QuerySet[JobT]):
    """Jobs; each kind says which of them are ``unfinished``."""

    def unfinished(self) -> Self:
        """Those that are still to be done."""
        raise NotImplementedError

    def lost(self) -> Self:
        """Unfinished ones that no worker holds: never begun, or their worker died."""
        return self.unfinished().filter(Q(lease_until__isnull=True) | Q(lease_until__lt=Now()))

    def claim(self, pk: int, lease: dt.timedelta, **also: Any) -> JobT | None:
        """Take a job for ``lease``, or return nothing when it is done or another worker has it.

        The database decides in one statement; ``also`` is written with it.
        """
        claimed = (
            self.lost()
            .filter(pk=pk)
            .update(
                lease_until=Now() + lease,
                lease_token=uuid.uuid4(),
                attempts=F("attempts") + 1,
                **also,
            )
        )
        return self.get(pk=pk) if claimed else None

    def held(self, job: JobT) -> Self:
        """The job, as long as this worker's claim on it stands."""
        return self.unfinished().filter(pk=job.pk, lease_token=job.lease_token)


@contextmanager
def lease_renewed(jobs: LeasedQuerySet[JobT], job: JobT) -> Iterator[None]:
    """Renew the worker's claim on a job for as long as the block takes."""
    lease: dt.timedelta = settings.JOB_LEASE
    ended = Event()

    def beat() -> None:
        try:
            while not ended.wait(lease.total_seconds() / 3):
                if not jobs.held(job).update(lease_until=Now() + lease):
                    return
        finally:
            connection.close()

    heart = Thread(target=beat, name=f"lease-{job._meta.model_name}-{job.pk}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()
