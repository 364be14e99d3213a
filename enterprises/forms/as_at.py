"""The day as at which a page shows its records."""

import datetime as dt

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField


class AsAtForm(forms.Form):
    """Ask for the day in the address, ``?ngay=14/12/2025``; today when none is named."""

    ngay = DayField(label=_("As at"), required=False)

    @property
    def day(self) -> dt.date:
        """The day asked for; today when none is, or it is no day."""
        asked: dt.date | None = self.cleaned_data.get("ngay") if self.is_valid() else None
        return asked or timezone.localdate()


def as_at_form(request: HttpRequest) -> AsAtForm:
    """Return the form as the address fills it."""
    asked = request.GET.get("ngay", "") or timezone.localdate().strftime("%d/%m/%Y")
    return AsAtForm({"ngay": asked})
