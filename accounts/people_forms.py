"""The forms of people, their roles and invitations."""

import datetime as dt
from typing import Any

from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import PasswordVerificationMixin
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import Organisation, User
from core.forms import ReasonForm

AT_ONCE, ON_DAY = "at_once", "on_day"


class DayField(forms.DateField):
    """A day, as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"}
        super().__init__(widget=forms.DateInput(attrs=attrs), **kwargs)


class UserForm(forms.ModelForm):
    """The name of a person."""

    class Meta:
        model = User
        fields = ("full_name",)


class RoleForm(forms.Form):
    """A role in an organisation, with its days."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("Choose")
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose")), *Role.choices])
    valid_from = DayField(label=_("From day"))
    valid_to = DayField(
        label=_("To day"), required=False, help_text=_("The last day; empty if no end is known.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(lasting)
        self.fields["valid_from"].initial = today

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start: the database could not even ask about such days."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            told = _("The end date is before the start date; correct one of them.")
            self.add_error("valid_to", told)
        return cleaned

    @property
    def role_values(self) -> dict[str, Any]:
        """What the services take."""
        names = ("organisation", "role", "valid_from", "valid_to")
        return {name: self.cleaned_data[name] for name in names}


class InvitationForm(RoleForm):
    """Who is invited, and to what."""

    full_name = forms.CharField(
        label=capfirst(_("full name")),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Work e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    field_order = ("full_name", "email", "organisation", "role", "valid_from", "valid_to")


class MembershipEndForm(ReasonForm):
    """When a role ends, and why."""

    when = forms.ChoiceField(
        label=_("When does it end?"),
        choices=[(AT_ONCE, _("at once")), (ON_DAY, _("after its last day"))],
        initial=AT_ONCE,
        widget=forms.RadioSelect,
    )
    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Only where it ends after its last day; that day still counts."),
    )

    field_order = ("when", "last_day", "reason")

    def clean(self) -> dict[str, Any]:
        """Ask for the day where it counts."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked = cleaned.get("when") == ON_DAY and "last_day" not in self.errors
        if asked and not cleaned.get("last_day"):
            self.add_error("last_day", _("Enter the last day on which the role holds."))
        return cleaned

    @property
    def chosen_last_day(self) -> dt.date:
        """The last day on which the role holds."""
        day: dt.date = self.cleaned_data["last_day"]
        at_once = self.cleaned_data["when"] == AT_ONCE
        return timezone.localdate() - dt.timedelta(days=1) if at_once else day


class NewPasswordForm(PasswordVerificationMixin, forms.Form):
    """The first password of an account; the service says whether it is good enough."""

    password1 = SetPasswordField(label=_("New Password"))
    password2 = PasswordField(label=_("New Password (again)"), autocomplete="new-password")
