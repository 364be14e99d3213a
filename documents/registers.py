"""What the room ``documents`` brings to the frame of the portal."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.registers import acts, panels, search
from documents.models import Attachment
from documents.panel import files_panel

ACTS = {
    "attachment_infected": _("Virus found in a file, file removed"),
    "attachment_release": _("File released after the virus check"),
    "attachment_replace": _("New version of a file"),
    "attachment_upload": _("File added"),
    "attachment_withdraw": _("File withdrawn"),
}
DETAILS = {
    "name": _("file name"),
    "record": _("record"),
    "scan": _("virus check"),
    "sha256": _("SHA-256"),
    "signature": _("virus"),
    "size": _("size in bytes"),
}
PANEL = "documents/partials/panel.html"


def register() -> None:
    """Called once, when the app is ready."""
    acts.register(ACTS, DETAILS)
    panels.register(panels.Panel(panels.EVERY_RECORD, PANEL, files_panel, 500))
    search.register(search.Provider(_("Files"), _find, 200))


def _find(user: User, query: str, limit: int) -> Iterable[search.Found]:
    files = Attachment.objects.visible_to(user).standing().matching(query)
    for file in files.select_related("current")[:limit]:
        name = file.current.name if file.current else ""
        yield search.Found("", file.title, file.get_absolute_url(), name)
