"""Jobs whose state lies in the database: claimed with a lease, taken over when a worker dies.

The broker may lose or repeat messages: a job is claimed in one statement, the worker renews its
claim while it works, and a sweeper hands out what no worker holds.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, Self, TypeVar

from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

# How often a worker looks whether it has more progress to tell.
BEAT_SECONDS = 0.5


class ClaimLostError(Exception):
    """Another worker took the job over: this one stops without a trace."""


JobT = TypeVar("JobT", bound="Job")


class JobQuerySet(models.QuerySet[JobT]):
    """Jobs. A model says which are ``unfinished``."""

    def unfinished(self) -> Self:
        """Those for which a worker has something to do."""
        raise NotImplementedError

    def lost(self) -> Self:
        """Unfinished ones that no worker holds: never begun, or their worker died."""
        return self.unfinished().filter(Q(lease_until__isnull=True) | Q(lease_until__lt=Now()))

    def claim(self, pk: int, lease: dt.timedelta) -> JobT | None:
        """Take a job for ``lease``, or return nothing when it is done or another worker has it.

        The database decides in one statement, so a message that comes twice finds nothing to do.
        """
        claimed = (
            self.lost()
            .filter(pk=pk)
            .update(
                lease_until=Now() + lease,
                lease_token=uuid.uuid4(),
                attempts=F("attempts") + 1,
                started_at=Coalesce("started_at", Now()),
            )
        )
        return self.get(pk=pk) if claimed else None

    def held(self, job: "Job") -> Self:
        """The job, as long as this worker's claim on it stands."""
        return self.unfinished().filter(pk=job.pk, lease_token=job.lease_token)


class Job(models.Model):
    """Abstract: something that a worker does once."""

    started_at = models.DateTimeField(_("started at"), null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    lease_until = models.DateTimeField(_("held until"), null=True, editable=False)
    lease_token = models.UUIDField(null=True, editable=False)
    percent = models.PositiveSmallIntegerField(_("percent"), default=0, editable=False)

    class Meta:
        abstract = True

    def let_go(self) -> None:
        """Forget the claim; the caller saves."""
        self.started_at, self.attempts, self.percent = None, 0, 0
        self.lease_until, self.lease_token = None, None


@dataclass
class Progress:
    """How far a worker is, told to whoever looks; the work itself may be in a transaction."""

    percent: int = 0

    def tell(self, percent: int) -> None:
        """Remember how far the work is; the next beat writes it down."""
        self.percent = percent


@contextmanager
def lease_renewed(jobs: JobQuerySet[Any], job: Job, lease: dt.timedelta) -> Iterator[Progress]:
    """Renew the worker's claim on a job for as long as the block takes, and tell its progress."""
    progress = Progress()
    ended = Event()
    beats_per_lease = max(1, int(lease.total_seconds() / 3 / BEAT_SECONDS))

    def beat() -> None:
        told, count = 0, 0
        try:
            while not ended.wait(BEAT_SECONDS):
                count += 1
                if progress.percent == told and count % beats_per_lease:
                    continue
                told = progress.percent
                if not jobs.held(job).update(lease_until=Now() + lease, percent=told):
                    return
        finally:
            connection.close()

    heart = Thread(target=beat, name=f"lease-{job.pk}", daemon=True)
    heart.start()
    try:
        yield progress
    finally:
        ended.set()
        heart.join()
