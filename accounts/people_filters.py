"""The filters of people and invitations."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import InvitationState, Role
from accounts.filters import UnkeyedWordsFilter
from accounts.models import Invitation, Membership, Organisation, User
from accounts.selectors import UserState
from core.lists import ListFilter


class UserFilter(ListFilter):
    """People by words, the role and organisation that they have today, and their state."""

    q = UnkeyedWordsFilter("full_name", "email")
    role = django_filters.ChoiceFilter(
        choices=Role, method="unchanged", label=_("Role"), empty_label=_("Any role")
    )
    organisation = django_filters.ChoiceFilter(
        method="unchanged", label=_("Organisation"), empty_label=_("Any organisation")
    )
    state = django_filters.ChoiceFilter(
        field_name="state_now", choices=UserState, label=_("State"), empty_label=_("Any state")
    )

    class Meta:
        model = User
        fields = ("q", "role", "organisation", "state")

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        organisations = Organisation.objects.values_list("code", "name")
        self.filters["organisation"].extra["choices"] = list(organisations)

    def unchanged(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Leave it to ``filter_queryset``: role and organisation are those of one membership."""
        return queryset

    def filter_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        """Narrow by every filter, role and organisation together."""
        found = super().filter_queryset(queryset)
        chosen = Q()
        if role := self.form.cleaned_data.get("role"):
            chosen &= Q(role=role)
        if code := self.form.cleaned_data.get("organisation"):
            chosen &= Q(organisation__code=code)
        if chosen:
            held = Membership.objects.valid_at(timezone.localdate()).filter(chosen)
            found = found.filter(pk__in=held.values("user"))
        return found


class InvitationFilter(ListFilter):
    """Invitations by words and by what became of them."""

    q = UnkeyedWordsFilter("full_name", "email", "organisation__name", "organisation__short_name")
    state = django_filters.ChoiceFilter(
        field_name="state_now",
        choices=InvitationState,
        label=_("State"),
        empty_label=_("Any state"),
    )

    class Meta:
        model = Invitation
        fields = ("q", "state")
