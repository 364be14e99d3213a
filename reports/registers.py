"""What the room ``reports`` brings to the frame of the portal."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.registers import acts, holds, navigation
from core.registers.panels import Panel
from core.registers.panels import register as register_panel
from programs import plan_parts
from reports import panels, plan_part, policies, selectors

ACTS = {
    "report_build": _("Report built on the command line"),
    "report_run_ask": _("Report asked for"),
    "report_run_fail": _("Report failed"),
    "report_run_render": _("Report made"),
    "report_run_restart": _("Report started again"),
}
PAGES = frozenset({"report_run_list", "report_run_ask", "report_run_detail", "report_run_preview"})


def register() -> None:
    """Called once, when the app is ready."""
    plan_parts.register(plan_part.load)
    acts.register(ACTS, {"files": _("files")})
    register_panel(
        Panel("selection_list", "reports/partials/selection_files.html", panels.selection_files)
    )
    holds.register(selectors.snapshots_since)
    navigation.register(navigation.Entry(_("Reports"), _page, 2, 60, PAGES))


def _page(request: HttpRequest) -> str | None:
    user = request.user
    if not user.is_authenticated or not policies.can_ask_for_report(user):
        return None
    return reverse("report_run_list")
