"""The indicators of a plan and their figures as at a day."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.calendar import year_cut_off
from core.charts import LineChart, Point, line_chart
from core.days import day_asked
from core.lists import list_page
from core.numbers import format_figure
from core.registers import panels
from programs import policies
from programs.decisions import measure_label, parameter_words
from programs.evidence import Part, breakdowns_of
from programs.figures import Figure, trend_of, trends_of, year_ends_of
from programs.filters import IndicatorFilter
from programs.models import Indicator, Output, Target
from programs.output_measures import outputs_issued
from programs.selectors import indicators_of, measure_in_force
from programs.tables import CHIPS, IndicatorTable, shown_target, shown_value, target_due
from programs.views.evidence import lists_behind
from programs.views.plans import plan_context


@require_safe
def indicator_list(request: UserRequest, plan_code: str) -> HttpResponseBase:
    """List the indicators of a plan with their figures, targets and judgement as at a day."""
    day, _form = day_asked(request)
    context = plan_context(request, plan_code, day)
    plan = context["plan"]
    indicators = indicators_of(request.user, plan)
    trends = trends_of(plan, indicators, day, year_ends_of(plan, day))
    figures = {code: found[-1] for code, found in trends.items()}
    return list_page(
        request,
        queryset=indicators,
        filter_class=partial(IndicatorFilter, plan=plan, figures=figures),
        table_class=IndicatorTable,
        template="programs/indicator_list.html",
        export_name="chi-tieu",
        context={**context, "day": day},
        table_options={"all_issues": context["issues"], "trends": trends},
    )


@require_safe
def indicator_detail(request: UserRequest, plan_code: str, code: str) -> HttpResponse:
    """Show one indicator as at a day: figure, course, evidence, definition, targets, readings."""
    day, form = day_asked(request)
    context = plan_context(request, plan_code, day)
    rows = indicators_of(request.user, context["plan"])
    indicator = get_object_or_404(rows, code=code)
    key, parameters = measure_in_force(indicator, day)
    trend = trend_of(context["plan"], indicator, day)
    figure = trend[-1]
    context |= {
        "indicator": indicator,
        "figure": figure,
        "value": shown_value(figure),
        "second": _second(figure),
        "chip": CHIPS.get(figure.status) if figure.status else None,
        "day": day,
        "form": form,
        "target_text": shown_target(indicator, figure.target),
        "due": target_due(figure.target),
        "trend": [(one, shown_value(one)) for one in trend],
        "chart": _chart(indicator, trend),
        "lists": lists_behind(figure),
        "breakdowns": _breakdowns(figure),
        "corrected": figure.computation.corrected_after(day) if figure.computation else 0,
        "targets": Target.objects.visible_to(request.user)
        .filter(indicator=indicator, voided_at__isnull=True)
        .select_related("instrument"),
        "measure": measure_label(key),
        "parameters": list(parameter_words(context["plan"], key, parameters)),
        "propose": policies.can_propose(request.user),
        "outputs": _outputs(request, indicator, key, parameters),
        "indicator_issues": context["issues"].at(indicator.code, indicator.objective.code),
        "panels": panels.render("indicator", request, indicator),
    }
    return render(request, "programs/indicator_detail.html", context)


def _breakdowns(figure: Figure) -> list[tuple[str, list[Part]]]:
    if figure.computation is None or figure.value is None:
        return []
    return list(breakdowns_of(figure.computation, figure.official.reading, figure.day))


def _outputs(
    request: UserRequest, indicator: Indicator, key: str, parameters: dict[str, Any]
) -> "QuerySet[Output] | None":
    """The documents that the indicator counts, if it counts its own."""
    counted = key == outputs_issued.__name__ and parameters.get("indicator") == indicator.code
    rows = Output.objects.visible_to(request.user).standing().filter(indicator=indicator)
    return rows if counted else None


def _second(figure: Figure) -> str:
    """The value under the reading that is not in force, with what it is made of."""
    second = figure.second
    if second is None:
        return ""
    if second.value is None:
        return _("no data yet")
    shown = format_figure(second.value, figure.subject.unit)
    return f"{shown} ({second.numerator}/{second.denominator})"


def _chart(indicator: Indicator, trend: list[Figure]) -> LineChart | None:
    """The course of the figure from the start of the phase to the deadline of its target."""
    points = [Point(one.day, one.value) for one in trend if one.value is not None]
    if not points:
        return None
    window, target = indicator.phase.window, trend[-1].target
    due = year_cut_off(target.due_year) if target and target.due_year else None
    return line_chart(
        points,
        first=window.first,
        last=max(due or window.last, points[-1].day),
        label=_sentence(points, indicator.unit),
        target=target.low if target and due else None,
        unit=indicator.unit,
    )


def _sentence(points: Sequence[Point], unit: str) -> str:
    """Say in a sentence what the line shows."""
    first, last = points[0], points[-1]
    told_last = {"last": format_figure(last.value, unit), "last_day": _written(last.day)}
    if len(points) == 1:
        return _("%(last)s on %(last_day)s.") % told_last
    told_first = {"first": format_figure(first.value, unit), "first_day": _written(first.day)}
    return _("From %(first)s on %(first_day)s to %(last)s on %(last_day)s.") % {
        **told_first,
        **told_last,
    }


def _written(day: dt.date) -> str:
    return day.strftime("%d/%m/%Y")
