"""What the room ``accounts`` brings to the frame of the portal."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.history import history_panel
from accounts.policies import is_administrator
from accounts.selectors import is_reviewer
from accounts.typed import work_typed
from core.registers import acts, navigation, panels, worklist

HISTORY_PANEL = "accounts/partials/history.html"


def register() -> None:
    """Called once, when the app is ready."""
    acts.register(
        {
            "catalogue_add": _("Entry of a catalogue added"),
            "catalogue_change": _("Entry of a catalogue changed"),
            "deputy_end": _("Standing in for a lead ended"),
            "deputy_record": _("Deputy of a lead recorded"),
            "handover_carry_out": _("Open work handed over"),
            "handover_record": _("Handover recorded"),
            "idle_account_disable": _("Account closed for disuse"),
            "idle_account_reopen": _("Account opened again"),
            "membership_end": _("Role ended"),
            "membership_grant": _("Role given"),
            "organisation_create": _("Organisation added"),
            "password_set": _("Password changed"),
            "user_create": _("Account created"),
        }
    )
    panels.register(panels.Panel(panels.EVERY_RECORD, HISTORY_PANEL, history_panel, 900))
    worklist.register(worklist.Provider(_("Typed and not sent"), work_typed, 900))
    entry = navigation.Entry
    pages = frozenset({"entry_list", "entry_detail"})
    navigation.register(entry(_("Audit trail"), _page("entry_list"), 3, 10, pages))
    pages = frozenset({"access_review"})
    navigation.register(entry(_("Access review"), _page("access_review"), 3, 20, pages))
    navigation.register(entry(_("Catalogues"), _catalogues, 3, 90))
    pages = frozenset({"deputy_list", "deputy_record", "deputy_end"})
    navigation.register(entry(_("Standing in for leads"), _page("deputy_list"), 3, 30, pages))
    pages = frozenset({"handover_list", "handover_record"})
    navigation.register(entry(_("Handovers"), _page("handover_list"), 3, 40, pages))


def _catalogues(request: HttpRequest) -> str | None:
    user = request.user
    opens = user.is_authenticated and is_administrator(user)
    return reverse("admin:index") if opens else None


def _page(url_name: str) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        user = request.user
        return reverse(url_name) if user.is_authenticated and is_reviewer(user) else None

    return url
