"""The overview: where the plan stands today."""

from collections import Counter
from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.calendar import reporting_year, year_cut_off
from core.registers import panels
from programs.current import current_plan
from programs.figures import Figure, Status, figures_at
from programs.models import Objective
from programs.selectors import (
    IssuesByPlace,
    indicators_of,
    phase_running,
    tasks_of,
)
from programs.tables import shown_value, status_chip


@require_safe
def home(request: UserRequest) -> HttpResponse:
    """Go to the first page of whoever is logged in."""
    return redirect("worklist")


@require_safe
def overview(request: UserRequest) -> HttpResponse:
    """Show where the plan stands: phase, indicators, tasks, money, what is unclear."""
    plan = current_plan(request)
    if plan is None:
        return render(request, "programs/overview_empty.html")
    today = timezone.localdate()
    year = reporting_year(today)
    cut_off = year_cut_off(year)
    phase = phase_running(plan, today)
    indicators = list(indicators_of(request.user, plan))
    tasks = list(tasks_of(request.user, plan))
    issues = IssuesByPlace(request.user, plan)
    running = [one for one in indicators if phase and one.phase_id == phase.pk]
    figures = figures_at(plan, running or indicators, today)
    context = {
        "plan": plan,
        "phases": plan.phases.all(),
        "phase": phase,
        "year": year,
        "year_in_phase": year - phase.first_year + 1 if phase else None,
        "years_of_phase": phase.last_year - phase.first_year + 1 if phase else None,
        "cut_off": cut_off,
        "heading": _heading(year, (cut_off - today).days),
        "indicators": [
            (
                one,
                figures[one.code],
                shown_value(figures[one.code]),
                status_chip(figures[one.code].status),
            )
            for one in running or indicators
        ],
        "statuses": _statuses(figures.values()),
        "indicator_count": len(indicators),
        "running_indicator_count": len(running),
        "task_count": len(tasks),
        "running_task_count": sum(1 for task in tasks if phase and task.phase_id == phase.pk),
        "objective_count": Objective.objects.visible_to(request.user).of_plan(plan).count(),
        "issues": issues,
        "issue_count": len(issues.all),
        "cards": panels.render("overview_card", request, plan),
        "panels": panels.render("overview", request, plan),
    }
    return render(request, "programs/overview.html", context)


def _statuses(figures: Iterable[Figure]) -> str:
    """Say how many figures stand how, in one sentence."""
    found = Counter(figure.status for figure in figures if figure.status)
    return ", ".join(f"{found[status]} {status.label}" for status in Status if found[status])


def _heading(year: int, days: int) -> str:
    if days == 0:
        return _("Year %(year)d: figures close today") % {"year": year}
    told = ngettext(
        "Year %(year)d: %(days)d day until figures close",
        "Year %(year)d: %(days)d days until figures close",
        days,
    )
    return told % {"year": year, "days": days}
