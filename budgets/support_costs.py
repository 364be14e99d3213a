"""What the appendix implies for one enterprise of a support task: a warning, never a ceiling."""

import datetime as dt

from budgets.models import BudgetLine
from programs.models import Task
from programs.selectors import planned_on


def implied_state_money(task: Task, day: dt.date) -> int | None:
    """Return the state money (VND) that the appendix holds for each enterprise of a task.

    The state money of its line divided by what the task is to reach on the day; None where one of
    them is missing.
    """
    line = BudgetLine.objects.filter(task=task).first()
    planned = planned_on(task, day)
    if line is None or not planned:
        return None
    return int(line.state / planned)
