"""What the room ``accounts`` brings to the frame of the portal."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.history import history_panel
from accounts.selectors import is_reviewer
from core.registers import acts, navigation, panels

HISTORY_PANEL = "accounts/partials/history.html"


def register() -> None:
    """Called once, when the app is ready."""
    acts.register(
        {
            "invitation_accept": _("Invitation accepted"),
            "invitation_create": _("Invitation sent"),
            "invitation_refused": _("Used or withdrawn link opened"),
            "invitation_resend": _("Invitation sent again"),
            "invitation_withdraw": _("Invitation withdrawn"),
            "login_locked": _("Login locked after wrong passwords"),
            "membership_end": _("Role ended"),
            "membership_grant": _("Role given"),
            "membership_take_back": _("Role taken back"),
            "organisation_create": _("Organisation added"),
            "password_set": _("Password changed"),
            "recovery_codes_renew": _("Recovery codes renewed"),
            "second_factor_add": _("Second factor added"),
            "second_factor_remove": _("Second factor removed"),
            "session_end": _("Signed out on one device"),
            "session_end_all": _("Signed out everywhere"),
            "user_close": _("Account closed"),
            "user_create": _("Account created"),
            "user_edit": _("Name corrected"),
            "user_mfa_reset": _("Second factor reset"),
            "user_reopen": _("Account opened again"),
        },
        {
            "remote_address": _("network address"),
            "position": _("role"),
            "second_factors": _("second factors"),
            "sessions": _("sessions ended"),
            "state": _("state"),
        },
    )
    panels.register(panels.Panel(panels.EVERY_RECORD, HISTORY_PANEL, history_panel, 900))
    entry = navigation.Entry
    pages = frozenset(
        {
            "invitation_create",
            "invitation_detail",
            "invitation_list",
            "membership_end",
            "membership_grant",
            "user_close",
            "user_detail",
            "user_edit",
            "user_list",
            "user_mfa_reset",
            "user_reopen",
        }
    )
    navigation.register(entry(_("Users"), _page("user_list"), 3, 5, pages))
    pages = frozenset({"entry_list", "entry_detail"})
    navigation.register(entry(_("Audit trail"), _page("entry_list"), 3, 10, pages))
    pages = frozenset({"access_review"})
    navigation.register(entry(_("Access review"), _page("access_review"), 3, 20, pages))


def _page(url_name: str) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        user = request.user
        return reverse(url_name) if user.is_authenticated and is_reviewer(user) else None

    return url
