"""How long the session lasts, asked and answered while a page stands open."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.session_limits import seconds_left
from core.http import quiet


def _answer(request: HttpRequest) -> JsonResponse:
    left = idle = 0.0
    if request.user.is_authenticated:
        idle, absolute = seconds_left(request.session)
        left = max(0.0, min(idle, absolute))
    # Doing something makes an idle session last; nothing does once the day is over.
    answer = {
        "left": round(left),
        "lasts": 0 < idle <= left,
        "warning": settings.SESSION_WARNING.total_seconds(),
    }
    return JsonResponse(answer)


@quiet
@login_not_required
@never_cache
@require_safe
def session_state(request: HttpRequest) -> JsonResponse:
    """Say how many seconds the session lasts, without making it last longer."""
    return _answer(request)


@never_cache
@require_POST
def session_continue(request: HttpRequest) -> JsonResponse:
    """Go on working: the idle clock has started anew when this is asked."""
    return _answer(request)
