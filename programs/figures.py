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
from programs.counting import Counts, counts_of
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

    The number of statements depends on the number of subjects only, and figures about the same
    records are counted together.
    """
    phases = list(plan.phases.all())
    readings = readings_in_force(plan, at)
    asked = [_ask(plan, phases, readings, subject, at) for subject in subjects]
    return {figure.subject.code: figure for figure in _figures(asked)}


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
    asked = []
    for day in sorted({day for day in days if day < at} | {at}):
        readings = readings_in_force(plan, day)
        asked += [
            _ask(plan, phases, readings, subject, day)
            for subject in loaded
            if day == at or subject.phase.runs_on(day)
        ]
    found: dict[str, list[Figure]] = {subject.code: [] for subject in loaded}
    for figure in _figures(asked):
        earlier = found[figure.subject.code]
        if earlier and earlier[-1].day == figure.day:
            # Evaluated at the same day, judged at a later one.
            earlier.pop()
        earlier.append(figure)
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A figure that is asked for, before anything is counted; ``reading`` is the one in force."""

    subject: Indicator | Task
    at: dt.date
    day: dt.date
    target: Target | None
    computation: Computation | None
    reading: str = ""
    reason: str = ""


def _ask(
    plan: Plan,
    phases: list[Phase],
    readings: Mapping[str, str],
    subject: Indicator | Task,
    at: dt.date,
) -> _Asked:
    """Find out how a figure is computed. ``readings`` holds the one in force of each passage."""
    phase = subject.phase
    target = target_in_force(subject.standing_targets, at)
    day = min(at, phase.window.last)
    if at < phase.window.first:
        begins = phase.window.first.strftime("%d/%m/%Y")
        told = _("The phase begins on %(day)s.") % {"day": begins}
        return _Asked(subject, at, day, target, None, reason=told)
    key, parameters = measure_in_force(subject, at)
    measure = measures.get(key)
    if measure is None:
        told = _("The portal does not compute this yet.")
        return _Asked(subject, at, day, target, None, reason=told)
    computation = measure.compute(Scope(plan, phase, phases, day, parameters, subject.code))
    reading = readings.get(parameters.get("issue", ""), "")
    return _Asked(subject, at, day, target, computation, computation.reading(reading).key)


def _figures(asked: Iterable[_Asked]) -> list[Figure]:
    """Return the figures asked for, counted together."""
    loaded = list(asked)
    counts = iter(counts_of([one.computation for one in loaded if one.computation]))
    return [
        _figure(one, one.computation, next(counts)) if one.computation else _without(one)
        for one in loaded
    ]


def _figure(asked: _Asked, computation: Computation, counts: Counts) -> Figure:
    values = {key: _value(computation.formula, key, *found) for key, found in counts.items()}
    official = values.pop(asked.reading)
    status, note = _judge(asked.subject, asked.target, official.value, asked.at, asked.day)
    return Figure(
        subject=asked.subject,
        at=asked.at,
        day=asked.day,
        official=official,
        second=next(iter(values.values()), None),
        target=asked.target,
        status=status,
        reason=note if official.value is not None else str(computation.missing),
        evidence=_evidence(computation, official),
        computation=computation,
    )


def _without(asked: _Asked) -> Figure:
    return Figure(
        subject=asked.subject,
        at=asked.at,
        day=asked.day,
        official=NOTHING,
        second=None,
        target=asked.target,
        status=Status.NO_DATA,
        reason=asked.reason,
        evidence=0,
        computation=None,
    )


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
