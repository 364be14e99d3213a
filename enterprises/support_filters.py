"""The filters of support cases."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.calendar import years_window
from core.form_fields import YearField
from core.lists import ListFilter
from enterprises.choices import SupportState
from enterprises.models import SupportCase
from enterprises.record_filters import DayFilter, OwnOrEnterpriseWords
from programs.choices import TaskKind
from programs.models import Phase, Task

COUNTED, OUTSIDE, LACKING = "counted", "outside", "lacking"
AGREEMENT, ACCEPTANCE = "agreement", "acceptance"


class AcceptedYearFilter(django_filters.Filter):
    """A reporting year."""

    field_class = YearField


class SupportCaseFilter(ListFilter):
    """Cases by words, task and how they stood on the day."""

    q = OwnOrEnterpriseWords()
    task = django_filters.ModelChoiceFilter(
        queryset=Task.objects.none(),
        to_field_name="code",
        label=_("Task"),
        empty_label=_("Any task"),
    )
    phase = django_filters.ModelChoiceFilter(
        queryset=Phase.objects.none(),
        to_field_name="code",
        field_name="task__phase",
        label=_("Phase"),
        empty_label=_("Any phase"),
    )
    state = django_filters.ChoiceFilter(
        choices=[
            *SupportState.choices,
            (COUNTED, _("Accepted inside the phase, counted")),
            (OUTSIDE, _("Accepted outside the phase, not counted")),
            (LACKING, _("Accepted, something is lacking")),
        ],
        label=_("State"),
        empty_label=_("Any state"),
        method="in_state",
    )
    year = AcceptedYearFilter(label=_("Accepted in the reporting year"), method="accepted_in")
    waiting = django_filters.ChoiceFilter(
        choices=[
            (AGREEMENT, _("Agreement to be approved")),
            (ACCEPTANCE, _("Acceptance to be approved")),
        ],
        label=_("Waiting"),
        empty_label=_("Whether or not"),
        method="that_waits",
    )
    ngay = DayFilter()

    class Meta:
        model = SupportCase
        fields = ("q", "phase", "task", "state", "year", "waiting", "ngay")

    def __init__(self, *args: Any, user: User, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        phases = Phase.objects.visible_to(user).filter(plan__is_current=True)
        self.filters["phase"].queryset = phases
        tasks = Task.objects.visible_to(user).filter(kind=TaskKind.SUPPORT, plan__is_current=True)
        self.filters["task"].queryset = tasks.order_by("position")
        self.filters["task"].field.label_from_instance = lambda task: f"{task.code} {task.text}"[
            :80
        ]

    def in_state(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        """Those that stood so on the day."""
        phases = list(Phase.objects.all()) if value in {COUNTED, OUTSIDE} else []
        match value:
            case "counted":
                return queryset.accepted_by(self.day).inside_phase(phases)
            case "outside":
                return queryset.accepted_by(self.day).outside_phase(phases)
            case "lacking":
                return queryset.lacking()
        return queryset.filter(state_then=value)

    def accepted_in(self, queryset: Any, _name: str, value: int) -> QuerySet[Any]:
        """Those accepted by the day, in a reporting year."""
        window = years_window(int(value), int(value))
        return queryset.accepted_by(min(self.day, window.last)).filter(
            accepted_on__gte=window.first
        )

    def that_waits(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        """Those that wait for a second person today."""
        waits = queryset.agreement_waits if value == AGREEMENT else queryset.acceptance_waits
        return waits()
