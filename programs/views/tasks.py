"""The tasks of the appendix."""

from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.days import day_asked
from core.lists import list_page
from core.registers import panels
from programs import policies
from programs.decisions import ASSIGNMENT, MEASURE, TARGET, measure_label, parameter_words
from programs.figures import figures_at
from programs.filters import TaskFilter
from programs.models import PlanItem, Task
from programs.proposals import Proposal, proposals_of
from programs.selectors import (
    assignment_in_force,
    measure_in_force,
    tasks_of,
    with_lead,
    with_standing,
)
from programs.tables import (
    CHIPS,
    TaskTable,
    quantity_of,
    shown_plan,
    shown_value,
    target_due,
    value_link,
)
from programs.views.evidence import lists_behind
from programs.views.plans import plan_context


@require_safe
def task_list(request: UserRequest, plan_code: str) -> HttpResponseBase:
    """List the tasks of a plan: what is planned and done as at a day."""
    day, _form = day_asked(request)
    context = plan_context(request, plan_code, day)
    plan = context["plan"]
    tasks = with_lead(tasks_of(request.user, plan), day)
    figures = figures_at(plan, with_standing(tasks), day)
    return list_page(
        request,
        queryset=tasks,
        filter_class=partial(TaskFilter, plan=plan, figures=figures),
        table_class=TaskTable,
        template="programs/task_list.html",
        export_name="nhiem-vu",
        context={**context, "day": day},
        table_options={"all_issues": context["issues"], "figures": figures},
    )


@require_safe
def task_detail(request: UserRequest, plan_code: str, code: str) -> HttpResponse:
    """Show one task: its words, who leads it, what it is to give, and what upper rooms know."""
    day, form = day_asked(request)
    context = plan_context(request, plan_code, day)
    rows = with_standing(tasks_of(request.user, context["plan"]))
    task = get_object_or_404(rows.prefetch_related("coordinating"), code=code)
    items = PlanItem.objects.visible_to(request.user).filter(tasks=task).select_related("plan")
    siblings = tasks_of(request.user, context["plan"]).filter(key=task.key).exclude(pk=task.pk)
    figure = figures_at(context["plan"], [task], day)[task.code]
    key, parameters = measure_in_force(task, day)
    context |= {
        "task": task,
        "quantity": quantity_of(task),
        "figure": figure,
        "planned": shown_plan(figure),
        "done": value_link(figure),
        "value": shown_value(figure),
        "chip": CHIPS.get(figure.status) if figure.status else None,
        "due": target_due(figure.target),
        "lists": lists_behind(figure),
        "corrected": figure.computation.corrected_after(day) if figure.computation else 0,
        "day": day,
        "day_form": form,
        "assignment": assignment_in_force(task, day),
        "waiting": _waiting(request, task),
        "measure": measure_label(key),
        "parameters": list(parameter_words(context["plan"], key, parameters)),
        "propose": policies.can_propose(request.user),
        "items": items,
        "siblings": siblings,
        "task_issues": context["issues"].at(task.code, task.group.code, *(i.code for i in items)),
        "result_panels": panels.render("task_result", request, task),
        "panels": panels.render("task", request, task),
    }
    return render(request, "programs/task_detail.html", context)


def _waiting(request: UserRequest, task: Task) -> list[Proposal]:
    """What was entered about the task and waits for a second person."""
    found = proposals_of(request.user, task.plan, [TARGET, ASSIGNMENT, MEASURE])
    return [one for one in found if one.row.is_proposed and one.subject == task]
