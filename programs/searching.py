"""What the search box finds in a plan."""

from collections.abc import Callable, Iterator
from typing import Any

from accounts.models import User
from core.registers.search import Found
from programs.models import (
    Indicator,
    Objective,
    PlanItem,
    Responsibility,
    Task,
    TaskGroup,
    TextIssue,
)

Finder = Callable[[User, str, int], Iterator[Found]]


def _finder(model: Any, found: Callable[[Any], Found]) -> Finder:
    def find(user: User, query: str, limit: int) -> Iterator[Found]:
        rows = model.objects.visible_to(user).matching(query).select_related("plan")
        return (found(row) for row in rows[:limit])

    return find


def _task(task: Task) -> Found:
    return Found(task.code, task.text, task.get_absolute_url(), " ".join(task.also_covers))


def _indicator(indicator: Indicator) -> Found:
    return Found(indicator.code, indicator.name, indicator.get_absolute_url(), indicator.note)


def _objective(objective: Objective) -> Found:
    return Found(objective.code, objective.text, objective.get_absolute_url())


def _item(item: PlanItem) -> Found:
    return Found(item.code, item.text, item.get_absolute_url(), item.lead_in)


def _responsibility(clause: Responsibility) -> Found:
    text = " ".join([clause.lead_in, *clause.duties]).strip()
    return Found(clause.code, clause.unit_text, clause.get_absolute_url(), text)


def _group(group: TaskGroup) -> Found:
    return Found(group.code, group.heading, group.get_absolute_url())


def _issue(issue: TextIssue) -> Found:
    return Found(issue.code, issue.statement, issue.get_absolute_url())


find_tasks = _finder(Task, _task)
find_groups = _finder(TaskGroup, _group)
find_indicators = _finder(Indicator, _indicator)
find_objectives = _finder(Objective, _objective)
find_items = _finder(PlanItem, _item)
find_responsibilities = _finder(Responsibility, _responsibility)
find_issues = _finder(TextIssue, _issue)
