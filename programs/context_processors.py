"""The plan on which work goes on, for the foot of every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from programs.current import current_plan


def plan_in_force(request: HttpRequest) -> dict[str, Any]:
    """Return the current plan as ``current_plan``; asked for only when a page shows it."""
    return {"current_plan": SimpleLazyObject(lambda: current_plan(request))}
