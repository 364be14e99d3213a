"""What the appendix implies for one enterprise of a support task: a warning, never a ceiling."""

import datetime as dt
from decimal import Decimal

from budgets.models import BudgetLine
from programs.models import Task
from programs.selectors import target_in_force, with_standing


def implied_state_money(task: Task, day: dt.date) -> int | None:
    """Return the state money (VND) that the appendix holds for each enterprise of a task.

    The state money of its line divided by what the task is to reach on the day; None where one of
    them is missing.
    """
    line = BudgetLine.objects.filter(task=task).first()
    known = with_standing(Task.objects.filter(pk=task.pk)).get()
    target = target_in_force(known.standing_targets, day)
    planned = target.low if target else Decimal(task.quantity or 0)
    if line is None or not planned:
        return None
    return int(line.state / planned)
