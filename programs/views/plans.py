"""The pages of a plan."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.days import day_asked
from core.registers import tabs
from documents.selectors import file_counts
from programs import policies
from programs.current import current_plan
from programs.decisions import READING
from programs.models import Instrument, Objective, Phase, Plan, PlanItem, Responsibility, TextIssue
from programs.places import place_label, place_url
from programs.proposals import proposals_of
from programs.selectors import IssuesByPlace, objectives_of, phase_running


def plan_context(
    request: UserRequest, plan_code: str, day: dt.date | None = None
) -> dict[str, Any]:
    """Return the plan, its tabs and its unclear passages as read on a day; 404 out of sight."""
    # The menu has read the current plan already.
    current = current_plan(request)
    if current is not None and current.code == plan_code:
        plan = current
    else:
        plan = get_object_or_404(Plan.objects.visible_to(request.user), code=plan_code)
    return {
        "plan": plan,
        "tabs": tabs.row("plan", request, plan),
        "issues": IssuesByPlace(request.user, plan, day),
    }


@require_safe
def plan_current(request: UserRequest) -> HttpResponse:
    """Go to the plan on which work goes on."""
    plan = current_plan(request)
    return redirect(plan) if plan else redirect("overview")


@require_safe
def plan_detail(request: UserRequest, plan_code: str) -> HttpResponse:
    """Show what the plan is: its words, phases, funding, and who signed it."""
    context = plan_context(request, plan_code)
    plan: Plan = context["plan"]
    instruments = _instruments(request, plan)
    general = Objective.objects.visible_to(request.user).of_plan(plan).filter(phase=None)
    context |= {
        "budget_issues": context["issues"].at("budget", "in_words"),
        "general_objectives": general.select_related("plan"),
        "phases": plan.phases.all(),
        "running": phase_running(plan, timezone.localdate()),
        "legal_basis": [one for one, _files in instruments if one.is_legal_basis],
        "instruments": instruments,
        "other_plans": Plan.objects.visible_to(request.user).exclude(pk=plan.pk),
    }
    return render(request, "programs/plan_detail.html", context)


def _instruments(request: UserRequest, plan: Plan) -> list[tuple[Instrument, int]]:
    """Return the documents of a plan, each with the number of its files."""
    instruments = list(plan.instruments.visible_to(request.user))
    counts = file_counts(request.user, instruments)
    return [(instrument, counts.get(instrument.pk, 0)) for instrument in instruments]


@require_safe
def objective_list(request: UserRequest, plan_code: str) -> HttpResponse:
    """Show the objectives of both phases word for word with their indicators and targets."""
    context = plan_context(request, plan_code)
    of_phase: dict[int | None, list[Objective]] = defaultdict(list)
    for objective in objectives_of(request.user, context["plan"]):
        of_phase[objective.phase_id].append(objective)
    phases = [None, *Phase.objects.visible_to(request.user).filter(plan=context["plan"])]
    context["sections"] = [
        (
            phase,
            [
                (one, _issues_of(one, context["issues"]))
                for one in of_phase[phase.pk if phase else None]
            ],
        )
        for phase in phases
    ]
    return render(request, "programs/objective_list.html", context)


def _issues_of(objective: Objective, issues: IssuesByPlace) -> list[TextIssue]:
    return issues.at(objective.code, *(indicator.code for indicator in objective.indicators.all()))


@require_safe
def plan_item_list(request: UserRequest, plan_code: str) -> HttpResponse:
    """Show section II, each bullet linked to the rows of the appendix that pay for it."""
    context = plan_context(request, plan_code)
    rows = PlanItem.objects.visible_to(request.user).of_plan(context["plan"])
    rows = rows.select_related("plan").prefetch_related("tasks__plan", "tasks__phase")
    depths: dict[int | None, int] = {None: -1}
    items = []
    for item in rows:
        depths[item.pk] = depth = depths[item.parent_id] + 1
        items.append((item, depth, context["issues"].at(item.code)))
    context |= {"items": items, "whole_issues": context["issues"].at("items")}
    return render(request, "programs/plan_item_list.html", context)


@require_safe
def responsibility_list(request: UserRequest, plan_code: str) -> HttpResponse:
    """Show section IV: who is to do what."""
    context = plan_context(request, plan_code)
    rows = Responsibility.objects.visible_to(request.user).of_plan(context["plan"])
    rows = rows.prefetch_related("organisations")
    context["responsibilities"] = [(row, context["issues"].at(row.code)) for row in rows]
    return render(request, "programs/responsibility_list.html", context)


@require_safe
def text_issue_list(request: UserRequest, plan_code: str) -> HttpResponse:
    """Show the unclear passages, what they touch and how they are read."""
    day, form = day_asked(request)
    context = plan_context(request, plan_code, day)
    waiting = defaultdict(list)
    for one in proposals_of(request.user, context["plan"], [READING]):
        if one.row.is_proposed:
            waiting[one.subject.pk].append(one)
    context["rows"] = [
        (
            issue,
            [(place_label(p), place_url(context["plan"], p)) for p in issue.places.all()],
            waiting[issue.pk],
        )
        for issue in context["issues"].all
    ]
    context |= {"day": day, "day_form": form, "propose": policies.can_propose(request.user)}
    return render(request, "programs/text_issue_list.html", context)
