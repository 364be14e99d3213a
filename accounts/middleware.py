"""Sessions that end, and what happens to what was typed meanwhile."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.messages import ERROR, get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts import services, session_limits
from accounts.session_limits import QUIET_HEADER, End
from accounts.typed import TypedForms, page_with, posted_token
from core.http import is_quiet
from core.typed import KEPT_PARAMETER

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]


class SessionLimitsMiddleware:
    """Ends a session that was idle for too long or began too long ago."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out whoever's session is over before anything else is asked."""
        if request.user.is_authenticated:
            end = session_limits.ended(request.session)
            if end:
                logout(request)
                request.session_end = end  # type: ignore[attr-defined]
            else:
                after = session_limits.ask_after(request.session)
                request.session_ask_after = after  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *_arguments: Any) -> None:
        """Start the idle clock anew, unless the page asks by itself."""
        asks_itself = is_quiet(view) or QUIET_HEADER in request.headers
        if request.user.is_authenticated and not asks_itself:
            session_limits.see(request.session)


class PortalLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Sends whoever is not logged in to the login page, and keeps what they posted."""

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponseRedirect:
        """Redirect to the login page, which says why, and from there back."""
        query = {"next": _way_back(request, view_func)}
        if end := _end_of_session(request):
            query["ended"] = end
        told = urlencode(query, safe="/")
        return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{told}")


class TypedFormsMiddleware:
    """Gives every page ``request.typed``, and forgets drafts of forms that were sent."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; a form that leads on has done what it was for."""
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        typed = TypedForms(request, user)
        request.typed = typed  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.method == "POST" and typed.posted and _leads_on(request, response):
            services.typed_form_sent(token=typed.posted)
        return response


def _way_back(request: HttpRequest, view_func: View) -> str:
    """Return where to go after the login: with what was posted filled in, if it could be kept."""
    htmx = getattr(request, "htmx", None)
    token = posted_token(request)
    if token and not is_quiet(view_func):
        kept = services.kept_form_keep(token=token, posted=request.POST)
        return page_with(token.page, KEPT_PARAMETER, kept.pk) if kept else token.page
    if htmx:
        return str(htmx.current_url_abs_path or "/")
    return request.get_full_path()


def _end_of_session(request: HttpRequest) -> End | None:
    """Return why there is no session, if there was one."""
    end: End | None = getattr(request, "session_end", None)
    if end:
        return end
    sent = settings.SESSION_COOKIE_NAME in request.COOKIES
    gone = sent and (request.session.session_key is None or SESSION_KEY in request.session)
    return End.GONE if gone else None


def _leads_on(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the form was taken: the answer leads to another page and tells of no refusal."""
    leads = 300 <= response.status_code < 400 or response.has_header("HX-Redirect")
    told = getattr(get_messages(request), "_queued_messages", [])
    return leads and not any(message.level >= ERROR for message in told)
