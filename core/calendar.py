"""The reporting calendar of Nghị định 09/2019/NĐ-CP.

The reporting year Y runs from 15/12 of the year before to 14/12 of Y, both days included, so a
fact of 20/12/2025 belongs to 2026 and nothing is counted twice or lost.
"""

import datetime as dt
from dataclasses import dataclass

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
