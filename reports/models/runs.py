"""The making of a report by a worker: asked for, claimed with a lease, finished or failed."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.fields import PassageField
from core.leases import Leased, LeasedQuerySet
from programs.models import Plan
from reports.choices import RunStatus, RunStep
from reports.models.periods import READERS, ReportingPeriod
from reports.models.snapshots import Snapshot


class ReportRunQuerySet(LeasedQuerySet["ReportRun"]):
    """Runs."""

    def visible_to(self, user: User) -> Self:
        """Those who make reports see every run."""
        return self if user.has_role(*READERS) else self.none()

    def unfinished(self) -> Self:
        """Those that were asked for and neither finished nor failed."""
        return self.filter(finished_at__isnull=True, failed_at__isnull=True)

    def claim(self, pk: int, lease: dt.timedelta, **also: Any) -> "ReportRun | None":
        """Take a run for ``lease``; the first claim begins it."""
        runs = self.select_related("plan", "period")
        begun = Coalesce("started_at", Now())
        return super(ReportRunQuerySet, runs).claim(pk, lease, started_at=begun, **also)


class ReportRun(Leased):
    """One making of a report of a plan for a period."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="runs")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    started_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    failed_at = models.DateTimeField(_("failed at"), null=True)
    error = PassageField(_("error"), blank=True)
    step = models.CharField(_("step"), max_length=20, choices=RunStep, default=RunStep.ASKED)
    percent = models.PositiveSmallIntegerField(_("percent"), default=0)
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, null=True, related_name="run")

    objects = ReportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("report run")
        verbose_name_plural = _("report runs")
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(
                fields=("lease_until",),
                name="report_run_unfinished",
                condition=Q(finished_at__isnull=True, failed_at__isnull=True),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "period"),
                condition=Q(finished_at__isnull=True, failed_at__isnull=True),
                name="report_run_one_under_way",
                violation_error_message=_("A report of this period is being made already."),
            ),
            models.CheckConstraint(
                name="report_run_one_end",
                condition=Q(finished_at__isnull=True) | Q(failed_at__isnull=True),
                violation_error_message=_("A run either finishes or fails."),
            ),
            models.CheckConstraint(
                name="report_run_finished_with_snapshot",
                condition=Q(finished_at__isnull=True) | Q(snapshot__isnull=False),
                violation_error_message=_("A finished run has a snapshot."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.period}, {self.plan}"

    def get_absolute_url(self) -> str:
        """The page of the run."""
        return reverse("report_run_detail", args=[self.pk])

    @property
    def status(self) -> RunStatus:
        """How far it is, from its facts."""
        if self.finished_at:
            return RunStatus.DONE
        if self.failed_at:
            return RunStatus.FAILED
        return RunStatus.RUNNING if self.started_at else RunStatus.WAITING

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.status in {RunStatus.DONE, RunStatus.FAILED}
