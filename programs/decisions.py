"""The kinds of decision that staff enter about a plan, and how each is told in words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from programs import measures
from programs.models import (
    Indicator,
    MeasureChoice,
    Plan,
    ReadingDecision,
    Target,
    Task,
    TaskAssignment,
    TextIssue,
)
from programs.models.decided import Decided, DecidedQuerySet

Subject = Indicator | Task | TextIssue


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of decision: its address, its rows, what it is about, and what is typed.

    ``instrument`` says whether a document has to be named. ``told`` is the row in one line.
    """

    slug: str
    label: str | Promise
    title: str | Promise
    model: type[Any]
    subjects: tuple[type[Any], ...]
    fields: tuple[str, ...]
    instrument: bool
    told: Callable[[Any], str]

    def subject_of(self, row: Any) -> Subject:
        """Return what a row is about."""
        found: Subject = next(
            subject for one in self.subjects if (subject := getattr(row, _name(one), None))
        )
        return found

    def about(self, subject: Subject) -> dict[str, Subject]:
        """Return the field by which rows name this subject."""
        return {_name(type(subject)): subject}

    def rows(self, user: User, plan: Plan) -> "DecidedQuerySet[Any]":
        """Return the rows of a plan with what is needed to tell them."""
        names = [_name(one) for one in self.subjects]
        of_plan = Q()
        for name in names:
            of_plan |= Q(**{f"{name}__plan": plan})
        visible: DecidedQuerySet[Any] = self.model.objects.visible_to(user).filter(of_plan)
        paths = [*names, *(f"{name}__plan" for name in names), "instrument"]
        paths += ["recorded_by", "approved_by", "returned_by"]
        return visible.select_related(*paths)


def _name(model: type[Any]) -> str:
    return {Indicator: "indicator", Task: "task", TextIssue: "issue"}[model]


def _told_target(row: Target) -> str:
    comparator = getattr(row.indicator, "comparator", "") or "equal"
    subject = row.indicator or row.task
    unit = subject.unit if subject else ""
    due = _(", to be reached by %(year)d") % {"year": row.due_year} if row.due_year else ""
    return f"{row.shown(comparator)} {unit}{due}".strip()


def _told_reading(row: ReadingDecision) -> str:
    return row.reading.text


def _told_assignment(row: TaskAssignment) -> str:
    parts = [_("lead unit: %(name)s") % {"name": row.lead.shown_name}]
    if names := [one.shown_name for one in row.coordinating.all()]:
        parts.append(_("with: %(names)s") % {"names": ", ".join(names)})
    if row.starts_on or row.ends_on:
        first, last = (f"{day:%d/%m/%Y}" if day else "…" for day in (row.starts_on, row.ends_on))
        parts.append(f"{first} – {last}")
    return "; ".join(parts)


def _told_measure(row: MeasureChoice) -> str:
    subject = row.indicator or row.task
    parts = [measure_label(row.measure_key)]
    if subject:
        parts += parameter_words(subject.plan, row.measure_key, row.measure_parameters)
    return "; ".join(parts)


def measure_label(key: str) -> str:
    """Return what people call a measure."""
    measure = measures.get(key)
    return str(measure.label) if measure else _("not computed by the portal yet")


def parameter_words(plan: Plan, key: str, parameters: dict[str, Any]) -> Iterator[str]:
    """Tell each parameter of a measure with its value in words."""
    measure = measures.get(key)
    for parameter in measure.parameters if measure else ():
        if (value := parameters.get(parameter.name)) in (None, "", []):
            continue
        options = dict(parameter.options(plan)) if parameter.options else {}
        values = value if isinstance(value, list) else [value]
        words = ", ".join(str(options.get(one, one)) for one in values)
        yield f"{parameter.label}: {words}"


TARGET = Kind(
    "chi-tieu",
    gettext_lazy("Target"),
    gettext_lazy("Amend the target of %(code)s"),
    Target,
    (Indicator, Task),
    ("low", "high", "due_year", "valid_from", "note"),
    instrument=True,
    told=_told_target,
)
READING = Kind(
    "cach-hieu",
    gettext_lazy("Reading"),
    gettext_lazy("Choose how %(code)s is read"),
    ReadingDecision,
    (TextIssue,),
    ("reading", "valid_from", "note"),
    instrument=True,
    told=_told_reading,
)
ASSIGNMENT = Kind(
    "phan-cong",
    gettext_lazy("Assignment"),
    gettext_lazy("Assign the task %(code)s"),
    TaskAssignment,
    (Task,),
    ("lead", "coordinating", "starts_on", "ends_on", "valid_from", "note"),
    instrument=False,
    told=_told_assignment,
)
MEASURE = Kind(
    "cach-tinh",
    gettext_lazy("Measure"),
    gettext_lazy("Choose how %(code)s is computed"),
    MeasureChoice,
    (Indicator, Task),
    ("measure_key", "measure_parameters", "valid_from", "note"),
    instrument=False,
    told=_told_measure,
)
KINDS = {kind.slug: kind for kind in (TARGET, READING, ASSIGNMENT, MEASURE)}


def kind_of(row: Decided) -> Kind:
    """Return the kind of a row."""
    return next(kind for kind in KINDS.values() if isinstance(row, kind.model))
