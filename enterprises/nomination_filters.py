"""The filters of rounds, nominations and dossiers."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.lists import ListFilter
from enterprises.choices import DossierState, NominationState, RoundState
from enterprises.models import Dossier, Nomination, NominationRound
from enterprises.models.nominations import STANDING
from enterprises.nomination_policies import UNDECIDED
from programs.models import Task

ANY = "any"
NOMINATION_STATES = (
    NominationState.DRAFT,
    NominationState.SUBMITTED,
    NominationState.RETURNED,
    DossierState.SHORTLISTED,
    DossierState.SELECTED,
    DossierState.NOT_SELECTED,
    NominationState.WITHDRAWN,
)


class RoundFilter(ListFilter):
    """Rounds by words and state today."""

    state = django_filters.ChoiceFilter(
        choices=RoundState, label=_("State"), empty_label=_("Any state"), method="in_state"
    )

    class Meta:
        model = NominationRound
        fields = ("q", "state")

    def in_state(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        """Those that stand so today."""
        return queryset.in_state(value, timezone.localdate())


class OfRoundFilter(ListFilter):
    """What lies in rounds, by words, round and task; only what the person sees is offered."""

    round = django_filters.ModelChoiceFilter(
        queryset=NominationRound.objects.none(),
        label=_("Nomination round"),
        empty_label=_("Any round"),
    )
    task = django_filters.ModelChoiceFilter(
        queryset=Task.objects.none(), label=_("Task"), empty_label=_("Any task")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = NominationRound.objects.visible_to(user)
        self.filters["round"].queryset = rounds
        tasks = Task.objects.filter(
            pk__in=NominationRound.tasks.through.objects.filter(round__in=rounds).values("task")
        )
        self.filters["task"].queryset = tasks.order_by("plan", "position")
        self.filters["task"].field.label_from_instance = lambda task: f"{task.code} {task.text}"[
            :80
        ]


class NominationFilter(OfRoundFilter):
    """Nominations."""

    state = django_filters.ChoiceFilter(
        choices=[(state.value, state.label) for state in NOMINATION_STATES],
        label=_("State"),
        empty_label=_("Any state"),
        method="in_state",
    )

    class Meta:
        model = Nomination
        fields = ("q", "round", "task", "state")

    def in_state(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        """Those that stand so in the eyes of who nominated."""
        return queryset.in_state(value)


class DossierFilter(OfRoundFilter):
    """Dossiers."""

    state = django_filters.ChoiceFilter(
        choices=[*DossierState.choices, (ANY, _("Any state"))],
        label=_("State"),
        empty_label=_("Not decided on"),
        method="left_alone",
    )
    organisation = django_filters.ModelChoiceFilter(
        queryset=Organisation.objects.none(),
        label=_("Nominated by"),
        empty_label=_("Any organisation"),
        method="named_by",
    )

    class Meta:
        model = Dossier
        fields = ("q", "round", "task", "state", "organisation")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        naming = Nomination.objects.standing().values("organisation")
        self.filters["organisation"].queryset = Organisation.objects.filter(pk__in=naming)

    def left_alone(self, queryset: Any, _name: str, _value: str) -> QuerySet[Any]:
        """Without a state the list shows what is not decided on: see ``filter_queryset``."""
        found: QuerySet[Any] = queryset
        return found

    def filter_queryset(self, queryset: Any) -> QuerySet[Any]:
        """Narrow the list to those that stand so, or to all that are not decided on."""
        found = super().filter_queryset(queryset)
        state = self.form.cleaned_data["state"]
        if state == ANY:
            return found
        return found.filter(state__in=(state,) if state else UNDECIDED)

    def named_by(self, queryset: Any, _name: str, value: Organisation) -> QuerySet[Any]:
        """Those that the organisation has nominated."""
        named = Nomination.objects.filter(organisation=value, state__in=STANDING)
        return queryset.filter(pk__in=named.values("dossier"))
