"""What a worker does with an import, once however often it is told to."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actors import Actor, System
from audit.services import record
from core.errors import DomainError
from core.jobs import ClaimLostError, Progress, lease_renewed
from core.spreadsheets import register
from core.spreadsheets.planning import plan_workbook
from core.spreadsheets.reading import Book
from core.spreadsheets.rows import WorkbookPlan
from core.spreadsheets.undoing import take_back
from documents import policies
from documents.choices import ImportTask
from documents.models import ImportRun
from documents.services.import_steps import (
    changes_of,
    keep_plan,
    obstacles_to_undo,
    one_import_at_a_time,
    told_by_database,
    write_plan,
)

logger = logging.getLogger(__name__)
NOBODY = System("import_run_work")


def import_run_work(*, run: ImportRun) -> None:
    """Do what a claimed run waits for: check its file, import it, or take it back.

    Each is one transaction: a worker that dies leaves nothing half done.
    """
    steps: dict[str, Callable[[ImportRun, Progress], None]] = {
        ImportTask.CHECK: _check,
        ImportTask.IMPORT: _import,
        ImportTask.UNDO: _undo,
    }
    try:
        with lease_renewed(ImportRun.objects.all(), run, settings.JOB_LEASE) as progress:
            steps[run.task](run, progress)
    except ClaimLostError:
        logger.warning("Import %d was taken over by another worker.", run.pk)
    except IntegrityError as error:
        logger.warning("Import %d was refused by the database: %s", run.pk, type(error).__name__)
        _stop(run, told_by_database(error).message)
    except DomainError as error:
        _stop(run, error.message)
    except Exception:
        logger.exception("Import %d failed.", run.pk)
        _stop(run, _("An error of the portal stopped the work; nothing was changed. Try again."))


def import_runs_sweep(*, dispatch: Callable[[int], object]) -> int:
    """Hand every run that no worker holds to a worker again; give up after some attempts."""
    lost = ImportRun.objects.lost()
    for run in lost.filter(attempts__gte=settings.JOB_ATTEMPTS):
        told = _("The work was begun %(times)d times and its worker stopped each time.")
        _stop(run, told % {"times": run.attempts})
    waiting = list(lost.filter(attempts__lt=settings.JOB_ATTEMPTS).values_list("pk", flat=True))
    for run_id in waiting:
        dispatch(run_id)
    return len(waiting)


def _held(run: ImportRun) -> ImportRun:
    """Lock the run for this transaction, as long as this worker's claim on it stands."""
    held = ImportRun.objects.held(run).select_for_update(of=("self",)).first()
    if held is None:
        raise ClaimLostError
    return held


def _plan(run: ImportRun, progress: Progress, *, lock: bool) -> WorkbookPlan:
    with run.file.open("rb") as file:
        book = Book(file)
        try:
            return plan_workbook(book, register, lock=lock, progress=progress.tell)
        finally:
            book.close()


def _check(run: ImportRun, progress: Progress) -> None:
    plan = _plan(run, progress, lock=False)
    with transaction.atomic():
        held = _held(run)
        keep_plan(held, plan)
        held.checked_at = timezone.now()
        _end(held)
        by: Actor = held.asked_by or NOBODY
        record(act="import_run_check", by=by, target=held, after={"rows": held.counts})


@transaction.atomic
def _import(run: ImportRun, progress: Progress) -> None:
    one_import_at_a_time()
    plan = _plan(run, progress, lock=True)
    held = _held(run)
    if plan.digest() != held.digest:
        # The person decided on what they saw: they see what has become of it, and decide again.
        keep_plan(held, plan)
        held.checked_at, held.confirmed_at = timezone.now(), None
        held.notice = _(
            "The data of the portal changed after the check, so nothing was imported. Look at "
            "the new preview and decide again."
        )
        _end(held)
        return
    by: Actor = held.confirmed_by or NOBODY
    write_plan(held, plan, held.confirmed_by_id)
    held.imported_at = timezone.now()
    _end(held)
    after = {"sha256": held.sha256, "rows": held.counts, "good_rows_only": held.good_rows_only}
    held.entry_id = record(act="import_run_import", by=by, target=held, after=after).pk
    held.save(update_fields=["entry_id"])


@transaction.atomic
def _undo(run: ImportRun, progress: Progress) -> None:
    one_import_at_a_time()
    held = _held(run)
    by = held.undo_asked_by or NOBODY
    last = ImportRun.objects.last_with_effect()
    if last is None or last.pk != held.pk:
        raise DomainError(policies.not_the_last(last))
    changes = changes_of(held)
    progress.tell(30)
    held.obstacles = obstacles_to_undo(held, changes)
    if not held.obstacles:
        take_back(changes)
        held.undone_at = timezone.now()
        record(act="import_run_take_back", by=by, target=held, after={"sha256": held.sha256})
    _end(held)


def _end(run: ImportRun) -> None:
    run.task, run.percent = "", 100
    run.lease_until, run.lease_token = None, None
    run.save()


@transaction.atomic
def _stop(run: ImportRun, told: str) -> None:
    """End the work without its result, and say why."""
    held = ImportRun.objects.unfinished().filter(pk=run.pk, lease_token=run.lease_token)
    values: dict[str, Any] = {"task": "", "notice": told, "lease_until": None, "lease_token": None}
    if run.task == ImportTask.CHECK:
        values["failed_at"] = Now()
    if run.task == ImportTask.IMPORT:
        values["confirmed_at"] = None
    if held.update(**values):
        by: Actor = run.asked_by or NOBODY
        record(act="import_run_fail", by=by, target=run, reason=told)
