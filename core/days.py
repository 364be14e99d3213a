"""The day as at which a page shows its figures: ``?ngay=14/12/2026``, today without it."""

import datetime as dt

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PARAMETER = "ngay"


class DayForm(forms.Form):
    """Asks for the day."""

    ngay = forms.DateField(
        label=_("As at day"),
        required=False,
        widget=forms.DateInput(attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"}),
    )


def day_asked(request: HttpRequest) -> tuple[dt.date, DayForm]:
    """Return the day that the page is asked for, and the form that shows it or what is wrong."""
    today = timezone.localdate()
    form = DayForm({PARAMETER: request.GET.get(PARAMETER) or today.strftime("%d/%m/%Y")})
    if form.is_valid():
        return form.cleaned_data[PARAMETER] or today, form
    return today, form


def day_query(day: dt.date) -> str:
    """Return the query that asks for the day, so that a link shows the same next year."""
    return f"?{PARAMETER}={day.strftime('%d/%m/%Y')}"
