"""Reading the plan: what is in force at a day, and what is unclear where."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Case, F, OuterRef, Prefetch, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from programs.models import (
    Indicator,
    MeasureChoice,
    Objective,
    Phase,
    Plan,
    ReadingDecision,
    Responsibility,
    Target,
    Task,
    TaskAssignment,
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
    ordered = decisions_by(plan, day).values_list("issue__code", "reading__key")
    return found | dict(ordered)


def decisions_by(plan: Plan, day: dt.date) -> QuerySet[ReadingDecision]:
    """Return the decisions on readings in force by the day, the last of each passage last."""
    decided = ReadingDecision.objects.standing().filter(issue__plan=plan, valid_from__lte=day)
    return decided.order_by("valid_from", "pk")


def with_standing(rows: QuerySet[ModelT]) -> QuerySet[ModelT]:
    """Join what counts of each row: ``standing_targets`` and ``standing_choices`` of measures."""
    targets = Target.objects.standing().select_related("instrument")
    choices = MeasureChoice.objects.standing()
    # The models declare the attributes, so that readers of a single record know them.
    joined = rows.prefetch_related(
        Prefetch("targets", targets, to_attr="standing_targets")  # type: ignore[no-redef]
    )
    return joined.prefetch_related(
        Prefetch("measure_choices", choices, to_attr="standing_choices")  # type: ignore[no-redef]
    )


def measure_in_force(subject: Indicator | Task, day: dt.date) -> tuple[str, dict[str, Any]]:
    """Return the key and parameters of the measure by which a figure is computed at a day.

    The last choice in force by the day; without one, the measure that the plan's file names.
    """
    begun = [one for one in subject.standing_choices if one.valid_from <= day]
    last = max(begun, key=lambda one: one.valid_from, default=subject)
    return last.measure_key, last.measure_parameters


def assignment_in_force(task: Task, day: dt.date) -> TaskAssignment | None:
    """Return the assignment that holds on the day; without one, those whom the plan names lead."""
    rows = task.assignments.standing().filter(valid_from__lte=day).order_by("-valid_from")
    return rows.select_related("lead", "instrument").prefetch_related("coordinating").first()


def planned(subject: Indicator | Task, target: Target | None) -> Decimal | int | None:
    """Return what is to be reached: the target in force, else a task's quantity in the plan."""
    if target:
        return target.low
    return subject.quantity if isinstance(subject, Task) else None


def planned_on(task: Task, day: dt.date) -> Decimal | int | None:
    """Return what a task is to give, as it is in force on the day."""
    known = with_standing(Task.objects.filter(pk=task.pk)).get()
    return planned(task, target_in_force(known.standing_targets, day))


def with_lead(tasks: QuerySet[Task], day: dt.date) -> QuerySet[Task]:
    """Join the name of who leads each task on the day as ``lead_at``: assigned, or as planned."""
    shown = Case(When(lead__short_name="", then=F("lead__name")), default=F("lead__short_name"))
    begun = TaskAssignment.objects.standing().filter(task=OuterRef("pk"), valid_from__lte=day)
    assigned = begun.order_by("-valid_from").values(shown=shown)[:1]
    return tasks.annotate(lead_at=Coalesce(Subquery(assigned), shown))  # type: ignore[no-redef]


def owner_of(plan: Plan) -> str:
    """Return who answers for the plan as a whole: the first that section IV names, or its issuer.

    The objectives of a plan name nobody, and no task names the objective that it serves.
    """
    first = Responsibility.objects.of_plan(plan).prefetch_related("organisations").first()
    named = [one.shown_name for one in first.organisations.all()] if first else []
    return ", ".join(named) or plan.issuer


def indicators_of(user: User, plan: Plan) -> QuerySet[Indicator]:
    """Return the indicators of a plan with their phases, objectives and standing targets."""
    rows = Indicator.objects.visible_to(user).of_plan(plan)
    return with_standing(rows.select_related("plan", "phase", "objective"))


def tasks_of(user: User, plan: Plan) -> QuerySet[Task]:
    """Return the tasks of a plan with their phases, groups and lead organisations."""
    rows = Task.objects.visible_to(user).of_plan(plan)
    return rows.select_related("plan", "phase", "group", "lead")


def objectives_of(user: User, plan: Plan) -> QuerySet[Objective]:
    """Return the objectives of a plan with their indicators and standing targets."""
    rows = Objective.objects.visible_to(user).of_plan(plan).select_related("plan", "phase")
    return rows.prefetch_related(Prefetch("indicators", indicators_of(user, plan)))


class IssuesByPlace:
    """The unclear passages of a plan, each with its decision in force on a day, by what it touches.

    ``day`` is today unless the page shows another one.
    """

    def __init__(self, user: User, plan: Plan, day: dt.date | None = None) -> None:
        self._by_code: dict[str, list[TextIssue]] = defaultdict(list)
        rows = TextIssue.objects.visible_to(user).of_plan(plan).select_related("plan")
        decided = decisions_by(plan, day or timezone.localdate())
        last = decided.filter(issue=OuterRef("pk")).reverse().values("pk")[:1]
        rows = rows.annotate(decided=Subquery(last))  # type: ignore[no-redef]
        self.all = list(rows.prefetch_related("places", "readings"))
        if keys := [issue.decided for issue in self.all if issue.decided]:
            found = decided.select_related("reading", "instrument").in_bulk(keys)
            for issue in self.all:
                issue.decision = found.get(issue.decided)
        for issue in self.all:
            for place in issue.places.all():
                self._by_code[place.code].append(issue)

    def at(self, *codes: str) -> list[TextIssue]:
        """Return the passages that touch any of these parts, each once, in order."""
        found = {issue.pk: issue for code in codes for issue in self._by_code.get(code, ())}
        return sorted(found.values(), key=lambda issue: issue.position)
