"""The filters of the room ``reports``."""

import django_filters
from django.utils.translation import gettext_lazy as _

from reports.models import ReportRun


class ReportRunFilter(django_filters.FilterSet):
    """Runs by year."""

    year = django_filters.NumberFilter(
        field_name="period__year", label=_("Year"), min_value=1990, max_value=2100
    )

    class Meta:
        model = ReportRun
        fields = ("year",)
