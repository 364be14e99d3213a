"""The filters of the room ``accounts``."""

import datetime as dt
import re
from functools import cache
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.history import kind_label
from accounts.models import Membership, Organisation, User
from accounts.selectors import AccessState, acts_in_use, kinds_in_use
from audit.choices import OriginKind
from audit.models import Entry
from core.lists import ListFilter, WordsFilter
from core.registers import acts
from core.text import fold, search_words

TODAY = "today"
# Latin letters with their accents, from A to the tone marks of Vietnamese.
LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]


@cache
def spellings(folded: str) -> str:
    """Return the pattern of a folded character: itself with any accent, in either case."""
    found = "".join(letter for letter in LETTERS if letter.isalpha() and fold(letter) == folded)
    return f"[{found}]" if found else re.escape(folded)


class UnkeyedWordsFilter(WordsFilter):
    """Finds words, accents and case aside, in the fields of records that keep no search key."""

    def __init__(self, *fields: str) -> None:
        super().__init__()
        self.fields = fields

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow the list to what holds every word in some field."""
        for word in search_words(value or ""):
            pattern = "".join(spellings(character) for character in word)
            held = (Q((f"{field}__regex", pattern)) for field in self.fields)
            queryset = queryset.filter(Q(*held, _connector=Q.OR))
        return queryset


class DayFilter(django_filters.DateFilter):
    """Narrows to moments from the start, or up to the end, of a day in Việt Nam."""

    def __init__(self, label: Any, lookup: str, time: dt.time) -> None:
        widget = forms.DateInput(attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"})
        super().__init__(field_name="at", lookup_expr=lookup, label=label, widget=widget)
        self.time = time

    def filter(self, queryset: QuerySet[Any], value: dt.date | None) -> QuerySet[Any]:
        """Narrow the list by the day, both days included."""
        moment = value and timezone.make_aware(dt.datetime.combine(value, self.time))
        return super().filter(queryset, moment)


class EntryFilterForm(forms.Form):
    """Refuses days in the wrong order."""

    def clean(self) -> dict[str, Any]:
        """Compare the days."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            told = _("The end date is before the start date; correct one of them.")
            self.add_error("until", told)
        return cleaned


class EntryFilter(ListFilter):
    """Entries of the history."""

    q = UnkeyedWordsFilter("actor_name", "target_label", "reason")
    act = django_filters.ChoiceFilter(label=_("Act"), empty_label=_("Any act"))
    kind = django_filters.ChoiceFilter(
        field_name="target_type", label=_("Kind of record"), empty_label=_("Any kind")
    )
    record = django_filters.CharFilter(
        field_name="target_id", label=_("Key of the record"), max_length=100
    )
    person = django_filters.ChoiceFilter(
        field_name="actor_id", label=_("Person"), empty_label=_("Anyone")
    )
    since = DayFilter(_("From day"), "gte", dt.time.min)
    until = DayFilter(_("To day"), "lte", dt.time.max)
    origin = django_filters.ChoiceFilter(
        field_name="origin_kind",
        choices=OriginKind,
        label=_("Origin"),
        empty_label=_("Any origin"),
    )

    class Meta:
        model = Entry
        form = EntryFilterForm
        fields = ("q", "act", "kind", "record", "person", "since", "until", "origin")

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        people = User.objects.values_list("pk", "full_name", "email")
        self._offer("act", [(act, acts.label(act)) for act in acts_in_use()])
        self._offer("kind", [(kind, kind_label(kind)) for kind in kinds_in_use()])
        self._offer("person", [(key, f"{name} <{email}>") for key, name, email in people])

    def _offer(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.filters[name].extra["choices"] = choices


class AccessFilter(ListFilter):
    """Memberships by person, role, organisation and what they give today."""

    q = UnkeyedWordsFilter(
        "user__full_name", "user__email", "organisation__name", "organisation__short_name"
    )
    role = django_filters.ChoiceFilter(choices=Role, label=_("Role"), empty_label=_("Any role"))
    organisation = django_filters.ChoiceFilter(
        field_name="organisation__code",
        label=_("Organisation"),
        empty_label=_("Any organisation"),
    )
    state = django_filters.ChoiceFilter(
        choices=[
            (TODAY, _("valid today")),
            *((state.value, state.label) for state in AccessState if state != AccessState.ACTIVE),
        ],
        method="in_state",
        label=_("State"),
        empty_label=_("Any state"),
    )

    class Meta:
        model = Membership
        fields = ("q", "role", "organisation", "state")

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        organisations = Organisation.objects.values_list("code", "name")
        self.filters["organisation"].extra["choices"] = list(organisations)

    def in_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Narrow to a state; what is valid today is valid whether it is used or not."""
        states = [AccessState.ACTIVE, AccessState.IDLE] if value == TODAY else [value]
        return queryset.filter(state__in=states)
