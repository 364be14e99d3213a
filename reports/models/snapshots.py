"""What a report was made of, and the files made of it; neither ever changes."""

import json
from pathlib import Path
from secrets import token_hex
from typing import Any, Self

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.append_only import AppendOnlyModel, AppendOnlyQuerySet
from programs.models import Plan
from reports.choices import FileFormat
from reports.models.periods import READERS, ReportingPeriod


class SnapshotQuerySet(AppendOnlyQuerySet["Snapshot"]):
    """Snapshots."""

    def visible_to(self, user: User) -> Self:
        """Those who make reports see what they are made of."""
        return self if user.has_role(*READERS) else self.none()


class Snapshot(AppendOnlyModel):
    """Every figure of a report as canonical JSON, with the SHA-256 of its bytes."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="snapshots")
    content = models.TextField(_("content"))
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(_("taken at"))

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ("-taken_at",)

    def __str__(self) -> str:
        return f"{self.period} {self.sha256[:12]}"

    @property
    def is_early(self) -> bool:
        """Whether it was taken before the cut-off was over, so that later facts are missing."""
        return timezone.localdate(self.taken_at) <= self.period.cut_off

    @property
    def data(self) -> dict[str, Any]:
        """The content as plain data."""
        data: dict[str, Any] = json.loads(self.content)
        return data


def private_storage() -> Storage:
    """Return where files lie that only a view may hand out."""
    return storages["private"]


def random_name(file: "ReportFile", filename: str) -> str:
    """Return a name that tells nothing and cannot be guessed."""
    name = token_hex(20)
    return f"reports/{name[:2]}/{name}{Path(filename).suffix}"


class ReportFileQuerySet(AppendOnlyQuerySet["ReportFile"]):
    """Files of reports."""

    def visible_to(self, user: User) -> Self:
        """Those who make reports see their files."""
        return self if user.has_role(*READERS) else self.none()


class ReportFile(AppendOnlyModel):
    """A PDF, Word or Excel file made of one snapshot alone."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="files")
    format = models.CharField(_("format"), max_length=10, choices=FileFormat)
    name = models.CharField(_("file name"), max_length=120)
    file = models.FileField(storage=private_storage, upload_to=random_name)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("report file")
        verbose_name_plural = _("report files")
        ordering = ("snapshot", "format")
        constraints = (
            models.UniqueConstraint(
                fields=("snapshot", "format"),
                name="report_file_unique",
                violation_error_message=_("The report has a file of this format already."),
            ),
        )

    def __str__(self) -> str:
        return self.name
