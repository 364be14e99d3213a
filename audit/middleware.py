"""The origin of acts that come through the web."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit.choices import OriginKind
from audit.origin import origin


def client_address(request: HttpRequest) -> str | None:
    """Return the caller's address as the last trusted proxy saw it, as the login limits do."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    header = request.headers.get("X-Forwarded-For")
    hops = header.split(",") if header else []
    if proxies and len(hops) >= proxies:
        address = hops[-proxies].strip()
    else:
        address = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        # A Unix socket has no address, and a forged header must not stop an act.
        return None


class AuditOriginMiddleware:
    """Names path and address of the request as the origin of its acts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request under its origin."""
        with origin(OriginKind.WEB, request.path, client_address(request)):
            return self.get_response(request)
