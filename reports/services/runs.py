"""Asking for a report, and making it once however often a worker is told to."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actors import Actor, System
from audit.services import record
from core.errors import DomainError
from core.leases import lease_renewed
from programs.models import Plan
from reports import policies
from reports.choices import PeriodKind, RunStep
from reports.documents.files import RenderedFile, render_files
from reports.models import ReportingPeriod, ReportRun, Snapshot
from reports.services.periods import reporting_period_keep, reporting_period_of
from reports.services.snapshots import (
    TakenSnapshot,
    report_form_of,
    snapshot_keep,
    snapshot_take,
)

logger = logging.getLogger(__name__)

# Hands a run to a worker; given by the caller, for services know no broker.
Dispatch = Callable[[int], object]

PERCENT = {RunStep.FIGURES: 10, RunStep.FILES: 40, RunStep.KEEPING: 90}


class ClaimLostError(Exception):
    """Another worker took the run over: this one stops without a trace."""


@transaction.atomic
def report_run_ask(
    *, plan: Plan, kind: PeriodKind, year: int, by: User, dispatch: Dispatch
) -> ReportRun:
    """Ask for a report of a plan; while one is being made for the period, return that one.

    A broker that is down does not matter: the sweeper finds the run later.
    """
    policies.can_ask_for_report(by).require()
    period = reporting_period_of(plan=plan, kind=kind, year=year)
    report_form_of(plan, kind)
    period = reporting_period_keep(period)
    # Two who ask at once get the same run.
    ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    if going_on := ReportRun.objects.unfinished().filter(plan=plan, period=period).first():
        return going_on
    run = ReportRun.objects.create(plan=plan, period=period, asked_by=by)
    record(act="report_run_ask", by=by, target=run, after={"period": str(period)})
    transaction.on_commit(lambda: dispatch(run.pk), robust=True)
    return run


@transaction.atomic
def report_run_restart(*, run: ReportRun, by: User, dispatch: Dispatch) -> ReportRun:
    """Start a run again that failed."""
    ReportingPeriod.objects.select_for_update().get(pk=run.period_id)
    run = ReportRun.objects.select_for_update().get(pk=run.pk)
    policies.can_restart(by, run).require()
    others = ReportRun.objects.unfinished().filter(plan=run.plan_id, period=run.period_id)
    if others.exists():
        raise DomainError(_("A report of this period is being made already."))
    before = {"failed_at": run.failed_at, "error": run.error}
    run.failed_at, run.error, run.attempts, run.percent = None, "", 0, 0
    run.step, run.lease_until, run.lease_token = RunStep.ASKED, None, None
    run.started_at = None
    run.save()
    record(act="report_run_restart", by=by, target=run, before=before)
    transaction.on_commit(lambda: dispatch(run.pk), robust=True)
    return run


def report_run_render(*, run: ReportRun) -> Snapshot | None:
    """Make the report of a claimed run; returns nothing when the claim was lost or it failed.

    Figures first, in their own transaction; then the files, outside any; then all is kept at once.
    """
    try:
        with lease_renewed(ReportRun.objects.all(), run):
            _advance(run, RunStep.FIGURES)
            taken = snapshot_take(plan=run.plan, period=run.period)
            _advance(run, RunStep.FILES)
            files = render_files(taken.data)
            _advance(run, RunStep.KEEPING)
            return _finish(run, taken, files)
    except ClaimLostError:
        logger.warning("Report run %d was taken over by another worker.", run.pk)
    except DomainError as error:
        _fail(run, error.message)
    except Exception:
        logger.exception("Report run %d failed.", run.pk)
        _fail(run, _("The report could not be made because of an error of the portal."))
    return None


def report_runs_sweep(*, dispatch: Dispatch) -> int:
    """Hand every run that no worker holds to a worker again; give up after some attempts."""
    lost = ReportRun.objects.lost()
    tired = lost.filter(attempts__gte=settings.JOB_ATTEMPTS)
    for run in tired:
        told = _("The report was begun %(times)d times and its worker stopped each time.")
        _fail(run, told % {"times": run.attempts})
    waiting = list(lost.filter(attempts__lt=settings.JOB_ATTEMPTS).values_list("pk", flat=True))
    for run_id in waiting:
        dispatch(run_id)
    return len(waiting)


def _advance(run: ReportRun, step: RunStep) -> None:
    if not ReportRun.objects.held(run).update(step=step, percent=PERCENT[step]):
        raise ClaimLostError


@transaction.atomic
def _finish(run: ReportRun, taken: TakenSnapshot, files: list[RenderedFile]) -> Snapshot:
    held = ReportRun.objects.held(run).select_for_update(of=("self",)).first()
    if held is None:
        raise ClaimLostError
    snapshot = snapshot_keep(plan=run.plan, period=run.period, taken=taken, files=files)
    held.snapshot, held.finished_at = snapshot, timezone.now()
    held.step, held.percent, held.lease_until = RunStep.DONE, 100, None
    held.save()
    by: Actor = held.asked_by or System("report_run_render")
    after = {"sha256": taken.sha256, "files": [rendered.name for rendered in files]}
    record(act="report_run_render", by=by, target=held, after=after)
    return snapshot


@transaction.atomic
def _fail(run: ReportRun, error: str) -> None:
    failed = (
        ReportRun.objects.unfinished()
        .filter(pk=run.pk, lease_token=run.lease_token)
        .update(failed_at=Now(), error=error, lease_until=None)
    )
    if failed:
        by: Actor = run.asked_by or System("report_run_render")
        record(act="report_run_fail", by=by, target=run, after={"error": error})
