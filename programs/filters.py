"""The filters of the room ``programs``."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.lists import ListFilter
from programs.choices import Accumulation, TaskKind
from programs.figures import LATE, Figure, Status
from programs.models import Indicator, Phase, Plan, Task, TaskGroup

# What a list may be asked for beside one status: the word, its name, the statuses it holds.
UNJUDGED, BEHIND_OR_NOT_MET = "unjudged", "late"
WORDS: dict[str, tuple[Promise, tuple[Status | None, ...]]] = {
    UNJUDGED: (_("nothing to be reached"), (None,)),
    BEHIND_OR_NOT_MET: (_("behind or not met"), LATE),
}


class PhaseFilter(django_filters.ChoiceFilter):
    """Narrows to one phase of the plan, named by its code."""

    def __init__(self) -> None:
        super().__init__(field_name="phase__code", label=_("Phase"), empty_label=_("Any phase"))


class PlanPartFilter(ListFilter):
    """The filters of a list of parts of one plan."""

    phase = PhaseFilter()

    def __init__(self, data: QueryDict | None = None, *, plan: Plan, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        phases = Phase.objects.filter(plan=plan)
        self.filters["phase"].extra["choices"] = [(p.code, p.years) for p in phases]


class FigureFilter(PlanPartFilter):
    """The filters of parts of a plan that have figures: how they stand on the day.

    The day chooses the figures, not the parts.
    """

    ngay = django_filters.DateFilter(
        label=_("As at day"),
        method="as_at",
        widget=forms.DateInput(attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"}),
    )
    status = django_filters.ChoiceFilter(
        choices=[*Status.choices, *((word, label) for word, (label, _found) in WORDS.items())],
        label=_("Status"),
        empty_label=_("Any status"),
        method="in_status",
    )

    def __init__(
        self, data: QueryDict | None = None, *, figures: Mapping[str, Figure], **kwargs: Any
    ) -> None:
        self.figures = figures
        super().__init__(data, **kwargs)

    def as_at(self, queryset: QuerySet[Any], name: str, value: dt.date) -> QuerySet[Any]:
        """Keep every part: the day is for the figures."""
        return queryset

    def in_status(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Narrow to those whose figure stands so."""
        _label, asked = WORDS.get(value, ("", (value,)))
        codes = [code for code, figure in self.figures.items() if figure.status in asked]
        return queryset.filter(code__in=codes)


class TaskFilter(FigureFilter):
    """Tasks by words, phase, group, kind and how they stand on the day."""

    kind = django_filters.ChoiceFilter(choices=TaskKind, label=_("Kind"), empty_label=_("Any kind"))

    group = django_filters.ChoiceFilter(
        field_name="group__code", label=_("Group"), empty_label=_("Any group")
    )

    class Meta:
        model = Task
        fields = ("q", "phase", "group", "kind", "ngay", "status")

    def __init__(self, data: QueryDict | None = None, *, plan: Plan, **kwargs: Any) -> None:
        super().__init__(data, plan=plan, **kwargs)
        groups = TaskGroup.objects.filter(plan=plan)
        self.filters["group"].extra["choices"] = [
            (g.code, Truncator(f"{g.code} {g.heading}").chars(70)) for g in groups
        ]


class IndicatorFilter(FigureFilter):
    """Indicators by words, phase, how they count and how they stand on the day."""

    accumulation = django_filters.ChoiceFilter(
        choices=Accumulation, label=_("Counted"), empty_label=_("Any way of counting")
    )

    class Meta:
        model = Indicator
        fields = ("q", "phase", "ngay", "status", "accumulation")
