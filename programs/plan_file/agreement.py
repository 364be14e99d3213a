"""What must agree inside a plan file beyond the shape of its fields."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from django.utils.translation import gettext as _

from core.numbers import format_number
from programs.choices import SECTIONS
from programs.plan_file.schema import ItemPart, PlanFile, Sums, TaskPart

Place = tuple[str | int, ...]
Fault = tuple[Place, str]


def disagreements(plan: PlanFile) -> Iterator[Fault]:
    """Yield every place where the file contradicts itself, with a sentence for people."""
    yield from _phases(plan)
    yield from _codes(plan)
    yield from _references(plan)
    yield from _units(plan)
    yield from _targets(plan)
    yield from _sums(plan)


def coded_places(plan: PlanFile) -> Iterator[tuple[Place, str, str]]:
    """Yield place, kind and code of every coded part."""
    for index, phase in enumerate(plan.phases):
        yield ("phases", index), "phase", phase.code
    for index, objective in enumerate(plan.objectives):
        yield ("objectives", index), "objective", objective.code
    for place, item in item_places(plan.items, ("items",)):
        yield place, "item", item.code
    for p, phase_part in enumerate(plan.appendix.phases):
        for g, group in enumerate(phase_part.groups):
            yield ("appendix", "phases", p, "groups", g), "group", group.code
    for place, task in task_places(plan):
        yield place, "task", task.code
    for index, responsibility in enumerate(plan.responsibilities):
        yield ("responsibilities", index), "responsibility", responsibility.code
    for index, indicator in enumerate(plan.indicators):
        yield ("indicators", index), "indicator", indicator.code
    for index, issue in enumerate(plan.text_issues):
        yield ("text_issues", index), "text_issue", issue.code


def item_places(items: Iterable[ItemPart], below: Place) -> Iterator[tuple[Place, ItemPart]]:
    """Yield every item of section II with its place, parents before what stands under them."""
    for index, item in enumerate(items):
        place = (*below, index)
        yield place, item
        yield from item_places(item.items, (*place, "items"))


def task_places(plan: PlanFile) -> Iterator[tuple[Place, TaskPart]]:
    """Yield every row of the appendix with its place."""
    for p, phase in enumerate(plan.appendix.phases):
        for g, group in enumerate(phase.groups):
            for t, task in enumerate(group.tasks):
                yield ("appendix", "phases", p, "groups", g, "tasks", t), task


def _phases(plan: PlanFile) -> Iterator[Fault]:
    for index, phase in enumerate(plan.phases):
        if phase.last_year < phase.first_year:
            yield ("phases", index, "to"), _("the phase ends before it begins.")
        for other in plan.phases[:index]:
            if phase.first_year <= other.last_year and other.first_year <= phase.last_year:
                told = _("the years of phase %(one)s overlap with those of phase %(other)s.")
                yield ("phases", index), told % {"one": phase.code, "other": other.code}


def _codes(plan: PlanFile) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, _kind, code in coded_places(plan):
        if code in seen:
            told = _("the code %(code)s is used twice; every code names one part.")
            yield (*place, "code"), told % {"code": code}
        seen.add(code)
    for field in ("organisations", "instruments"):
        known: set[str] = set()
        for index, part in enumerate(getattr(plan, field)):
            name = part.code if field == "organisations" else part.number
            if name in known:
                told = _("the code %(code)s is used twice; every code names one part.")
                yield (field, index), told % {"code": name}
            known.add(name)


def _references(plan: PlanFile) -> Iterator[Fault]:
    codes = _Codes(plan)
    for place, code, known in chain(
        _named_in_text(plan, codes), _named_in_appendix(plan, codes), _named_in_targets(plan, codes)
    ):
        if code is not None and code not in known:
            told = _("“%(code)s” is named here but is not in the file.")
            yield place, told % {"code": code}
    for place, item in item_places(plan.items, ("items",)):
        if (item.heading is None) == (item.text is None):
            yield place, _("an item has either a heading or a text.")


class _Codes:
    """The codes of a file by what they name."""

    def __init__(self, plan: PlanFile) -> None:
        kinds: dict[str, set[str]] = defaultdict(set)
        for _place, kind, code in coded_places(plan):
            kinds[kind].add(code)
        self.phases, self.tasks, self.objectives = kinds["phase"], kinds["task"], kinds["objective"]
        self.organisations = {organisation.code for organisation in plan.organisations}
        self.instruments = {part.number for part in plan.instruments} | {plan.plan.number}
        self.anything = set(SECTIONS).union(*kinds.values())


# The place where a code is named, the code, and the codes that may stand there.
Named = tuple[Place, str | None, set[str]]


def _named_in_text(plan: PlanFile, codes: _Codes) -> Iterator[Named]:
    for index, objective in enumerate(plan.objectives):
        yield ("objectives", index, "phase"), objective.phase, codes.phases
    for place, item in item_places(plan.items, ("items",)):
        for n, code in enumerate(item.tasks):
            yield (*place, "tasks", n), code, codes.tasks
    for index, clause in enumerate(plan.responsibilities):
        for n, code in enumerate(clause.organisations):
            yield ("responsibilities", index, "organisations", n), code, codes.organisations
    for index, issue in enumerate(plan.text_issues):
        for n, code in enumerate(issue.places):
            yield ("text_issues", index, "places", n), code, codes.anything


def _named_in_appendix(plan: PlanFile, codes: _Codes) -> Iterator[Named]:
    for index, funding in enumerate(plan.funding.phases):
        yield ("funding", "phases", index, "phase"), funding.phase, codes.phases
    yield ("appendix", "defaults", "lead"), plan.appendix.defaults.lead, codes.organisations
    for index, part in enumerate(plan.appendix.phases):
        yield ("appendix", "phases", index, "phase"), part.phase, codes.phases
    for place, task in task_places(plan):
        yield (*place, "lead"), task.lead, codes.organisations
        for n, code in enumerate(task.coordinating):
            yield (*place, "coordinating", n), code, codes.organisations


def _named_in_targets(plan: PlanFile, codes: _Codes) -> Iterator[Named]:
    for index, indicator in enumerate(plan.indicators):
        place: Place = ("indicators", index)
        yield (*place, "objective"), indicator.objective, codes.objectives
        yield (*place, "phase"), indicator.phase, codes.phases
        for n, target in enumerate(indicator.targets):
            yield (*place, "targets", n, "instrument"), target.instrument, codes.instruments


def _units(plan: PlanFile) -> Iterator[Fault]:
    units: list[tuple[Place, str | None]] = [
        ((*place, "unit"), item.unit) for place, item in item_places(plan.items, ("items",))
    ]
    for place, task in task_places(plan):
        units.append(((*place, "unit"), task.unit))
        if task.quantity is not None and task.unit is None:
            yield place, _("a quantity needs a unit.")
    units.extend((("indicators", n, "unit"), part.unit) for n, part in enumerate(plan.indicators))
    for place, unit in units:
        if unit is not None and unit not in plan.units:
            told = _("the unit “%(unit)s” is not known; known are: %(units)s.")
            yield place, told % {"unit": unit, "units": ", ".join(plan.units)}


def _targets(plan: PlanFile) -> Iterator[Fault]:
    years = {phase.code: range(phase.first_year, phase.last_year + 1) for phase in plan.phases}
    for index, indicator in enumerate(plan.indicators):
        place: Place = ("indicators", index)
        if (indicator.comparator == "none") == bool(indicator.targets):
            yield place, _("an indicator has targets unless its comparator is none.")
        for n, target in enumerate(indicator.targets):
            below = (*place, "targets", n)
            if (indicator.comparator == "between") != (target.high is not None):
                yield (
                    below,
                    _("the upper end “high” goes with the comparator between, and only it."),
                )
            elif target.high is not None and target.high < target.low:
                yield below, _("the upper end of the target is below its lower end.")
            for field in ("due", "year"):
                year = getattr(target, field)
                if year is not None and year not in years.get(indicator.phase, (year,)):
                    told = _("the year %(year)s lies outside the phase of the indicator.")
                    yield (*below, field), told % {"year": year}


def _sums(plan: PlanFile) -> Iterator[Fault]:
    yield from _whole(plan, ("funding",), plan.funding)
    yield from _whole(plan, ("appendix",), plan.appendix)
    yield from _added(("appendix",), plan.appendix, plan.appendix.phases)
    yield from _added(("funding",), plan.funding, plan.funding.phases)
    stated = {part.phase: part for part in plan.funding.phases}
    for n, part in enumerate(plan.funding.phases):
        yield from _whole(plan, ("funding", "phases", n), part)
    for p, phase in enumerate(plan.appendix.phases):
        place: Place = ("appendix", "phases", p)
        yield from _whole(plan, place, phase)
        yield from _added(place, phase, phase.groups)
        if phase.phase in stated:
            yield from _added(place, phase, [stated[phase.phase]])
        for g, group in enumerate(phase.groups):
            below = (*place, "groups", g)
            yield from _whole(plan, below, group)
            yield from _added(below, group, group.tasks)
            for t, task in enumerate(group.tasks):
                yield from _whole(plan, (*below, "tasks", t), task)


def _whole(plan: PlanFile, place: Place, sums: Sums) -> Iterator[Fault]:
    if sums.total != sums.state + sums.enterprise:
        told = _("the total %(total)s is not state %(state)s + enterprise %(enterprise)s.")
        yield (
            place,
            told
            % {
                "total": format_number(sums.total),
                "state": format_number(sums.state),
                "enterprise": format_number(sums.enterprise),
            },
        )
    for field in ("total", "state", "enterprise"):
        amount: Decimal = getattr(sums, field) * plan.vnd_per_unit
        if amount != amount.to_integral_value():
            yield (*place, field), _("the amount does not come to whole đồng.")


def _added(place: Place, sums: Sums, parts: Iterable[Sums]) -> Iterator[Fault]:
    parts = list(parts)
    for field in ("total", "state", "enterprise"):
        added = sum((getattr(part, field) for part in parts), Decimal(0))
        stated = getattr(sums, field)
        if added != stated:
            told = _("%(stated)s is stated here, but its parts come to %(added)s.")
            values = {"stated": format_number(stated), "added": format_number(added)}
            yield (*place, field), told % values
