"""The forms of an enterprise itself."""

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import AreaLevel
from accounts.models import AdministrativeArea, Organisation
from core.form_fields import DayField, field_for
from core.forms import VersionedForm
from enterprises.choices import MANAGING_KINDS
from enterprises.models import Enterprise
from enterprises.services.enterprises import PROFILE
from enterprises.tax_codes import TaxCodeError, normalise_tax_code, require_fitting_kind


class TaxCodeField(forms.CharField):
    """A tax code in any spelling; gives its one spelling."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Tax code"))
        widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"})
        kwargs.setdefault("widget", widget)
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        """Check the digits."""
        text = super().clean(value)
        try:
            return normalise_tax_code(text) if text else ""
        except TaxCodeError as error:
            raise ValidationError(error.message) from None


class EnterpriseForm(VersionedForm):
    """What is known of an enterprise, its tax code apart."""

    class Meta:
        model = Enterprise
        fields = PROFILE
        formfield_callback = field_for
        labels: ClassVar = {
            "name": _("Name of the enterprise"),
            "kind": _("Kind of enterprise"),
            "managing_departments": _("Managing departments"),
        }
        help_texts: ClassVar = {
            "name": _("As on the registration certificate."),
            "sector": _("Decides the size class: the group of the registered main line."),
            "former_district": _("Until 30/6/2025; for reports on earlier years."),
            "territory": _("Where it lay before 1/7/2025: plans may cover one of the two only."),
            "started_on": _("Day of the first registration."),
            "managing_departments": _("Their officers see the enterprise and may nominate it."),
        }
        widgets: ClassVar = {"managing_departments": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = {
            "area": AreaLevel.COMMUNE,
            "former_district": AreaLevel.DISTRICT,
            "territory": AreaLevel.PROVINCE,
        }
        for name, level in areas.items():
            self._offer(name, _areas(level, getattr(self.instance, f"{name}_id")))
        self._offer("managing_departments", _departments(self.instance))
        if self.instance.ended_on is None:
            del self.fields["ended_on"]

    def _offer(self, name: str, choices: "QuerySet[Any]") -> None:
        cast("forms.ModelChoiceField", self.fields[name]).queryset = choices

    def clean(self) -> dict[str, Any]:
        """A personal number belongs to a household business."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        tax_code = cleaned.get("tax_code") or self.instance.tax_code
        if tax_code and "kind" in cleaned:
            try:
                require_fitting_kind(tax_code, cleaned["kind"])
            except TaxCodeError as error:
                self.add_error("kind", error.message)
        return cleaned


class EnterpriseCreateForm(EnterpriseForm):
    """An enterprise that is not in the register yet."""

    tax_code = TaxCodeField()
    field_order = ("tax_code", "name", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["tax_code"]
        field.widget.attrs |= {
            "hx-post": reverse_lazy("enterprise_lookup"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#tax-code-found",
            "hx-sync": "this:replace",
        }
        field.help_text = format_html(
            '{} <span id="tax-code-found" role="status"></span>',
            gettext("10 digits; 13 for a dependent unit; 12 for a household business."),
        )


class TaxCodeChangeForm(VersionedForm):
    """Another tax code: from a day on, or because the old one was typed wrongly."""

    tax_code = TaxCodeField(label=_("New tax code"))
    why = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            ("changed", _("The tax authority gave it another code; the old one still finds it")),
            ("typed", _("The code was typed wrongly and never was its own")),
        ],
        widget=forms.RadioSelect,
    )
    changed_on = DayField(
        label=_("First day of the new code"),
        required=False,
        help_text=_("Only when the tax authority gave another code."),
    )
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    class Meta:
        model = Enterprise
        fields = ()

    def clean(self) -> dict[str, Any]:
        """Ask for the day when there is one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("why") == "typed":
            cleaned["changed_on"] = None
        elif not cleaned.get("changed_on") and "changed_on" not in self.errors:
            self.add_error("changed_on", gettext("Write the first day of the new code."))
        return cleaned

    def _post_clean(self) -> None:
        """Nothing of the record itself is typed here."""


class EndForm(VersionedForm):
    """When and why an enterprise ended."""

    ended_on = DayField(
        label=_("Ended on"),
        help_text=_("From this day on it no longer counts as existing; its records stay."),
    )
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    class Meta:
        model = Enterprise
        fields = ()

    def _post_clean(self) -> None:
        """Nothing of the record itself is typed here."""


class LookupForm(forms.Form):
    """A tax code to look up."""

    mst = TaxCodeField(
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "inputmode": "numeric"}
        )
    )


def _areas(level: AreaLevel, chosen: int | None) -> "QuerySet[AdministrativeArea]":
    """Return the areas to choose from: communes of today, districts and provinces of then."""
    areas = AdministrativeArea.objects.of_level(level)
    if level == AreaLevel.COMMUNE:
        today = areas.valid_at(timezone.localdate()).values("pk")
        areas = areas.filter(Q(pk__in=today) | Q(pk=chosen))
    return areas.order_by("name")


def _departments(enterprise: Enterprise) -> "QuerySet[Organisation]":
    """Return the departments of today, and those that manage the enterprise now."""
    today = Organisation.objects.valid_at(timezone.localdate()).filter(kind__in=MANAGING_KINDS)
    wanted = Q(pk__in=today.values("pk"))
    if enterprise.pk:
        wanted |= Q(pk__in=enterprise.managing_departments.values("pk"))
    return Organisation.objects.filter(wanted).order_by("name")
