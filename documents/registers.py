"""What the room ``documents`` brings to the frame of the portal."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.registers import acts, navigation
from documents import policies

ACTS = {
    "import_run_check": _("Workbook checked"),
    "import_run_confirm": _("Import confirmed"),
    "import_run_fail": _("Import failed"),
    "import_run_import": _("Workbook imported"),
    "import_run_take_back": _("Import undone"),
    "import_run_undo": _("Undoing of an import asked for"),
    "import_run_upload": _("Workbook brought"),
    "workbook_import": _("Workbook imported on the command line"),
}
PAGES = frozenset({"import_run_list", "import_run_upload", "import_run_detail"})


def register() -> None:
    """Called once, when the app is ready."""
    acts.register(ACTS, {"good_rows_only": _("good rows only"), "sha256": "SHA-256"})
    navigation.register(navigation.Entry(_("Import data"), _page, 2, 70, PAGES))


def _page(request: HttpRequest) -> str | None:
    user = request.user
    if not user.is_authenticated or not policies.can_import(user):
        return None
    return reverse("import_run_list")
