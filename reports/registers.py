"""What the room ``reports`` brings to the frame of the portal."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.registers import navigation
from programs import plan_parts
from reports import plan_part, policies

PAGES = frozenset({"report_run_list", "report_run_ask", "report_run_detail", "report_run_preview"})


def register() -> None:
    """Called once, when the app is ready."""
    plan_parts.register(plan_part.load)
    navigation.register(navigation.Entry(_("Reports"), _page, 2, 60, PAGES))


def _page(request: HttpRequest) -> str | None:
    user = request.user
    if not user.is_authenticated or not policies.can_ask_for_report(user):
        return None
    return reverse("report_run_list")
