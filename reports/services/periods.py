"""The periods on which reports are due."""

from django.utils.translation import gettext as _

from core.calendar import years_window
from core.errors import DomainError
from programs.models import Plan
from reports.choices import PeriodKind
from reports.models import ReportingPeriod


def reporting_period_of(*, plan: Plan, kind: PeriodKind, year: int) -> ReportingPeriod:
    """Return the period of a kind and year, from the statutory calendar when it is new.

    A new one is not saved. Raises ``DomainError`` for a year in which no phase of the plan runs.
    """
    years = [(phase.first_year, phase.last_year) for phase in plan.phases.all()]
    if not any(first <= year <= last for first, last in years):
        told = _(
            "Plan %(plan)s does not run in %(year)d; choose a year from %(first)d to %(last)d."
        )
        first, last = min(first for first, _last in years), max(last for _first, last in years)
        raise DomainError(told % {"plan": plan, "year": year, "first": first, "last": last})
    if present := ReportingPeriod.objects.filter(kind=kind, year=year).first():
        return present
    window = years_window(year, year)
    return ReportingPeriod(kind=kind, year=year, first_day=window.first, cut_off=window.last)


def reporting_period_keep(period: ReportingPeriod) -> ReportingPeriod:
    """Save a period that is new, unless somebody else just did; for use inside an act."""
    kept, _made = ReportingPeriod.objects.get_or_create(
        kind=period.kind,
        year=period.year,
        defaults={"first_day": period.first_day, "cut_off": period.cut_off},
    )
    return kept
