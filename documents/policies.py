"""Who may do what with files, where the room of the record has the first word, and imports."""

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from core.decisions import Decision
from documents import holders
from documents.choices import ImportStatus, VersionState
from documents.models import Attachment, AttachmentVersion, ImportRun
from documents.models.imports import IMPORTERS


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


def can_import(user: User) -> Decision:
    """Programme officers and leads of the Department and its branch."""
    return Decision.when(
        user.has_role(*IMPORTERS),
        _("Only programme officers and leads of the Department import data."),
    )


def sheet_for(user: User, name: str) -> str:
    """Return the sheet that a list may be exported as, for those who may import it again."""
    return name if can_import(user) else ""


def can_confirm(user: User, run: ImportRun, *, good_rows: bool) -> Decision:
    """A checked file with something to import; wrong rows only if they are left out."""
    if run.status != ImportStatus.CHECKED:
        return Decision.no(_("Only a file that was checked and not yet imported can be imported."))
    if not run.to_import:
        return Decision.no(_("The file brings nothing new: there is nothing to import."))
    if run.wrong and not good_rows:
        return Decision.no(
            _("Some rows are wrong: correct the file and check it again, or import the good rows.")
        )
    return can_import(user)


def can_undo(user: User, run: ImportRun) -> Decision:
    """The last import that changed something."""
    if run.status != ImportStatus.IMPORTED:
        return Decision.no(_("Only a finished import can be undone."))
    if not run.changes_made:
        return Decision.no(_("The import changed nothing: there is nothing to undo."))
    last = ImportRun.objects.last_with_effect()
    if last and last.pk != run.pk:
        return Decision.no(not_the_last(last))
    return can_import(user)


def not_the_last(last: ImportRun | None) -> str:
    """Return why an import that is not the last one cannot be undone."""
    told = _("Only the last import can be undone; “%(name)s” was imported later.")
    return told % {"name": last.name if last else ""}
