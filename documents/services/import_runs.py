"""What people do with an import: bring a file, decide, take it back. A worker does the rest."""

import hashlib
from collections.abc import Callable
from typing import IO, cast

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.errors import DomainError
from core.files.kinds import FileKind
from core.files.names import clean_name
from core.files.scanner import Scan, scan
from core.files.storage import private_storage, random_name, removed_on_error
from core.spreadsheets import register
from core.spreadsheets.planning import find_sheets
from core.spreadsheets.reading import Book
from documents import policies
from documents.choices import ImportTask
from documents.models import ImportRun
from documents.models.imports import FOLDER

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


def shown_name(file: File) -> str:
    """Return what a file is called on the screen and when it is handed out."""
    return clean_name(file.name or "", FileKind.XLSX, otherwise="so-lieu")


def import_run_upload(*, file: File, by: User, dispatch: Dispatch) -> ImportRun:
    """Bring a file and ask for its check; a file that is not safe to read is refused, not kept.

    Raises ``UploadRefusedError`` or ``WorkbookRefusedError`` with the reason.
    """
    policies.can_import(by).require()
    book = Book(cast("IO[bytes]", file), file.name or "")
    find_sheets(book, register)
    book.close()
    if scan(file) is Scan.DOWN:
        raise DomainError(_("The virus check does not answer; try again in a few minutes."))
    stored = private_storage().save(random_name(FOLDER), file)
    with removed_on_error(private_storage(), stored):
        return _keep(file=file, stored=stored, by=by, dispatch=dispatch)


@transaction.atomic
def _keep(*, file: File, stored: str, by: User, dispatch: Dispatch) -> ImportRun:
    name, sha256 = shown_name(file), sha256_of(file)
    run = ImportRun.objects.create(
        file=stored,
        name=name,
        size=file.size,
        sha256=sha256,
        asked_by=by,
        task=ImportTask.CHECK,
    )
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
