"""What stands between the login and every page: the second factor, and a role."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts import last_seen, services
from accounts.session_limits import QUIET_HEADER
from accounts.without_role import why_without_role
from core.http import is_quiet

GetResponse = Callable[[HttpRequest], HttpResponse]

SETUP = "mfa_index"
OPEN = frozenset({"health", "account_login", "account_logout", "account_inactive"})
# All that someone reaches who has not set up a second factor yet.
WITHOUT_SECOND_FACTOR = OPEN | {
    "session_state",
    "session_continue",
    SETUP,
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
}
# All that someone reaches who has no role today: their own account, by name or its beginning.
WITHOUT_ROLE = frozenset(
    {
        "health",
        "profile",
        "invitation_open",
        "invitation_accept",
        "idle_account_ask",
        "idle_account_sent",
        "idle_account_reopen",
        "form_draft_discard",
        "kept_form_discard",
    }
)
OWN_ACCOUNT = ("account_", "mfa_", "session_")


def name_of(request: HttpRequest) -> str:
    """Return the full name of the address that the request was resolved to."""
    return request.resolver_match.view_name if request.resolver_match else ""


class Gate:
    """A middleware that looks at a request when its address is resolved."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)


class SecondFactorMiddleware(Gate):
    """Lets nobody further who has no second factor; the demonstration on loopback needs none."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: Any
    ) -> HttpResponse | None:
        """Send whoever lacks it to the page on which it is set up."""
        user = request.user
        if settings.DEMO or not user.is_authenticated or user.has_second_factor:
            return None
        # The pages of the set-up then show nothing that leads elsewhere.
        request.second_factor_missing = True  # type: ignore[attr-defined]
        if name_of(request) in WITHOUT_SECOND_FACTOR:
            return None
        if getattr(request, "htmx", None):
            return HttpResponse(headers={"HX-Redirect": reverse(SETUP)})
        return HttpResponseRedirect(reverse(SETUP))


class RoleMiddleware(Gate):
    """Lets someone without a role today reach nothing but their own account."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: Any
    ) -> HttpResponse | None:
        """Refuse with the reason."""
        user, name = request.user, name_of(request)
        is_own = name in WITHOUT_ROLE or name.startswith(OWN_ACCOUNT)
        if not user.is_authenticated or is_own or user.has_any_role:
            return None
        context = {"reason": why_without_role(user)}
        return render(request, "accounts/no_role.html", context, status=403)


class LastSeenMiddleware(Gate):
    """Notes in the list of sessions when each was last used, every few minutes."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: Any
    ) -> None:
        """Note the moment, unless the page asks by itself."""
        asks_itself = is_quiet(view) or QUIET_HEADER in request.headers
        if last_seen.is_due(request.session) and not asks_itself:
            last_seen.note(request.session)
            services.session_seen(key=request.session.session_key)
