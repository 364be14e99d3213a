"""The appendix "Dự toán kinh phí"."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from budgets.selectors import appendix_of
from core.registers import tabs
from programs.models import Plan
from programs.selectors import IssuesByPlace


@require_safe
def budget_line_list(request: UserRequest, plan_code: str) -> HttpResponse:
    """Show the appendix laid out as in the plan, with sums."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user), code=plan_code)
    issues = IssuesByPlace(request.user, plan)
    context = {
        "plan": plan,
        "tabs": tabs.row("plan", request, plan),
        "appendix": appendix_of(request.user, plan),
        "issues": issues.at("budget", "in_words"),
        "all_issues": issues,
    }
    return render(request, "budgets/budget_line_list.html", context)
