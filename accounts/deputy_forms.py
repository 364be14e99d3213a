"""The forms about people who stand in for a lead, and who leave."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import Membership, Organisation, User
from accounts.models.memberships import MembershipQuerySet


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, typed as dd/mm/yyyy."""
    widget = forms.DateInput(attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"})
    return forms.DateField(label=label, widget=widget, **options)


def grouped(memberships: Iterable[Membership]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the people of memberships, each once in each organisation, by organisation."""
    groups: dict[str, dict[int, tuple[int, str]]] = {}
    for one in memberships:
        people = groups.setdefault(str(one.organisation), {})
        label = f"{one.user.full_name} – {one.user.email}"
        people.setdefault(one.user_id, (one.pk, label))
    return [(name, list(people.values())) for name, people in groups.items()]


def working(organisations: Iterable[Organisation]) -> MembershipQuerySet:
    """Return the memberships valid today in these organisations, by organisation and name."""
    today = Membership.objects.valid_at(timezone.localdate())
    found = today.filter(organisation__in=organisations, user__is_active=True)
    return found.select_related("user", "organisation").order_by(
        "organisation__name", "user__full_name", "pk"
    )


class _PeopleForm(forms.Form):
    """Chooses people by their memberships."""

    def _offer(self, name: str, memberships: MembershipQuerySet) -> list[Membership]:
        field = cast("forms.TypedChoiceField", self.fields[name])
        offered = list(memberships)
        groups = grouped(offered)
        by_key = {str(one.pk): one for one in offered}
        people: list[Any] = groups if len(groups) > 1 else [p for _name, ps in groups for p in ps]
        field.choices = [("", _("Choose a person")), *people]
        field.coerce = by_key.__getitem__
        return offered


class DeputyForm(_PeopleForm):
    """Who stands in for which lead; a lead has only themself to choose."""

    lead = forms.TypedChoiceField(label=_("Lead"))
    deputy = forms.TypedChoiceField(
        label=_("Deputy"), help_text=_("A colleague of the same organisation.")
    )
    valid_from = day_field(_("From day"))
    valid_to = day_field(_("To day"), help_text=_("The last day is included."))
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = Membership.objects.valid_at(timezone.localdate()).filter(role=Role.PROGRAMME_LEAD)
        if not by.has_role(Role.ADMINISTRATOR):
            leads = leads.filter(user=by)
        organisations = Organisation.objects.filter(memberships__in=leads)
        offered = self._offer("lead", working(organisations).filter(pk__in=leads))
        self._offer("deputy", working(organisations).exclude(user=by))
        if len(offered) == 1:
            self.initial.setdefault("lead", offered[0].pk)
        self.initial.setdefault("valid_from", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """Compare organisations and days."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lead, deputy = cleaned.get("lead"), cleaned.get("deputy")
        if lead and deputy and lead.user_id == deputy.user_id:
            self.add_error("deputy", _("Choose another person than the lead."))
        elif lead and deputy and lead.organisation_id != deputy.organisation_id:
            self.add_error("deputy", _("Choose a colleague of the same organisation as the lead."))
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            told = _("The end date is before the start date; correct one of them.")
            self.add_error("valid_to", told)
        return cleaned

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day."""
        return self.cleaned_data["valid_from"], self.cleaned_data["valid_to"]

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        lead = self.cleaned_data["lead"]
        return {
            "lead": lead.user,
            "organisation": lead.organisation,
            "deputy": self.cleaned_data["deputy"].user,
            "valid_from": self.cleaned_data["valid_from"],
            "valid_to": self.cleaned_data["valid_to"],
            "reason": self.cleaned_data["reason"],
        }


class DeputyEndForm(forms.Form):
    """Why a deputy does not stand in any more."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class HandoverForm(_PeopleForm):
    """Who leaves, who takes over, when and why."""

    leaver = forms.TypedChoiceField(label=_("Who leaves"))
    colleague = forms.TypedChoiceField(
        label=_("Who takes over"), help_text=_("A colleague of the same organisation.")
    )
    last_day = day_field(
        _("Last day"),
        help_text=_("The last day with a role here; open work passes on when it is over."),
    )
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by.has_role(Role.ADMINISTRATOR):
            organisations = Organisation.objects.valid_at(timezone.localdate())
        else:
            held = by.current_memberships
            led = [one.organisation_id for one in held if one.role == Role.PROGRAMME_LEAD]
            organisations = Organisation.objects.filter(pk__in=led)
        for name in ("leaver", "colleague"):
            self._offer(name, working(organisations))
        self.initial.setdefault("last_day", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        """Compare the people."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        leaver, colleague = cleaned.get("leaver"), cleaned.get("colleague")
        if leaver and colleague and leaver.user_id == colleague.user_id:
            told = _("Choose another person than the one who leaves.")
            self.add_error("colleague", told)
        elif leaver and colleague and leaver.organisation_id != colleague.organisation_id:
            told = _("Choose a colleague of the same organisation as the one who leaves.")
            self.add_error("colleague", told)
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        leaver = self.cleaned_data["leaver"]
        return {
            "leaver": leaver.user,
            "colleague": self.cleaned_data["colleague"].user,
            "organisation": leaver.organisation,
            "last_day": self.cleaned_data["last_day"],
            "reason": self.cleaned_data["reason"],
        }
