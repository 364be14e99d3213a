"""Pages that only some know of."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404
from django.http.response import HttpResponseBase

from accounts.requests import UserRequest
from accounts.selectors import is_reviewer

View = Callable[[UserRequest], HttpResponseBase]


def reviewers_only(view: View) -> View:
    """Answer everyone else that the list is not there, as they may see nothing on it."""

    @wraps(view)
    def for_reviewers(request: UserRequest) -> HttpResponseBase:
        if not is_reviewer(request.user):
            raise Http404
        return view(request)

    return for_reviewers


def require_work(request: UserRequest) -> None:
    """Answer whoever has no role today that the page is not there."""
    if not request.user.has_any_role:
        raise Http404
