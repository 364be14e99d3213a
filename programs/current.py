"""The plan on which work goes on, read once per request."""

from django.http import HttpRequest

from programs.models import Plan
from programs.selectors import plan_in_view

_ATTRIBUTE = "_current_plan"


def current_plan(request: HttpRequest) -> Plan | None:
    """Return the current plan if whoever asks may see it."""
    if not hasattr(request, _ATTRIBUTE):
        seen = plan_in_view(request.user) if request.user.is_authenticated else None
        setattr(request, _ATTRIBUTE, seen)
    plan: Plan | None = getattr(request, _ATTRIBUTE)
    return plan
