"""What the room ``accounts`` brings to the frame of the portal."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import sheets
from accounts.history import history_panel
from accounts.selectors import is_reviewer
from core.registers import acts, navigation, panels
from core.spreadsheets import register as workbook

HISTORY_PANEL = "accounts/partials/history.html"


def register() -> None:
    """Called once, when the app is ready."""
    acts.register(
        {
            "membership_grant": _("Role given"),
            "organisation_create": _("Organisation added"),
            "password_set": _("Password changed"),
            "user_create": _("Account created"),
        }
    )
    workbook.add(*sheets.CATALOGUES)
    panels.register(panels.Panel(panels.EVERY_RECORD, HISTORY_PANEL, history_panel, 900))
    entry = navigation.Entry
    pages = frozenset({"entry_list", "entry_detail"})
    navigation.register(entry(_("Audit trail"), _page("entry_list"), 3, 10, pages))
    pages = frozenset({"access_review"})
    navigation.register(entry(_("Access review"), _page("access_review"), 3, 20, pages))


def _page(url_name: str) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        user = request.user
        return reverse(url_name) if user.is_authenticated and is_reviewer(user) else None

    return url
