"""What the room ``budgets`` brings to the pages of other rooms."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.requests import UserRequest
from budgets import plan_part
from budgets.models import BudgetLine
from budgets.selectors import appendix_of
from budgets.support_costs import implied_state_money
from core.days import day_asked
from core.registers import acts, navigation, panels, tabs
from enterprises import support_policies as policies
from enterprises.choices import SupportAct, SupportStage
from enterprises.models import SupportCase
from programs import plan_parts
from programs.current import current_plan
from programs.models import Plan, Task

PAGE = "budget_line_list"
ACTS = {
    "support_agreement_propose": _("Agreement on support proposed"),
    "support_agreement_approve": _("Agreement on support approved"),
    "support_agreement_return": _("Proposed agreement on support returned"),
}


def register() -> None:
    """Called once, when the app is ready."""
    plan_parts.register(plan_part.load)
    tabs.register(tabs.Tab("plan", _("Appendix: funding"), PAGE, _page_of, 40))
    navigation.register(navigation.Entry(_("Funding"), _page, 2, 40, frozenset({PAGE})))
    panels.register(panels.Panel("task", "budgets/partials/task_money.html", _task_money))
    acts.register(ACTS)
    acted = "budgets/partials/agreement_acts.html"
    panels.register(panels.Panel("support_case_agreement", acted, _agreement_acts))
    agreed = "budgets/partials/agreement.html"
    panels.register(panels.Panel("support_case", agreed, _agreement, 10))
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


def _agreement_acts(request: UserRequest, case: SupportCase) -> dict[str, Any] | None:
    """The steps of the agreement that this person may take, and why others may not."""
    user = request.user
    waits = case.agreement_is_waiting
    asked = (SupportAct.AGREE, SupportAct.AGREEMENT_RETURN) if waits else ()
    acts_here = asked or (SupportAct.AGREEMENT_PROPOSE,)
    if case.stage != SupportStage.SELECTED or not case.is_open:
        return None
    decisions = {act.value: policies.can_act(user, case, act) for act in acts_here}
    return {"case": case, "decisions": decisions}


def _agreement(request: UserRequest, case: SupportCase) -> dict[str, Any] | None:
    """What was agreed on, or is proposed, and how it stands to the appendix."""
    if case.state_share is None and case.enterprise_share is None:
        return None
    implied = implied_state_money(case.task, case.agreed_on or timezone.localdate())
    above = bool(implied and case.state_share and case.state_share > implied)
    return {"case": case, "implied": implied, "above": above, "user": request.user}
