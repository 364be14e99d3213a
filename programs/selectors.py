"""Reading the plan: what is in force at a day, and what is unclear where."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from programs.models import (
    Indicator,
    Objective,
    Phase,
    Plan,
    ReadingDecision,
    Target,
    Task,
    TextIssue,
    TextIssueReading,
)

ModelT = TypeVar("ModelT", Indicator, Task)


def plan_in_view(user: User) -> Plan | None:
    """Return the plan on which work goes on, if the person may see it."""
    return Plan.objects.visible_to(user).current()


def phase_running(plan: Plan, day: dt.date) -> Phase | None:
    """Return the phase in whose reporting days the day lies."""
    return next((phase for phase in plan.phases.all() if phase.runs_on(day)), None)


def target_in_force(targets: Iterable[Target], day: dt.date) -> Target | None:
    """Return the target that holds on the day: the one in force last, the first to come if none.

    ``targets`` are the standing ones of one subject.
    """
    ordered = sorted(targets, key=lambda target: (target.valid_from, target.pk))
    begun = [target for target in ordered if target.valid_from <= day]
    return begun[-1] if begun else next(iter(ordered), None)


def readings_in_force(plan: Plan, day: dt.date) -> dict[str, str]:
    """Return the key of the reading that counts on the day, by the code of the passage.

    The last decision in force by the day counts; without one, the first reading of the passage.
    """
    first = TextIssueReading.objects.filter(issue__plan=plan).order_by("issue", "-position")
    found = dict(first.values_list("issue__code", "key"))
    decided = ReadingDecision.objects.standing().filter(issue__plan=plan, valid_from__lte=day)
    ordered = decided.order_by("valid_from", "pk").values_list("issue__code", "reading__key")
    return found | dict(ordered)


def with_standing_targets(rows: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """Join the standing targets and the documents behind them as ``standing_targets``."""
    targets = Target.objects.standing().select_related("instrument")
    joined = Prefetch("targets", targets, to_attr="standing_targets")
    # The models declare the attribute, so that readers of a single record know it.
    return rows.prefetch_related(joined)  # type: ignore[no-redef]


def indicators_of(user: User, plan: Plan) -> QuerySet[Indicator]:
    """Return the indicators of a plan with their phases, objectives and standing targets."""
    rows = Indicator.objects.visible_to(user).of_plan(plan)
    return with_standing_targets(rows.select_related("plan", "phase", "objective"))


def tasks_of(user: User, plan: Plan) -> QuerySet[Task]:
    """Return the tasks of a plan with their phases, groups and lead organisations."""
    rows = Task.objects.visible_to(user).of_plan(plan)
    return rows.select_related("plan", "phase", "group", "lead")


def objectives_of(user: User, plan: Plan) -> QuerySet[Objective]:
    """Return the objectives of a plan with their indicators and standing targets."""
    rows = Objective.objects.visible_to(user).of_plan(plan).select_related("plan", "phase")
    return rows.prefetch_related(Prefetch("indicators", indicators_of(user, plan)))


class IssuesByPlace:
    """The unclear passages of a plan, asked for by the code of what they touch."""

    def __init__(self, user: User, plan: Plan) -> None:
        self._by_code: dict[str, list[TextIssue]] = defaultdict(list)
        rows = TextIssue.objects.visible_to(user).of_plan(plan).select_related("plan")
        self.all = list(rows.prefetch_related("places", "readings"))
        for issue in self.all:
            for place in issue.places.all():
                self._by_code[place.code].append(issue)

    def at(self, *codes: str) -> list[TextIssue]:
        """Return the passages that touch any of these parts, each once, in order."""
        found = {issue.pk: issue for code in codes for issue in self._by_code.get(code, ())}
        return sorted(found.values(), key=lambda issue: issue.position)
