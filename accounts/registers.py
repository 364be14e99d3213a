"""What the room ``accounts`` brings to the frame of the portal."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import sheets
from accounts.choices import Role
from accounts.history import history_panel
from accounts.policies import is_administrator
from accounts.searching import find_areas, find_organisations
from accounts.selectors import is_reviewer
from accounts.typed import work_typed
from core.registers import acts, navigation, panels, search, worklist
from core.spreadsheets import register as workbook

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
            "invitation_accept": _("Invitation accepted"),
            "invitation_create": _("Invitation sent"),
            "invitation_refused": _("Used or withdrawn link opened"),
            "invitation_resend": _("Invitation sent again"),
            "invitation_withdraw": _("Invitation withdrawn"),
            "login_locked": _("Login locked after wrong passwords"),
            "idle_account_disable": _("Account closed for disuse"),
            "idle_account_reopen": _("Account opened again"),
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
    workbook.add(*sheets.CATALOGUES)
    panels.register(panels.Panel(panels.EVERY_RECORD, HISTORY_PANEL, history_panel, 900))
    worklist.register(worklist.Provider(_("Typed and not sent"), work_typed, 900))
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
    navigation.register(entry(_("Catalogues"), _catalogues, 3, 90))
    pages = frozenset({"deputy_list", "deputy_record", "deputy_end"})
    navigation.register(entry(_("Standing in for leads"), _page("deputy_list"), 3, 50, pages))
    pages = frozenset({"handover_list", "handover_record"})
    navigation.register(entry(_("Handovers"), _page("handover_list"), 3, 60, pages))
    _register_organisations()


def _register_organisations() -> None:
    acts.register(
        {
            "area_create": _("Area added"),
            "area_edit": _("Area corrected"),
            "area_succession_record": _("Succession of areas recorded"),
            "areas_load": _("Areas and organisations loaded"),
            "membership_pass": _("Role passed to the successor"),
            "organisation_edit": _("Organisation corrected"),
            "succession_record": _("Succession recorded"),
            "succession_work_pass": _("Open work passed to the successor"),
        },
        {
            "added": _("added"),
            "before": _("before"),
            "after": _("after"),
            "on": _("from the day"),
            "people": _("roles passed on"),
            "source": _("source"),
            "successions": _("successions"),
            "successors": _("successors"),
            "work": _("open work passed on"),
        },
    )
    entry = navigation.Entry
    for label, name, position in (
        (_("Organisations"), "organisation", 30),
        (_("Areas"), "area", 40),
    ):
        acts_of = ("list", "detail", "create", "edit", "succession_record")
        pages = frozenset({*(f"{name}_{act}" for act in acts_of)})
        pages |= {"succession_record"} if name == "organisation" else set()
        page = _keepers_page(f"{name}_list")
        navigation.register(entry(label, page, 3, position, pages))
    search.register(search.Provider(_("Organisations"), find_organisations, 900))
    search.register(search.Provider(_("Areas"), find_areas, 910))


def _keepers_page(url_name: str) -> Callable[[HttpRequest], str | None]:
    """The pages are open to all who work here; these people use them day by day."""

    def url(request: HttpRequest) -> str | None:
        user = request.user
        uses = user.is_authenticated and (
            is_reviewer(user) or user.has_role(Role.PROGRAMME_OFFICER)
        )
        return reverse(url_name) if uses else None

    return url


def _catalogues(request: HttpRequest) -> str | None:
    user = request.user
    opens = user.is_authenticated and is_administrator(user)
    return reverse("admin:index") if opens else None


def _page(url_name: str) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        user = request.user
        return reverse(url_name) if user.is_authenticated and is_reviewer(user) else None

    return url
