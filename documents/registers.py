"""What the room ``documents`` brings to the frame of the portal."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.registers import acts, navigation, panels, search, worklist
from documents import policies
from documents.import_panel import imports_panel
from documents.models import Attachment
from documents.panel import files_panel
from documents.selectors import infected_of

ACTS = {
    "attachment_infected": _("Virus found in a file, file removed"),
    "attachment_release": _("File released after the virus check"),
    "attachment_replace": _("New version of a file"),
    "attachment_upload": _("File added"),
    "attachment_withdraw": _("File withdrawn"),
    "import_run_check": _("Workbook checked"),
    "import_run_confirm": _("Import confirmed"),
    "import_run_fail": _("Import failed"),
    "import_run_import": _("Workbook imported"),
    "import_run_take_back": _("Import undone"),
    "import_run_undo": _("Undoing of an import asked for"),
    "import_run_upload": _("Workbook brought"),
    "workbook_import": _("Workbook imported on the command line"),
}
DETAILS = {
    "file_name": _("file name"),
    "file_record": _("record"),
    "file_scan": _("virus check"),
    "file_sha256": _("SHA-256"),
    "file_size": _("size in bytes"),
    "good_rows_only": _("good rows only"),
    "name": _("file name"),
    "sha256": _("SHA-256"),
    "signature": _("virus"),
}
PANEL = "documents/partials/panel.html"
IMPORT_PANEL = "documents/partials/import_panel.html"
IMPORT_PAGES = frozenset({"import_run_list", "import_run_upload", "import_run_detail"})


def register() -> None:
    """Called once, when the app is ready."""
    acts.register(ACTS, DETAILS)
    panels.register(panels.Panel(panels.EVERY_RECORD, PANEL, files_panel, 500))
    panels.register(panels.Panel(panels.EVERY_RECORD, IMPORT_PANEL, imports_panel, 890))
    search.register(search.Provider(_("Files"), _find, 200))
    worklist.register(worklist.Provider(_("Files with a virus"), _infected, 200))
    navigation.register(navigation.Entry(_("Import data"), _imports, 2, 70, IMPORT_PAGES))


def _imports(request: HttpRequest) -> str | None:
    user = request.user
    if not user.is_authenticated or not policies.can_import(user):
        return None
    return reverse("import_run_list")


def _find(user: User, query: str, limit: int) -> Iterable[search.Found]:
    files = Attachment.objects.visible_to(user).standing().matching(query)
    for file in files.select_related("current")[:limit]:
        name = file.current.name if file.current else ""
        yield search.Found("", file.title, file.get_absolute_url(), name)


def _infected(user: User) -> Iterable[worklist.Item]:
    told = gettext("A virus was found in “%(title)s”: bring a clean version or withdraw it")
    for file in infected_of(user):
        key = f"attachment:{file.pk}:infected:{file.current_id}"
        yield worklist.Item(key, told % {"title": file.title}, file.get_absolute_url())
