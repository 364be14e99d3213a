"""The steps that the worker and the command share: keep a plan, write it, take it back."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models
from django.utils.translation import gettext as _

from audit.models import Entry
from core.copying import copy_in
from core.errors import DomainError
from core.registers import acts, holds
from core.spreadsheets import register
from core.spreadsheets.applying import Act, Change, Writer
from core.spreadsheets.cells import mask_personal_code
from core.spreadsheets.rows import Mistake, Outcome, SheetPlan, WorkbookPlan
from core.spreadsheets.undoing import in_the_way
from documents.models import ImportChange, ImportRow, ImportRun

BATCH = 500
ROW = ("run", "sheet", "number", "outcome", "label", "changes", "problems")
CHANGE = ("run", "step", "act", "target_type", "target_id", "before", "after", "sheet", "row")
# Any number, the same for every import: two at once would mix their rows.
IMPORT_LOCK = 191_007_001


def one_import_at_a_time() -> None:
    """Wait until no other import writes; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def keep_plan(run: ImportRun, plan: WorkbookPlan) -> None:
    """Keep what the file would do, for the preview; the caller saves the run."""
    run.rows.all().delete()
    for sheet_plan in plan.sheets:
        copy_in(ImportRow, ROW, _kept_rows(run, sheet_plan))
    run.counts = plan.counts()
    run.skipped = plan.skipped
    run.warnings = [
        {"sheet": told.sheet, "row": told.row, **_problem(told)}
        for sheet_plan in plan.sheets
        for told in sheet_plan.warnings
    ]
    run.digest = plan.digest()


def _kept_rows(run: ImportRun, plan: SheetPlan) -> Iterator[tuple[Any, ...]]:
    name = plan.sheet.name
    if plan.mistakes:
        problems = [_problem(told) for told in plan.mistakes]
        yield run.pk, name, 1, Outcome.WRONG.value, "", [], problems
    for row in plan.rows:
        outcome = row.outcome
        if outcome is Outcome.UNCHANGED:
            continue
        label = plan.label(row)[:400]
        changes = plan.shown(row) if outcome is not Outcome.WRONG else []
        problems = [_problem(told) for told in plan.mistakes_of(row) or plan.warnings_of(row)]
        yield run.pk, name, row.number, outcome.value, label, changes, problems


def _problem(told: Mistake) -> dict[str, Any]:
    return {
        "column": told.column,
        "value": "" if told.value is None else mask_personal_code(str(told.value)),
        "message": told.message,
        "place": told.place,
    }


def write_plan(run: ImportRun, plan: WorkbookPlan, by_id: int | None) -> None:
    """Write the good rows of a plan and keep what is needed to take them back."""

    def keep(changes: list[Change]) -> None:
        rows = (
            (
                run.pk,
                change.step,
                change.act.value,
                change.model._meta.label_lower,
                change.pk,
                change.before,
                change.after,
                change.sheet,
                change.row,
            )
            for change in changes
        )
        copy_in(ImportChange, CHANGE, rows)
        run.changes_made += sum(change.act is not Act.COUNT for change in changes)

    Writer(register, keep, by_id).write(plan)


def changes_of(run: ImportRun) -> list[Change]:
    """Return what an import did, in its order."""
    return [
        Change(
            Act(kept.act),
            apps.get_model(kept.target_type),
            kept.target_id,
            kept.before,
            kept.after,
            kept.sheet,
            kept.row,
            kept.step,
        )
        for kept in run.changes.order_by("step", "pk").iterator(chunk_size=BATCH)
    ]


def obstacles_to_undo(run: ImportRun, changes: list[Change]) -> list[str]:
    """Return what stands in the way of taking an import back, one sentence each."""
    told = list(holds.since(run.imported_at)) if run.imported_at else []
    touched: dict[type[models.Model], list[str]] = {}
    for change in changes:
        if change.act is not Act.COUNT:
            touched.setdefault(change.model, []).append(str(change.pk))
    for model, pks in touched.items():
        later = Entry.objects.filter(
            id__gt=run.entry_id, target_type=model._meta.label_lower, target_id__in=pks
        )
        told += [_told_entry(entry) for entry in later.order_by("id")]
    told += in_the_way(changes)
    return list(dict.fromkeys(told))


def _told_entry(entry: Entry) -> str:
    told = _("%(act)s: %(record)s, by %(person)s on %(day)s.")
    return told % {
        "act": acts.label(entry.act),
        "record": entry.target_label,
        "person": entry.actor_name.partition(" <")[0],
        "day": f"{entry.at:%d/%m/%Y}",
    }


def told_by_database(error: IntegrityError) -> DomainError:
    """Return what a constraint says that refused the rows of a file."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                told = _("The database refuses a row: %(message)s Nothing was imported.")
                return DomainError(told % {"message": constraint.violation_error_message})
    return DomainError(
        _("The data changed while it was being imported. Nothing was imported; try again.")
    )
