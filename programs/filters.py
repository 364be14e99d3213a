"""The filters of the room ``programs``."""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.lists import ListFilter
from programs.choices import Accumulation, TaskKind
from programs.models import Indicator, Phase, Plan, Task, TaskGroup


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


class TaskFilter(PlanPartFilter):
    """Tasks by words, phase, group and kind."""

    kind = django_filters.ChoiceFilter(choices=TaskKind, label=_("Kind"), empty_label=_("Any kind"))

    group = django_filters.ChoiceFilter(
        field_name="group__code", label=_("Group"), empty_label=_("Any group")
    )

    class Meta:
        model = Task
        fields = ("q", "phase", "group", "kind")

    def __init__(self, data: QueryDict | None = None, *, plan: Plan, **kwargs: Any) -> None:
        super().__init__(data, plan=plan, **kwargs)
        groups = TaskGroup.objects.filter(plan=plan)
        self.filters["group"].extra["choices"] = [
            (g.code, Truncator(f"{g.code} {g.heading}").chars(70)) for g in groups
        ]


class IndicatorFilter(PlanPartFilter):
    """Indicators by words, phase and how they count."""

    accumulation = django_filters.ChoiceFilter(
        choices=Accumulation, label=_("Counted"), empty_label=_("Any way of counting")
    )

    class Meta:
        model = Indicator
        fields = ("q", "phase", "accumulation")
