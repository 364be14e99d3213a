"""The reporting calendar of Nghị định 09/2019/NĐ-CP, and the days that are worked.

The reporting year Y runs from 15/12 of the year before to 14/12 of Y, both days included, so a
fact of 20/12/2025 belongs to 2026 and nothing is counted twice or lost.

Offices work from Monday to Friday but for the days off of Bộ luật Lao động, điều 112. Each year's
decision on Tết and on swapped days is taken from the library where it knows it; ``WorkingDays``
puts the office's own entries above it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from holidays import HolidayBase, country_holidays

CUT_OFF_MONTH, CUT_OFF_DAY = 12, 14


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both ends included."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


def year_cut_off(year: int) -> dt.date:
    """Return the last day of a reporting year (ngày chốt số liệu)."""
    return dt.date(year, CUT_OFF_MONTH, CUT_OFF_DAY)


def years_window(first_year: int, last_year: int) -> Window:
    """Return the days of a run of reporting years, for instance of a phase of the plan."""
    return Window(year_cut_off(first_year - 1) + dt.timedelta(days=1), year_cut_off(last_year))


def reporting_year(day: dt.date) -> int:
    """Return the reporting year in which a day lies."""
    return day.year if day <= year_cut_off(day.year) else day.year + 1


@cache
def _statutory(year: int) -> HolidayBase:
    return country_holidays("VN", years=year, language="vi")


def days_off(year: int) -> dict[dt.date, str]:
    """Return the public holidays of a year with their names, as the library knows them."""
    return {day: name for day, name in sorted(_statutory(year).items()) if day.year == year}


def weekends_worked(year: int) -> list[dt.date]:
    """Return the Saturdays and Sundays that are worked in a year, as the library knows them."""
    return sorted(day for day in _statutory(year).weekend_workdays if day.year == year)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked; ``overrides`` say of a day, above the library, whether it is."""

    overrides: Mapping[dt.date, bool] = field(default_factory=dict)

    def is_working_day(self, day: dt.date) -> bool:
        """Whether offices work on the day."""
        if (said := self.overrides.get(day)) is not None:
            return said
        return _statutory(day.year).is_working_day(day)

    def add(self, day: dt.date, number: int) -> dt.date:
        """Return the working day that is so many after the day; a negative number counts back.

        With 0 it is the day itself, or the next working day where the day is none.
        """
        step = dt.timedelta(days=-1 if number < 0 else 1)
        if number == 0:
            day, number = day - step, 1
        for _count in range(abs(number)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def until(self, day: dt.date, due: dt.date) -> int:
        """Return how many working days lie after the day, up to ``due`` and with it.

        It is 0 on the last working day before ``due`` is over, and whenever ``due`` has passed.
        """
        days = (day + dt.timedelta(days=count) for count in range(1, (due - day).days + 1))
        return sum(1 for one in days if self.is_working_day(one))
