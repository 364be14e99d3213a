"""The figures of a plan as at a day: value, target, status, and the records behind them.

How the indicators read the records stands in the measures of each room; how a figure is judged
stands here. A phase that is over is evaluated at its last day; one that has not begun has no
figure.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import Window, reporting_year, year_cut_off, years_window
from programs import measures
from programs.choices import Accumulation, Comparator
from programs.measures import Computation, Formula, Scope
from programs.models import Indicator, Phase, Plan, Target, Task
from programs.selectors import (
    measure_in_force,
    readings_in_force,
    target_in_force,
    with_standing,
)

PLACES = Decimal("0.000001")


class Status(models.TextChoices):
    """How a figure stands against its target at a day."""

    MET = "met", gettext_lazy("met")
    ON_TRACK = "on_track", gettext_lazy("on track")
    BEHIND = "behind", gettext_lazy("behind")
    NOT_MET = "not_met", gettext_lazy("not met")
    NO_DATA = "no_data", gettext_lazy("no data yet")


# What asks for somebody to act.
LATE = (Status.NOT_MET, Status.BEHIND)


@dataclass(frozen=True, slots=True)
class Value:
    """A value under one reading; percentages as numbers (25 means 25%), None without a figure."""

    value: Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    reading: str = ""


NOTHING = Value(None)


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure of an indicator or task as at a day.

    ``day`` is the day it was evaluated at; ``status`` is None where nothing is to be reached.
    ``reason`` says why there is no figure, or what is to be known of it.
    """

    subject: Indicator | Task
    at: dt.date
    day: dt.date
    official: Value
    second: Value | None
    target: Target | None
    status: Status | None
    reason: str
    evidence: int
    computation: Computation | None

    @property
    def value(self) -> Decimal | None:
        """The value under the official reading."""
        return self.official.value


def figures_of_plan(plan: Plan, at: dt.date) -> dict[str, Figure]:
    """Return the figure of every indicator and task of a plan at ``at`` (included), by code."""
    indicators = with_standing(Indicator.objects.of_plan(plan).select_related("phase"))
    tasks = with_standing(Task.objects.of_plan(plan).select_related("phase"))
    return figures_at(plan, [*indicators, *tasks], at)


def figures_at(plan: Plan, subjects: Iterable[Indicator | Task], at: dt.date) -> dict[str, Figure]:
    """Return the figures of some indicators and tasks, loaded with phase and standing targets.

    The number of statements depends on the number of subjects only.
    """
    phases = list(plan.phases.all())
    readings = readings_in_force(plan, at)
    return {subject.code: figure_at(plan, phases, readings, subject, at) for subject in subjects}


def trend_of(plan: Plan, subject: Indicator | Task, at: dt.date) -> list[Figure]:
    """Return the figures of a subject at each half-year cut-off of its phase up to ``at``.

    The last one is that of ``at`` itself, or of the last day of a phase that is over.
    """
    return trends_of(plan, [subject], at, half_years_of(subject.phase, at))[subject.code]


def trends_of(
    plan: Plan, subjects: Iterable[Indicator | Task], at: dt.date, days: Iterable[dt.date]
) -> dict[str, list[Figure]]:
    """Return the figures of subjects at several days of their phases and at ``at``, by code."""
    loaded = list(subjects)
    phases = list(plan.phases.all())
    found: dict[str, list[Figure]] = {subject.code: [] for subject in loaded}
    for day in sorted({day for day in days if day < at} | {at}):
        readings = readings_in_force(plan, day)
        for subject in loaded:
            if day < at and not subject.phase.runs_on(day):
                continue
            figure = figure_at(plan, phases, readings, subject, day)
            if found[subject.code] and found[subject.code][-1].day == figure.day:
                # Evaluated at the same day, judged at a later one.
                found[subject.code].pop()
            found[subject.code].append(figure)
    return found


def half_years_of(phase: Phase, at: dt.date) -> list[dt.date]:
    """Return the cut-offs of the half-years of a phase before ``at``."""
    days = [
        dt.date(year, month, 14)
        for year in range(phase.first_year, phase.last_year + 1)
        for month in (6, 12)
    ]
    return [day for day in days if day < at]


def year_ends_of(plan: Plan, at: dt.date) -> list[dt.date]:
    """Return the yearly cut-offs of a plan before ``at``."""
    years = [(phase.first_year, phase.last_year) for phase in plan.phases.all()]
    first, last = min(first for first, _last in years), max(last for _first, last in years)
    return [day for year in range(first, last + 1) if (day := year_cut_off(year)) < at]


def figure_at(
    plan: Plan,
    phases: list[Phase],
    readings: Mapping[str, str],
    subject: Indicator | Task,
    at: dt.date,
) -> Figure:
    """Return one figure. ``readings`` holds the key of the reading in force of each passage."""
    phase = subject.phase
    target = target_in_force(subject.standing_targets, at)
    day = min(at, phase.window.last)
    if at < phase.window.first:
        begins = phase.window.first.strftime("%d/%m/%Y")
        told = _("The phase begins on %(day)s.") % {"day": begins}
        return _without(subject, at, day, target, told)
    key, parameters = measure_in_force(subject, at)
    measure = measures.get(key)
    if measure is None:
        return _without(subject, at, day, target, _("The portal does not compute this yet."))
    scope = Scope(plan, phase, phases, day, parameters, subject.code)
    computation = measure.compute(scope)
    official, second = _values(computation, readings.get(scope.parameters.get("issue", ""), ""))
    status, note = _judge(subject, target, official.value, at, day)
    reason = note if official.value is not None else str(computation.missing)
    return Figure(
        subject=subject,
        at=at,
        day=day,
        official=official,
        second=second,
        target=target,
        status=status,
        reason=reason,
        evidence=_evidence(computation, official),
        computation=computation,
    )


def _without(
    subject: Indicator | Task, at: dt.date, day: dt.date, target: Target | None, reason: str
) -> Figure:
    return Figure(subject, at, day, NOTHING, None, target, Status.NO_DATA, reason, 0, None)


def _values(computation: Computation, chosen: str) -> tuple[Value, Value | None]:
    """Return the value under the reading in force, and under the other one where there is one."""
    counts = computation.counts()
    values = {key: _value(computation.formula, key, *found) for key, found in counts.items()}
    official = values.pop(computation.reading(chosen).key)
    return official, next(iter(values.values()), None)


def _value(formula: Formula, reading: str, numerator: int, denominator: int) -> Value:
    if formula == Formula.COUNT:
        return Value(Decimal(numerator), numerator, None, reading)
    if formula == Formula.GROWTH:
        numerator -= denominator
    if not denominator:
        return Value(None, numerator, denominator, reading)
    share = (Decimal(100 * numerator) / denominator).quantize(PLACES).normalize()
    # normalize() writes 100 as 1E+2.
    return Value(share + 0, numerator, denominator, reading)


def _evidence(computation: Computation, official: Value) -> int:
    """How many records stand behind the figure: those among which it is counted."""
    match computation.formula:
        case Formula.COUNT:
            return official.numerator or 0
        case Formula.GROWTH:
            return (official.numerator or 0) + 2 * (official.denominator or 0)
        case _:
            return official.denominator or 0


def _judge(
    subject: Indicator | Task,
    target: Target | None,
    value: Decimal | None,
    at: dt.date,
    day: dt.date,
) -> tuple[Status | None, str]:
    """Return how the value stands against its target, and what is to be said of it."""
    if value is None:
        return Status.NO_DATA, ""
    comparator = getattr(subject, "comparator", Comparator.EQUAL)
    if target is None or comparator == Comparator.NONE:
        return None, ""
    if comparator == Comparator.AT_MOST:
        fine = Status.MET if value <= target.low else None
    else:
        fine = Status.MET if value >= target.low else None
    if fine:
        above = target.high is not None and value > target.high
        return fine, _("Above the range, which is no failure.") if above else ""
    course = _course(subject, target, day)
    if at > course.last:
        return Status.NOT_MET, ""
    elapsed = (at - course.first).days
    due = target.low * elapsed / max((course.last - course.first).days, 1)
    return (Status.ON_TRACK if value >= due else Status.BEHIND), ""


def _course(subject: Indicator | Task, target: Target, day: dt.date) -> Window:
    """From when to when the target is to be reached: the year of an annual one, else the phase."""
    if getattr(subject, "accumulation", "") == Accumulation.PER_YEAR:
        year = reporting_year(day)
        return years_window(year, year)
    last = year_cut_off(target.due_year) if target.due_year else subject.phase.window.last
    return Window(subject.phase.window.first, last)
