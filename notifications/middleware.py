"""After an act the menu counts anew what waits for the person."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from notifications.counts import worklist_count_forget

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
REFUSED = 400


class OwnActsMiddleware:
    """Lets what a person just did show in their menu at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Forget the figure after whatever may have changed something; what is refused did not."""
        response = self.get_response(request)
        may_change = request.method not in SAFE_METHODS and response.status_code < REFUSED
        if may_change and request.user.is_authenticated:
            worklist_count_forget(request.user)
        return response
