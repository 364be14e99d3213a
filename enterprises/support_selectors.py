"""Reading support cases: how many stand where on a day, and what the next step lacks."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from core.calendar import Window
from enterprises.choices import SupportAct, SupportStage, SupportState
from enterprises.models import SupportCase
from enterprises.models.support_cases import OUTCOMES, SupportCaseQuerySet, inside, is_at
from enterprises.support_outcomes import options
from programs.models import Phase, Plan, Task

# What is still under way, in the order of the way.
UNDER_WAY = (SupportState.SELECTED, SupportState.AGREED, SupportState.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many distinct enterprises of a task stand where on a day.

    ``accepted`` are those that count as the output of the task: accepted or closed, inside its
    phase. ``outside`` were accepted outside it.
    """

    selected: int = 0
    agreed: int = 0
    in_progress: int = 0
    accepted: int = 0
    outside: int = 0
    cancelled: int = 0


COUNTED = tuple(field.name for field in fields(Standing))


def standing_of(tasks: Iterable[Task], day: dt.date) -> dict[int, Standing]:
    """Return how the cases of tasks stood at the end of the day, by task; one query for all."""
    known = {task.pk: task for task in tasks}
    phases = {task.phase_id: task.phase for task in known.values()}.values()
    cases = SupportCase.objects.known_at(day).filter(task__in=known).order_by()
    rows: Any = cases.values("task").annotate(**_counts(phases, day))
    found = {row["task"]: Standing(**{one: row[one] for one in COUNTED}) for row in rows}
    return {pk: found.get(pk, Standing()) for pk in known}


def standing_of_phase(phase: Phase, day: dt.date) -> Standing:
    """Return how the cases of all tasks of a phase stood; an enterprise of two tasks is one."""
    cases = SupportCase.objects.known_at(day).filter(task__phase=phase).order_by()
    return Standing(**cases.aggregate(**_counts([phase], day)))


def _counts(phases: Iterable[Phase], day: dt.date) -> dict[str, Count]:
    accepted, within = accepted_by(day), inside(phases)
    conditions = {
        "selected": is_at(SupportState.SELECTED, day),
        "agreed": is_at(SupportState.AGREED, day),
        "in_progress": is_at(SupportState.IN_PROGRESS, day),
        "accepted": accepted & within,
        "outside": accepted & ~within,
        "cancelled": is_at(SupportState.CANCELLED, day),
    }
    return {
        name: Count("enterprise", filter=condition, distinct=True)
        for name, condition in conditions.items()
    }


def accepted_by(day: dt.date) -> Q:
    """The condition that a case was accepted by the day, closed since or not."""
    return Q(stage__gte=SupportStage.ACCEPTED, accepted_on__lte=day, cancelled_on__isnull=True)


def enterprises_supported(
    plan: Plan, window: Window, tasks: Iterable[Task] | None = None
) -> Mapping[str, int]:
    """Return how many distinct enterprises had a case accepted in a span of days, and cases.

    Of all support tasks of a plan, or of some; what was accepted outside the phase of its task
    counts nowhere.
    """
    cases = SupportCase.objects.accepted_by(window.last).filter(
        accepted_on__gte=window.first, task__plan=plan
    )
    if tasks is not None:
        cases = cases.filter(task__in=[task.pk for task in tasks])
    counted = cases.inside_phase(plan.phases.all()).order_by()
    return counted.aggregate(
        enterprises=Count("enterprise", distinct=True), cases=Count("pk", distinct=True)
    )


def cases_listed(user: User, day: dt.date) -> SupportCaseQuerySet:
    """Return the cases known on the day that the person sees, with all that a list shows."""
    return (
        SupportCase.objects.visible_to(user)
        .known_at(day)
        .with_state_at(day)
        .select_related("enterprise__area", "task__phase", "task__plan", *OUTCOMES)
        .select_related("declaration__standard", "declaration__product", "tool__tool")
    )


def distinct_enterprises(cases: SupportCaseQuerySet) -> int:
    """Return how many enterprises these cases are of."""
    return cases.order_by().values("enterprise").distinct().count()


def lacking_for_next(case: SupportCase) -> Iterator[str]:
    """Yield what is missing before the next step can be taken, one sentence each."""
    match case.state:
        case SupportState.SELECTED if case.agreement_is_waiting:
            yield _("A programme lead approves or returns the proposed agreement.")
        case SupportState.SELECTED:
            if case.agreement_returned_at:
                yield _("The agreement was returned: mend it and propose it again.")
            else:
                yield _("The agreement: its number, its day and who pays what.")
        case SupportState.AGREED:
            yield _("The day on which the work begins.")
        case SupportState.IN_PROGRESS if case.acceptance_is_waiting:
            yield _("A programme lead approves or returns the proposed acceptance.")
        case SupportState.IN_PROGRESS:
            yield from _lacking_for_acceptance(case)
        case SupportState.ACCEPTED:
            yield from _lacking_of_past(case)
            yield _("The closing, when nothing is left to do.")
        case SupportState.CLOSED:
            yield from _lacking_of_past(case)


def _lacking_for_acceptance(case: SupportCase) -> Iterator[str]:
    if case.acceptance_returned_at:
        yield _("The acceptance was returned: mend it and propose it again.")
    milestones = [one for one in case.milestones.standing() if not one.done_on]
    for one in milestones:
        told = _("The milestone “%(title)s”, due on %(day)s.")
        yield told % {"title": one.title, "day": f"{one.due_on:%d/%m/%Y}"}
    if not any(True for _kind in options(case.enterprise)):
        yield _(
            "An outcome in the register: enter the certificate, the declaration, the tool or the "
            "project on the page of the enterprise."
        )
    yield _("The acceptance record: its number, its day and its outcome.")


def _lacking_of_past(case: SupportCase) -> Iterator[str]:
    if case.accepted_on is None:
        yield _("The day of the acceptance: without it the case counts nowhere.")
    if case.outcome is None:
        yield _("The outcome: this case came from the lists of the Department without one.")


def next_act(case: SupportCase) -> SupportAct | None:
    """Return the step that leads on from where the case stands."""
    match case.state:
        case SupportState.SELECTED:
            waits = case.agreement_is_waiting
            return SupportAct.AGREE if waits else SupportAct.AGREEMENT_PROPOSE
        case SupportState.AGREED:
            return SupportAct.START
        case SupportState.IN_PROGRESS:
            waits = case.acceptance_is_waiting
            return SupportAct.ACCEPT if waits else SupportAct.ACCEPTANCE_PROPOSE
        case SupportState.ACCEPTED:
            return SupportAct.CLOSE
    return None
