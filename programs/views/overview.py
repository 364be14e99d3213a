"""The overview: where the plan stands as at a day, what is late and whose it is."""

import datetime as dt
from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.calendar import reporting_year, year_cut_off
from core.days import day_asked, day_query
from core.registers import panels
from programs.current import current_plan
from programs.figures import Status, figures_at
from programs.models import Indicator, Phase, Plan, Task
from programs.selectors import (
    IssuesByPlace,
    indicators_of,
    owner_of,
    phase_running,
    tasks_of,
    with_lead,
    with_standing,
)
from programs.standings import (
    Line,
    Standing,
    Tally,
    grouped,
    indicator_line,
    late_first,
    narrowed_to,
    standing_of,
    task_line,
)

# The indicators and the tasks of each phase.
LinesOf = dict[Phase | None, tuple[list[Line], list[Line]]]


@require_safe
def home(request: UserRequest) -> HttpResponse:
    """Go to the first page of whoever is logged in."""
    return redirect("worklist")


@require_safe
def overview(request: UserRequest) -> HttpResponse:
    """Show where the plan stands on a day: indicators, tasks, what is late, money, what is unclear.

    Panels of upper rooms read the day from the request, as ``core.days.day_asked`` does.
    """
    plan = current_plan(request)
    if plan is None:
        return render(request, "programs/overview_empty.html")
    day, form = day_asked(request)
    year = reporting_year(day)
    phases = list(plan.phases.all())
    running = phase_running(plan, day)
    phase = running or _last_begun(phases, day)
    tasks = list(with_standing(with_lead(tasks_of(request.user, plan), day)))
    indicators = list(indicators_of(request.user, plan))
    figures = figures_at(plan, [*indicators, *tasks], day)
    owner = owner_of(plan)
    lines_of = {
        one: (
            [indicator_line(figures[i.code], i, owner) for i in indicators if _is_in(i, one)],
            [task_line(figures[t.code], t) for t in tasks if _is_in(t, one)],
        )
        for one in {phase, *phases}
    }
    here, tasks_here = lines_of[phase]
    standings = _standings(plan, day, phase, lines_of)
    issues = IssuesByPlace(request.user, plan, day)
    context = {
        "plan": plan,
        "day": day,
        "day_form": form,
        "phases": phases,
        "phase": phase,
        "running": running,
        "year_in_phase": year - running.first_year + 1 if running else None,
        "years_of_phase": running.last_year - running.first_year + 1 if running else None,
        "cut_off": year_cut_off(year),
        "heading": _heading(day, standings),
        "indicators_standing": standings[0],
        "tasks_standing": standings[1],
        "rows": _side_by_side(standings),
        "over": [
            (one, _standings(plan, day, one, lines_of))
            for one in phases
            if one != phase and one.window.last < day
        ],
        "late": late_first([*here, *tasks_here]),
        "indicators": here,
        "groups": list(grouped(plan, [t for t in tasks if _is_in(t, phase)], tasks_here, day)),
        "issues": issues,
        "issue_count": len(issues.all),
        "issues_url": f"{reverse('text_issue_list', args=[plan.code])}{day_query(day)}",
        "cards": panels.render("overview_card", request, plan),
        "panels": panels.render("overview", request, plan),
    }
    return render(request, "programs/overview.html", context)


def _last_begun(phases: Iterable[Phase], day: dt.date) -> Phase | None:
    """The phase to be shown when none runs: the last one that has begun."""
    begun = [phase for phase in phases if phase.window.first <= day]
    return max(begun, key=lambda phase: phase.last_year, default=None)


def _is_in(part: Indicator | Task, phase: Phase | None) -> bool:
    """Whether a part belongs to a phase; before the first one, all parts are shown."""
    return phase is None or part.phase_id == phase.pk


def _standings(
    plan: Plan, day: dt.date, phase: Phase | None, lines_of: LinesOf
) -> tuple[Standing, Standing]:
    """How the indicators and the tasks of a phase stand."""
    indicators, tasks = lines_of[phase]
    asked = narrowed_to(day, phase)
    return (
        standing_of(plan, "indicator_list", indicators, **asked),
        standing_of(plan, "task_list", tasks, **asked),
    )


def _side_by_side(
    standings: tuple[Standing, Standing],
) -> list[tuple[Tally, Tally | None, Tally | None]]:
    """The ways beside each other: how each is called, the indicators and the tasks."""
    indicators, tasks = ({one.word: one for one in standing.tallies} for standing in standings)
    named = indicators | tasks
    return [(one, indicators.get(word), tasks.get(word)) for word, one in named.items()]


def _heading(day: dt.date, standings: tuple[Standing, Standing]) -> SafeString:
    """Say what matters in one sentence: what is late, and how long figures still come in."""
    year = reporting_year(day)
    late = _lateness(standings)
    if day != timezone.localdate():
        told = _("Year {year}, as at {day}: {late}")
        return format_html(told, year=year, day=f"{day:%d/%m/%Y}", late=late)
    days = (year_cut_off(year) - day).days
    if days == 0:
        return format_html(_("Year {year}: {late}, figures close today"), year=year, late=late)
    told = ngettext(
        "Year {year}: {late}, {days} day until figures close",
        "Year {year}: {late}, {days} days until figures close",
        days,
    )
    return format_html(told, year=year, late=late, days=days)


def _lateness(standings: tuple[Standing, Standing]) -> SafeString:
    """Say how many indicators and tasks are late; each number opens its list."""
    indicators, tasks = (standing.late for standing in standings)
    named = []
    if indicators.count:
        told = ngettext("{number} indicator", "{number} indicators", indicators.count)
        named.append(_opening(indicators, told))
    if tasks.count:
        told = ngettext("{number} task", "{number} tasks", tasks.count)
        named.append(_opening(tasks, told))
    if not named:
        return format_html("{}", _("nothing is late"))
    what = named[0]
    if len(named) > 1:
        what = format_html(_("{first} and {second}"), first=named[0], second=named[1])
    missed = any(standing.count_of(Status.NOT_MET) for standing in standings)
    told = _("{what} behind or not met") if missed else _("{what} behind")
    return format_html(told, what=what)


def _opening(tally: Tally, told: str) -> SafeString:
    """The words as a link to the list of exactly those."""
    words = told.format(number=tally.count)
    return format_html('<a href="{}">{}</a>', tally.url, words)
