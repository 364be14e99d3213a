"""What the room ``budgets`` brings to the pages of other rooms."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.requests import UserRequest
from budgets import plan_part
from budgets.models import BudgetLine
from budgets.selectors import appendix_of
from core.days import day_asked
from core.registers import navigation, panels, tabs
from programs import plan_parts
from programs.current import current_plan
from programs.models import Plan, Task

PAGE = "budget_line_list"


def register() -> None:
    """Called once, when the app is ready."""
    plan_parts.register(plan_part.load)
    tabs.register(tabs.Tab("plan", _("Appendix: funding"), PAGE, _page_of, 40))
    navigation.register(navigation.Entry(_("Funding"), _page, 2, 40, frozenset({PAGE})))
    panels.register(panels.Panel("task", "budgets/partials/task_money.html", _task_money))
    panels.register(panels.Panel("overview_card", "budgets/partials/plan_card.html", _plan_money))
    panels.register(panels.Panel("overview", "budgets/partials/plan_money.html", _plan_money))


def _page_of(plan: Plan) -> str:
    return reverse(PAGE, args=[plan.code])


def _page(request: HttpRequest) -> str | None:
    plan = current_plan(request)
    return _page_of(plan) if plan else None


def _task_money(request: UserRequest, task: Task) -> dict[str, Any] | None:
    line = BudgetLine.objects.visible_to(request.user).filter(task=task).first()
    return {"line": line, "plan": task.plan, "task": task} if line else None


def _plan_money(request: UserRequest, plan: Plan) -> dict[str, Any] | None:
    appendix = appendix_of(request.user, plan)
    if not appendix.phases:
        return None
    day, _form = day_asked(request)
    running = next((part for part in appendix.phases if part.phase.runs_on(day)), None)
    return {"appendix": appendix, "running": running, "url": _page_of(plan)}
