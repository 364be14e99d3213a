"""What people do with an import: bring a file, decide, take it back. A worker does the rest."""

import hashlib
from collections.abc import Callable
from pathlib import PurePath

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from core.spreadsheets import register
from core.spreadsheets.planning import find_sheets
from core.spreadsheets.reading import Book
from documents import policies
from documents.choices import ImportTask
from documents.models import ImportRun

# Hands a run to a worker; given by the caller, for services know no broker.
Dispatch = Callable[[int], object]


def sha256_of(file: File) -> str:
    """Return the SHA-256 of a file, and leave it at its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def import_run_upload(*, file: File, by: User, dispatch: Dispatch) -> ImportRun:
    """Bring a file and ask for its check; a file that is not safe to read is refused, not kept.

    Raises ``WorkbookRefusedError`` with the reason.
    """
    policies.can_import(by).require()
    book = Book(file)
    find_sheets(book, register)
    book.close()
    return _keep(file=file, by=by, dispatch=dispatch)


@transaction.atomic
def _keep(*, file: File, by: User, dispatch: Dispatch) -> ImportRun:
    name = PurePath(file.name or "").name[-200:]
    sha256 = sha256_of(file)
    run = ImportRun(name=name, size=file.size, sha256=sha256, asked_by=by, task=ImportTask.CHECK)
    run.file.save(name, file, save=False)
    run.save()
    record(act="import_run_upload", by=by, target=run, after={"sha256": sha256, "name": name})
    transaction.on_commit(lambda: dispatch(run.pk), robust=True)
    return run


@transaction.atomic
def import_run_confirm(
    *, run: ImportRun, good_rows: bool, by: User, dispatch: Dispatch
) -> ImportRun:
    """Decide to import a checked file: all of it, or the good rows only."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    policies.can_confirm(by, run, good_rows=good_rows).require()
    run.let_go()
    run.task, run.notice = ImportTask.IMPORT, ""
    run.confirmed_at, run.confirmed_by, run.good_rows_only = timezone.now(), by, good_rows
    run.save()
    after = {"good_rows_only": good_rows, "rows": run.to_import}
    record(act="import_run_confirm", by=by, target=run, after=after)
    transaction.on_commit(lambda: dispatch(run.pk), robust=True)
    return run


@transaction.atomic
def import_run_undo(*, run: ImportRun, by: User, dispatch: Dispatch) -> ImportRun:
    """Ask to take the last import back; a worker does it unless something stands in the way."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    policies.can_undo(by, run).require()
    run.let_go()
    run.task, run.notice, run.obstacles = ImportTask.UNDO, "", []
    run.undo_asked_by = by
    run.save()
    record(act="import_run_undo", by=by, target=run)
    transaction.on_commit(lambda: dispatch(run.pk), robust=True)
    return run
