"""The money of a plan file: one budget line for each row of the appendix."""

from budgets.models import BudgetLine
from programs.models import Task
from programs.plan_file.schema import PlanFile
from programs.plan_sync import PlanSync


def load(sync: PlanSync, plan_file: PlanFile) -> None:
    """Bring the budget lines into step with the appendix (stored in VND)."""
    tasks = {task.code: task for task in Task.objects.filter(plan=sync.plan)}
    wanted = {
        part.code: {
            "task": tasks[part.code],
            "state": plan_file.vnd(part.state),
            "enterprise": plan_file.vnd(part.enterprise),
        }
        for part in plan_file.tasks
    }
    lines = BudgetLine.objects.filter(task__plan=sync.plan).select_related("task")
    sync.rows(lines, wanted, key="task.code")
