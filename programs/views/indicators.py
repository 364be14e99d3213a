"""The indicators of a plan."""

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.lists import list_page
from core.registers import panels
from programs.filters import IndicatorFilter
from programs.models import Target
from programs.selectors import indicators_of, target_in_force
from programs.tables import IndicatorTable, indicator_target, target_due
from programs.views.plans import plan_context


@require_safe
def indicator_list(request: UserRequest, plan_code: str) -> HttpResponseBase:
    """List the indicators of a plan with their targets."""
    context = plan_context(request, plan_code)
    return list_page(
        request,
        queryset=indicators_of(request.user, context["plan"]),
        filter_class=partial(IndicatorFilter, plan=context["plan"]),
        table_class=IndicatorTable,
        template="programs/indicator_list.html",
        export_name="chi-tieu",
        context=context,
        table_options={"all_issues": context["issues"]},
    )


@require_safe
def indicator_detail(request: UserRequest, plan_code: str, code: str) -> HttpResponse:
    """Show one indicator: its definition, clause, targets by document, and what is unclear."""
    context = plan_context(request, plan_code)
    indicator = get_object_or_404(indicators_of(request.user, context["plan"]), code=code)
    target = target_in_force(indicator.standing_targets, timezone.localdate())
    context |= {
        "indicator": indicator,
        "target": target,
        "target_text": indicator_target(indicator),
        "due": target_due(target),
        "targets": Target.objects.visible_to(request.user)
        .filter(indicator=indicator)
        .select_related("instrument"),
        "indicator_issues": context["issues"].at(indicator.code, indicator.objective.code),
        "panels": panels.render("indicator", request, indicator),
    }
    return render(request, "programs/indicator_detail.html", context)
