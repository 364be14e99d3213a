"""Imports of the data workbook: the file, what it would do, what it did."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from audit.models import AuditJSONEncoder
from core.fields import PassageField
from core.files.storage import private_storage, random_name
from core.jobs import Job, JobQuerySet
from documents.choices import ChangeAct, ImportStatus, ImportTask, RowOutcome

# Who brings the office's lists in, and sees what was brought in.
IMPORTERS = (Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD)


FOLDER = "imports"


def stored_name(_run: "ImportRun", _filename: str) -> str:
    """Return a name that tells nothing and cannot be guessed."""
    return random_name(FOLDER)


class ImportRunQuerySet(JobQuerySet["ImportRun"]):
    """Imports."""

    def visible_to(self, user: User) -> Self:
        """Those who import see every import."""
        return self if user.has_role(*IMPORTERS) else self.none()

    def unfinished(self) -> Self:
        """Those with which a worker has something to do."""
        return self.exclude(task="")

    def last_with_effect(self) -> "ImportRun | None":
        """The last import that changed something and was not undone: it alone may be undone."""
        done = self.filter(imported_at__isnull=False, undone_at__isnull=True, changes_made__gt=0)
        return done.order_by("imported_at", "pk").last()


class ImportRun(Job):
    """One file: checked, then imported by choice of a person, perhaps undone."""

    file = models.FileField(storage=private_storage, upload_to=stored_name)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    task = models.CharField(
        _("work to be done"), max_length=10, choices=ImportTask, blank=True, editable=False
    )
    checked_at = models.DateTimeField(_("checked at"), null=True)
    failed_at = models.DateTimeField(_("refused at"), null=True)
    # Why the file was refused, or what the person must know before they decide.
    notice = PassageField(_("notice"), blank=True)
    counts = models.JSONField(_("rows"), default=dict)
    skipped = models.JSONField(_("skipped sheets"), default=list)
    warnings = models.JSONField(_("warnings"), default=list)
    digest = models.CharField(_("digest of the preview"), max_length=64, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    good_rows_only = models.BooleanField(_("good rows only"), default=False)
    imported_at = models.DateTimeField(_("imported at"), null=True)
    changes_made = models.PositiveIntegerField(_("records changed"), default=0)
    entry_id = models.BigIntegerField(_("entry of the history"), null=True)
    undo_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)
    # What stood in the way of undoing it, when that was last tried.
    obstacles = models.JSONField(_("what stands in the way"), default=list)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-asked_at", "-pk")
        indexes = (
            models.Index(
                fields=("lease_until",), name="import_run_unfinished", condition=~Q(task="")
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="import_run_imported_after_check",
                condition=Q(imported_at__isnull=True) | Q(checked_at__isnull=False),
                violation_error_message=_("A file is checked before it is imported."),
            ),
            models.CheckConstraint(
                name="import_run_refused_not_imported",
                condition=Q(failed_at__isnull=True) | Q(imported_at__isnull=True),
                violation_error_message=_("A refused file is not imported."),
            ),
            models.CheckConstraint(
                name="import_run_undone_after_import",
                condition=Q(undone_at__isnull=True) | Q(imported_at__isnull=False),
                violation_error_message=_("Only what was imported is undone."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the import."""
        return reverse("import_run_detail", args=[self.pk])

    @property
    def status(self) -> ImportStatus:
        """How far it is, from its facts."""
        if self.task == ImportTask.CHECK:
            return ImportStatus.CHECKING if self.started_at else ImportStatus.WAITING
        if self.task:
            doing = {
                ImportTask.IMPORT: ImportStatus.IMPORTING,
                ImportTask.UNDO: ImportStatus.UNDOING,
            }
            return doing[ImportTask(self.task)]
        for fact, status in (
            (self.undone_at, ImportStatus.UNDONE),
            (self.imported_at, ImportStatus.IMPORTED),
            (self.failed_at, ImportStatus.REFUSED),
        ):
            if fact:
                return status
        return ImportStatus.CHECKED

    @property
    def at_work(self) -> bool:
        """Whether a worker has something to do with it."""
        return bool(self.task)

    def total(self, outcome: RowOutcome) -> int:
        """How many rows of all sheets have this outcome."""
        return sum(counts.get(outcome.value, 0) for counts in self.counts.values())

    @property
    def wrong(self) -> int:
        """How many rows are wrong."""
        return self.total(RowOutcome.WRONG)

    @property
    def to_import(self) -> int:
        """How many rows are new or changed."""
        return self.total(RowOutcome.NEW) + self.total(RowOutcome.CHANGED)


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Rows of files."""

    def visible_to(self, user: User) -> Self:
        """Those of the imports that the person sees."""
        return self.filter(run__in=ImportRun.objects.visible_to(user))

    def wrong_first(self) -> Self:
        """What needs a person first, then what changes, then what is new; else as in the file."""
        ranks = [RowOutcome.WRONG, RowOutcome.CHANGED]
        rank = Case(
            *(When(outcome=outcome, then=place) for place, outcome in enumerate(ranks)),
            default=len(ranks),
            output_field=models.IntegerField(),
        )
        return self.order_by(rank, "pk")


class ImportRow(models.Model):
    """A new, changed or wrong row of a file, as people read it; personal codes are masked."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    sheet = models.CharField(_("sheet"), max_length=40)
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=RowOutcome)
    label = models.CharField(_("record"), max_length=400, blank=True)
    # For a good row: header, before, after.
    changes: Any = models.JSONField(_("changes"), default=list)
    # Column, value, message, place: of a wrong row its mistakes, of a good one its warnings.
    problems: Any = models.JSONField(_("what is wrong"), default=list)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ("run", "pk")
        indexes = (models.Index(fields=("run", "sheet", "outcome"), name="import_row_filter"),)

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"


class ImportChange(models.Model):
    """What an import did to one record: enough to take it back."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="changes")
    step = models.PositiveIntegerField(_("step"))
    act = models.CharField(_("act"), max_length=10, choices=ChangeAct)
    target_type = models.CharField(_("kind of record"), max_length=100)
    target_id = models.BigIntegerField(_("key of the record"))
    before = models.JSONField(_("before"), encoder=AuditJSONEncoder)
    after = models.JSONField(_("after"), encoder=AuditJSONEncoder)
    sheet = models.CharField(_("sheet"), max_length=40, blank=True)
    row = models.PositiveIntegerField(_("row"), null=True)

    class Meta:
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by imports")
        ordering = ("run", "step", "pk")
        indexes = (models.Index(fields=("target_type", "target_id"), name="import_change_target"),)

    def __str__(self) -> str:
        return f"{self.target_type} {self.target_id}"
