"""The versions of a file, which never change, and what a scanner said of them later."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.append_only import AppendOnlyModel, AppendOnlyQuerySet
from core.files.kinds import FileKind
from core.files.storage import private_storage, random_name
from documents.choices import ScanAtUpload, VersionState
from documents.models.attachments import Attachment

FOLDER = "attachments"


def stored_name(_version: "AttachmentVersion", _filename: str) -> str:
    """Return the name of a file on the disk, which has nothing of the name that it came with."""
    return random_name(FOLDER)


class AttachmentVersionQuerySet(AppendOnlyQuerySet["AttachmentVersion"]):
    """Versions."""

    def visible_to(self, user: User) -> Self:
        """Whoever sees the file sees its versions."""
        file = Attachment.objects.visible_to(user).filter(pk=OuterRef("attachment"))
        return self.filter(Exists(file))

    def in_quarantine(self) -> Self:
        """Those that no scanner has read yet, although there is one."""
        return self.filter(scan=ScanAtUpload.QUARANTINED, late_scan=None)


class AttachmentVersion(AppendOnlyModel):
    """One version of a file as it was brought."""

    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(storage=private_storage, upload_to=stored_name)
    name = models.CharField(_("file name"), max_length=150)
    format = models.CharField(
        _("format"), max_length=10, choices=[(kind.name, kind.label) for kind in FileKind]
    )
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    scan = models.CharField(_("virus check"), max_length=20, choices=ScanAtUpload)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"), db_default=Now())

    if TYPE_CHECKING:
        late_scan: "LateScan"

    objects = AttachmentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a file")
        verbose_name_plural = _("versions of files")
        ordering = ("attachment", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("attachment", "number"),
                name="attachment_version_unique",
                violation_error_message=_("The file has a version with this number already."),
            ),
            models.CheckConstraint(
                name="attachment_version_not_empty",
                condition=Q(size__gt=0, number__gt=0),
                violation_error_message=_("A version of a file is not empty."),
            ),
        )
        indexes = (
            models.Index(
                fields=("scan",),
                name="attachment_version_quarantine",
                condition=Q(scan=ScanAtUpload.QUARANTINED),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> VersionState:
        """Whether it may be handed out, from its scans."""
        if self.scan != ScanAtUpload.QUARANTINED:
            return VersionState.READY
        late_scan = getattr(self, "late_scan", None)
        if late_scan is None:
            return VersionState.WAITING
        return VersionState.INFECTED if late_scan.signature else VersionState.READY

    @property
    def content_type(self) -> str:
        """The content type of its format."""
        return FileKind[self.format].content_type


class LateScanQuerySet(AppendOnlyQuerySet["LateScan"]):
    """What scanners said."""


class LateScan(AppendOnlyModel):
    """What the scanner said of a version that had come while it gave no answer."""

    version = models.OneToOneField(AttachmentVersion, models.PROTECT, related_name="late_scan")
    scanned_at = models.DateTimeField(_("scanned at"), db_default=Now())
    signature = models.CharField(_("virus"), max_length=200, blank=True)

    objects = LateScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("late virus check")
        verbose_name_plural = _("late virus checks")
        ordering = ("-scanned_at",)

    def __str__(self) -> str:
        return f"{self.version} {self.signature}".strip()
