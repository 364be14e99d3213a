"""Importing a workbook at once, for the shell."""

from dataclasses import dataclass
from typing import IO, cast

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from audit.actors import Actor
from audit.services import record
from core.files.storage import private_storage, random_name, removed_on_error
from core.spreadsheets import register
from core.spreadsheets.planning import plan_workbook
from core.spreadsheets.reading import Book
from core.spreadsheets.rows import WorkbookPlan
from documents import policies
from documents.models import ImportRun
from documents.models.imports import FOLDER
from documents.services.import_runs import sha256_of, shown_name
from documents.services.import_steps import (
    keep_plan,
    one_import_at_a_time,
    told_by_database,
    write_plan,
)


@dataclass(frozen=True, slots=True)
class WorkbookImport:
    """What a workbook would do or did; ``run`` is kept only if it was imported."""

    plan: WorkbookPlan
    run: ImportRun | None = None


def workbook_import(
    *, file: File, by: Actor, good_rows: bool = False, dry_run: bool = False
) -> WorkbookImport:
    """Check a workbook and import it as a whole, or its good rows, in one transaction.

    With wrong rows nothing is imported unless ``good_rows``. Raises ``DomainError`` for a file that
    cannot be read or that the database refuses.
    """
    if isinstance(by, User):
        policies.can_import(by).require()
    book = Book(cast("IO[bytes]", file), file.name or "")
    try:
        if dry_run:
            return WorkbookImport(plan_workbook(book, register))
        stored = private_storage().save(random_name(FOLDER), file)
        with removed_on_error(private_storage(), stored):
            done = _import(book, file, stored, by, good_rows=good_rows)
    except IntegrityError as error:
        raise told_by_database(error) from error
    finally:
        book.close()
    if done.run is None:
        private_storage().delete(stored)
    return done


@transaction.atomic
def _import(book: Book, file: File, stored: str, by: Actor, *, good_rows: bool) -> WorkbookImport:
    one_import_at_a_time()
    plan = plan_workbook(book, register, lock=True)
    book.close()
    if plan.is_wrong and not good_rows:
        return WorkbookImport(plan)
    now = timezone.now()
    person = by if isinstance(by, User) else None
    run = ImportRun.objects.create(
        file=stored,
        name=shown_name(file),
        size=file.size,
        sha256=sha256_of(file),
        asked_by=person,
        checked_at=now,
        confirmed_at=now,
        confirmed_by=person,
        good_rows_only=good_rows,
    )
    keep_plan(run, plan)
    write_plan(run, plan, by.pk)
    run.imported_at, run.percent = timezone.now(), 100
    after = {"sha256": run.sha256, "rows": run.counts, "good_rows_only": good_rows}
    run.entry_id = record(act="workbook_import", by=by, target=run, after=after).pk
    run.save()
    return WorkbookImport(plan, run)
