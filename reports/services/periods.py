"""The periods on which reports are due."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.calendar import years_window
from core.errors import DomainError
from programs.models import Plan
from reports.choices import PeriodKind
from reports.models import ReportingPeriod


@transaction.atomic
def reporting_period_ensure(*, plan: Plan, kind: PeriodKind, year: int) -> ReportingPeriod:
    """Return the period of a kind and year, made from the statutory calendar when it is new.

    Raises ``DomainError`` for a year in which no phase of the plan runs.
    """
    years = [(phase.first_year, phase.last_year) for phase in plan.phases.all()]
    if not any(first <= year <= last for first, last in years):
        told = _(
            "Plan %(plan)s does not run in %(year)d; choose a year from %(first)d to %(last)d."
        )
        first, last = min(first for first, _last in years), max(last for _first, last in years)
        raise DomainError(told % {"plan": plan, "year": year, "first": first, "last": last})
    window = years_window(year, year)
    period, _made = ReportingPeriod.objects.get_or_create(
        kind=kind, year=year, defaults={"first_day": window.first, "cut_off": window.last}
    )
    return period
