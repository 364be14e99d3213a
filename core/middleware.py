"""Two guards at the door: demo accounts stay at home, htmx is sent to the whole login page."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import reverse
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponse]


class DemoLoopbackMiddleware:
    """With demo accounts, answers this machine only: their passwords are known to everyone."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse a request from another machine."""
        address = request.META.get("REMOTE_ADDR") or "127.0.0.1"
        if not ipaddress.ip_address(address).is_loopback:
            return HttpResponseForbidden(_("The demonstration answers on this machine only."))
        return self.get_response(request)


class LoginRedirectForHtmxMiddleware:
    """Answers an htmx request of an ended session with the login page, not with a fragment."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn a redirect to the login page into one of the whole window."""
        response = self.get_response(request)
        location = response.headers.get("Location", "")
        htmx = getattr(request, "htmx", None)
        if htmx and location.split("?")[0] == reverse(settings.LOGIN_URL):
            response = HttpResponse()
            response["HX-Redirect"] = location
        return response
