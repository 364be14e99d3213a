"""How a plan stands as at a day: how many figures stand how, what is late, and whose it is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from core.charts import Segment, stacked_bar
from core.days import PARAMETER
from programs.choices import Comparator
from programs.evidence import listing_of
from programs.figure_links import AMONG, COUNTED, evidence_url, page_url
from programs.figures import LATE, Figure, Status
from programs.filters import BEHIND_OR_NOT_MET, UNJUDGED, WORDS
from programs.measures import Formula
from programs.models import Indicator, Phase, Plan, Task, TaskGroup
from programs.tables import (
    CHIPS,
    shown_plan,
    shown_target,
    status_chip,
    target_due,
    value_link,
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many figures stand one way, and the list that holds exactly those."""

    word: str
    label: str | Promise
    chip: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the indicators or the tasks of a phase stand: every way, all of them, the late ones."""

    tallies: list[Tally]
    total: Tally
    late: Tally

    @property
    def told(self) -> list[Tally]:
        """The ways in which any of them stand."""
        return [one for one in self.tallies if one.count]

    def count_of(self, status: Status) -> int:
        """How many stand so."""
        return sum(one.count for one in self.tallies if one.word == status.value)

    @property
    def bar(self) -> list[Segment]:
        """The ways as the lengths of a bar."""
        return stacked_bar([(one.word, one.count) for one in self.tallies])


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator or a task on the overview: what is planned, what is done, and who leads."""

    figure: Figure
    name: str
    planned: str
    due: str
    lead: str

    @property
    def code(self) -> str:
        """The code in the plan."""
        return self.figure.subject.code

    @property
    def url(self) -> str:
        """Its page as at the day."""
        return page_url(self.figure)

    @property
    def value(self) -> SafeString | str:
        """The value as a link to the records behind it; nothing without a figure."""
        return value_link(self.figure)

    @property
    def unit(self) -> str:
        """What is counted, for a task; an indicator says it with its target."""
        return self.figure.subject.unit if isinstance(self.figure.subject, Task) else ""

    @property
    def made_of(self) -> list[tuple[int, str]]:
        """Numerator and denominator of a share, each with the list of its records."""
        official, computation = self.figure.official, self.figure.computation
        if computation is None or computation.formula != Formula.SHARE:
            return []
        if not official.denominator or listing_of(computation.records) is None:
            return []
        return [
            (official.numerator or 0, evidence_url(self.figure, COUNTED)),
            (official.denominator, evidence_url(self.figure, AMONG)),
        ]

    @property
    def chip(self) -> SafeString | str:
        """The judgement as a shape and a word."""
        return status_chip(self.figure.status)

    @property
    def is_late(self) -> bool:
        """Whether somebody has to act."""
        return self.figure.status in LATE


@dataclass(frozen=True, slots=True)
class GroupOfTasks:
    """A group of the appendix with its tasks and how many of them stand how."""

    group: TaskGroup
    standing: Standing
    lines: list[Line]


def standing_of(plan: Plan, list_name: str, lines: Iterable[Line], **narrowed: str) -> Standing:
    """Return how lines stand that a list of the plan shows when narrowed so."""
    statuses = [line.figure.status for line in lines]

    def tally(word: str, label: str | Promise, chip: str, count: int) -> Tally:
        asked = narrowed | ({"status": word} if word else {})
        url = f"{reverse(list_name, args=[plan.code])}?{urlencode(asked)}"
        return Tally(word, label, chip, count, url)

    tallies = [tally(one.value, one.label, CHIPS[one], statuses.count(one)) for one in Status]
    if without := statuses.count(None):
        tallies.append(tally(UNJUDGED, WORDS[UNJUDGED][0], "none", without))
    late = sum(1 for one in statuses if one in LATE)
    return Standing(
        tallies=tallies,
        total=tally("", "", "", len(statuses)),
        late=tally(BEHIND_OR_NOT_MET, WORDS[BEHIND_OR_NOT_MET][0], "", late),
    )


def narrowed_to(day: dt.date, phase: Phase | None = None) -> dict[str, str]:
    """Return what a list has to be asked for to show the parts of a phase as at a day."""
    asked = {"phase": phase.code} if phase else {}
    return {**asked, PARAMETER: day.strftime("%d/%m/%Y")}


def indicator_line(figure: Figure, indicator: Indicator, lead: str) -> Line:
    """Return an indicator as a line; ``lead`` answers for it."""
    target = figure.target
    due = target_due(target) if target else ""
    return Line(figure, indicator.name, shown_target(indicator, target), due, lead)


def task_line(figure: Figure, task: Task) -> Line:
    """Return a task as a line; it comes with ``lead_at``."""
    due = target_due(figure.target) if figure.target else ""
    return Line(figure, task.text, shown_plan(figure), due, task.lead_at)


def grouped(
    plan: Plan, tasks: Sequence[Task], lines: Sequence[Line], day: dt.date
) -> Iterable[GroupOfTasks]:
    """Yield the groups of tasks, which stand in the order of the appendix."""
    pairs = zip(tasks, lines, strict=True)
    for group, found in groupby(pairs, key=lambda pair: pair[0].group):
        of_group = [line for _task, line in found]
        standing = standing_of(plan, "task_list", of_group, group=group.code, **narrowed_to(day))
        yield GroupOfTasks(group, standing, of_group)


def late_first(lines: Iterable[Line]) -> list[Line]:
    """Return what is late: not met before behind, the least part of its target first."""
    late = (line for line in lines if line.is_late)
    return sorted(late, key=lambda line: (line.figure.status != Status.NOT_MET, _reached(line)))


def _reached(line: Line) -> Decimal:
    """The part of the target that is reached."""
    figure = line.figure
    if figure.target is None or figure.value is None:
        return Decimal(0)
    parts = figure.value, figure.target.low
    if getattr(figure.subject, "comparator", "") == Comparator.AT_MOST:
        parts = figure.target.low, figure.value
    return parts[0] / parts[1] if parts[1] else Decimal(1)
