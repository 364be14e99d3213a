"""Bringing files to records, bringing newer versions, withdrawing files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record as record_act
from core.errors import DomainError
from core.files.inspection import Inspected, inspect_upload
from core.files.names import clean_name
from core.files.scanner import Scan, scan
from core.files.storage import private_storage, random_name, removed_on_error
from core.text import normalise
from core.versions import StaleVersionError, take
from documents import policies
from documents.choices import AttachmentKind, ScanAtUpload
from documents.models import Attachment, AttachmentVersion
from documents.models.versions import FOLDER

SCANS = {
    Scan.CLEAN: ScanAtUpload.CLEAN,
    Scan.DOWN: ScanAtUpload.QUARANTINED,
    Scan.NO_SCANNER: ScanAtUpload.NO_SCANNER,
}


@dataclass(frozen=True, slots=True)
class Received:
    """An upload that was inspected, scanned and stored under a random name."""

    inspected: Inspected
    name: str
    scan: ScanAtUpload
    stored: str


def attachment_upload(
    *, record: models.Model, title: str, kind: AttachmentKind, file: File, by: User
) -> Attachment:
    """Hang a file on a record.

    Raises:
        UploadRefusedError: why the file is not accepted; nothing of it is kept.
    """
    policies.can_attach(by, record).require()
    with _received(file) as received, transaction.atomic():
        attachment = Attachment(
            holder_type=record._meta.label_lower,
            holder_id=record.pk,
            title=title or received.name.rpartition(".")[0],
            kind=kind,
        )
        attachment.full_clean(exclude=["current"])
        attachment.save()
        version = _add_version(attachment, 1, received, by)
        after = {"title": attachment.title, "kind": attachment.kind, **_told(version)}
        after["file_record"] = str(record)
        record_act(act="attachment_upload", by=by, target=attachment, after=after)
    return attachment


def attachment_replace(
    *, attachment: Attachment, file: File, by: User, seen_version: int | None = None
) -> AttachmentVersion:
    """Bring a newer version of a file; the former ones stay.

    Raises:
        UploadRefusedError: why the file is not accepted; nothing of it is kept.
    """
    policies.can_change(by, attachment).require()
    with _received(file) as received, transaction.atomic():
        attachment = _taken(attachment, seen_version)
        policies.can_change(by, attachment).require()
        former = attachment.current
        if former and former.sha256 == received.inspected.sha256:
            raise DomainError(_("This is the same file as the current version."))
        number = former.number + 1 if former else 1
        version = _add_version(attachment, number, received, by)
        before = _told(former) if former else None
        record_act(
            act="attachment_replace",
            by=by,
            target=attachment,
            before=before,
            after=_told(version),
        )
    return version


@transaction.atomic
def attachment_withdraw(
    *, attachment: Attachment, reason: str, by: User, seen_version: int | None = None
) -> Attachment:
    """Take a file out of every list, with a reason; its versions stay for those who added it."""
    attachment = _taken(attachment, seen_version)
    policies.can_change(by, attachment).require()
    reason = normalise(reason)
    if not reason:
        raise DomainError(_("Say why the file is withdrawn."))
    attachment.withdrawn_at, attachment.withdrawn_by = timezone.now(), by
    attachment.withdrawal_reason = reason
    attachment.save()
    before = {"title": attachment.title}
    record_act(act="attachment_withdraw", by=by, target=attachment, before=before, reason=reason)
    return attachment


def _taken(attachment: Attachment, seen_version: int | None) -> Attachment:
    try:
        return take(Attachment.objects.all(), attachment.pk, seen_version)
    except StaleVersionError as error:
        raise DomainError(
            _(
                "Somebody else has changed this file since you opened the page: look at its "
                "versions first, then send the form again if it still holds."
            )
        ) from error


@contextmanager
def _received(file: File) -> Iterator[Received]:
    """Inspect, scan and store a file; it is removed again if the block fails."""
    name = file.name or ""
    inspected = inspect_upload(file, name=name)
    scanned = SCANS[scan(file)]
    storage = private_storage()
    # Its content decides how it ends: nothing of the given name gets to the disk.
    stored = storage.save(random_name(FOLDER), file)
    with removed_on_error(storage, stored):
        shown = clean_name(name, inspected.kind, otherwise=_("document"))
        yield Received(inspected, shown, scanned, stored)


def _add_version(
    attachment: Attachment, number: int, received: Received, by: User
) -> AttachmentVersion:
    version = AttachmentVersion(
        attachment=attachment,
        number=number,
        file=received.stored,
        name=received.name,
        format=received.inspected.kind.name,
        size=received.inspected.size,
        sha256=received.inspected.sha256,
        scan=received.scan,
        uploaded_by=by,
    )
    version.save()
    attachment.current = version
    attachment.save(update_fields=["current"])
    return version


def _told(version: AttachmentVersion) -> dict[str, Any]:
    return {
        "file_name": version.name,
        "file_size": version.size,
        "file_sha256": version.sha256,
        "file_scan": str(ScanAtUpload(version.scan).label),
    }
