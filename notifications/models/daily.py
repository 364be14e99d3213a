"""The work of a day: reminders and digests, done once whoever asks and however late."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.leases import Leased, LeasedQuerySet


class DailyRunQuerySet(LeasedQuerySet["DailyRun"]):
    """Runs."""

    def unfinished(self) -> Self:
        """Those whose work is not done."""
        return self.filter(finished_at__isnull=True)


class DailyRun(Leased):
    """The reminders and digests of one day."""

    day = models.DateField(_("day"), unique=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = DailyRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily run")
        verbose_name_plural = _("daily runs")
        ordering = ("-day",)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
