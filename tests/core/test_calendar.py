"""The reporting year: 15/12 of the year before to 14/12, both included."""

import datetime as dt

import pytest

from core.calendar import reporting_year, year_cut_off, years_window


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2025, 12, 14), 2025),
        (dt.date(2025, 12, 15), 2026),
        (dt.date(2025, 12, 20), 2026),
        (dt.date(2026, 1, 1), 2026),
        (dt.date(2026, 12, 14), 2026),
    ],
)
def test_a_day_lies_in_one_reporting_year(day: dt.date, year: int) -> None:
    assert reporting_year(day) == year


def test_windows_of_two_phases_leave_no_day_out_and_share_none() -> None:
    first, second = years_window(2021, 2025), years_window(2026, 2030)
    assert first.first == dt.date(2020, 12, 15)
    assert first.last == year_cut_off(2025) == dt.date(2025, 12, 14)
    assert second.first == first.last + dt.timedelta(days=1)
    assert first.last in first
    assert first.last not in second
