"""Who may do what with files; the room of the record has the first word."""

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from core.decisions import Decision
from documents import holders
from documents.choices import VersionState
from documents.models import Attachment, AttachmentVersion


def can_attach(user: User, record: models.Model) -> Decision:
    """Whoever the room of the record says."""
    holder = holders.of_record(record)
    if holder is None:
        return Decision.no(_("Files cannot be added here."))
    return holder.may_attach(user, record)


def can_change(user: User, attachment: Attachment) -> Decision:
    """Replace or withdraw: whoever may add files to the record, while the file stands."""
    if attachment.withdrawn_at:
        return Decision.no(_("The file has been withdrawn; add a new one instead."))
    return can_attach(user, attachment.record)


def can_download(user: User, version: AttachmentVersion) -> Decision:
    """Whoever sees the file, if it was scanned and stands.

    A withdrawn one is for whoever may add files only.
    """
    match version.state:
        case VersionState.WAITING:
            return Decision.no(
                _("The file waits for the virus check and cannot be opened yet; try again later.")
            )
        case VersionState.INFECTED:
            return Decision.no(_("A virus was found in this file; it has been removed."))
    if version.attachment.withdrawn_at and not can_attach(user, version.attachment.record):
        return Decision.no(_("The file has been withdrawn."))
    return Decision.yes()
