"""The forms of the room ``notifications``."""

from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import VersionedForm
from notifications.choices import MailMode
from notifications.models import WorkingDayOverride


class MailPreferenceForm(forms.Form):
    """How a person wants mail."""

    mail = forms.ChoiceField(
        label=_("Mail about notices"),
        choices=[(mode.value, capfirst(mode.label)) for mode in MailMode],
        widget=forms.RadioSelect,
    )


class WorkingDayOverrideForm(VersionedForm):
    """What a decision says of one day."""

    is_working = forms.TypedChoiceField(
        label=_("Do offices work on this day?"),
        choices=[("yes", _("Yes, it is a working day")), ("no", _("No, it is a day off"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = WorkingDayOverride
        fields = ("day", "is_working", "reason", "decision_number")
        widgets: ClassVar = {
            "day": forms.DateInput(attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"}),
        }
        help_texts: ClassVar = {
            "reason": _("For instance: swapped with Saturday 10/01/2026."),
            "decision_number": _("The document that says so, where there is one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["is_working"] = "yes" if self.instance.is_working else "no"
