"""The forms of the room ``reports``."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.calendar import reporting_year
from programs.models import Plan


class ReportAskForm(forms.Form):
    """Ask for the annual report of a year of the plan."""

    year = forms.TypedChoiceField(label=_("Year of the report"), coerce=int)

    def __init__(self, *args: Any, plan: Plan, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = sorted(
            {
                year
                for phase in plan.phases.all()
                for year in range(phase.first_year, phase.last_year + 1)
            },
            reverse=True,
        )
        field = cast("forms.TypedChoiceField", self.fields["year"])
        field.choices = [(year, str(year)) for year in years]
        field.initial = reporting_year(today)
