"""Working days over Tết, public holidays and swapped days, against days worked out by hand."""

import datetime as dt

import pytest

from core.calendar import WorkingDays, days_off, weekends_worked

BY_LAW = WorkingDays()


def day(text: str) -> dt.date:
    """A day written as people here write it."""
    return dt.datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone


@pytest.mark.parametrize(
    ("first", "last"),
    [("14/02/2026", "22/02/2026"), ("04/02/2027", "10/02/2027")],
    ids=["Bính Ngọ", "Đinh Mùi"],
)
def test_tet_is_off_from_its_first_day_to_its_last(first: str, last: str) -> None:
    start, end = day(first), day(last)
    off = [start + dt.timedelta(days=count) for count in range((end - start).days + 1)]
    assert [one for one in off if BY_LAW.is_working_day(one)] == []
    assert BY_LAW.is_working_day(start - dt.timedelta(days=1))
    assert BY_LAW.is_working_day(end + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("31/12/2025", True),
        ("01/01/2026", False),
        ("27/04/2026", False),  # Giỗ Tổ fell on a Sunday
        ("28/04/2026", True),
        ("29/04/2026", True),
        ("30/04/2026", False),
        ("01/05/2026", False),
        ("22/08/2026", True),  # a Saturday, worked for 31/8
        ("31/08/2026", False),
        ("03/09/2026", True),
        ("24/11/2026", False),  # Ngày Văn hóa Việt Nam, since 2026
        ("24/11/2025", True),
    ],
)
def test_a_public_holiday_is_off_and_the_days_beside_it_are_worked(text: str, worked: bool) -> None:
    assert BY_LAW.is_working_day(day(text)) is worked


def test_an_entry_of_the_office_stands_above_the_library() -> None:
    # The Friday after New Year 2026 is taken off, the Saturday of the week after is worked.
    days = WorkingDays({day("02/01/2026"): False, day("10/01/2026"): True})
    assert BY_LAW.is_working_day(day("02/01/2026"))
    assert not BY_LAW.is_working_day(day("10/01/2026"))
    assert not days.is_working_day(day("02/01/2026"))
    assert days.is_working_day(day("10/01/2026"))
    assert days.add(day("09/01/2026"), 1) == day("10/01/2026")
    assert days.until(day("09/01/2026"), day("12/01/2026")) == 2
    assert BY_LAW.until(day("09/01/2026"), day("12/01/2026")) == 1


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("13/02/2026", 1, "23/02/2026"),
        ("13/02/2026", 0, "13/02/2026"),
        ("14/02/2026", 0, "23/02/2026"),
        ("18/02/2026", 2, "24/02/2026"),
        ("23/02/2026", -1, "13/02/2026"),
        ("23/02/2026", -7, "05/02/2026"),
        ("11/02/2027", -1, "03/02/2027"),
        ("11/02/2027", -7, "26/01/2027"),
        # Three working days after the yearly cut-off.
        ("14/12/2026", 3, "17/12/2026"),
        ("31/12/2026", 1, "04/01/2027"),
    ],
)
def test_counting_working_days_skips_what_is_off(text: str, number: int, expected: str) -> None:
    assert BY_LAW.add(day(text), number) == day(expected)


@pytest.mark.parametrize(
    ("today", "due", "left"),
    [
        ("04/02/2026", "23/02/2026", 8),
        ("05/02/2026", "23/02/2026", 7),
        ("12/02/2026", "23/02/2026", 2),
        ("13/02/2026", "23/02/2026", 1),
        ("22/02/2026", "23/02/2026", 1),
        ("23/02/2026", "23/02/2026", 0),
        ("24/02/2026", "23/02/2026", 0),
        ("13/02/2026", "22/02/2026", 0),
    ],
)
def test_working_days_that_are_left(today: str, due: str, left: int) -> None:
    assert BY_LAW.until(day(today), day(due)) == left


def test_the_list_of_a_year_names_its_days_in_vietnamese() -> None:
    assert days_off(2027)[day("06/02/2027")] == "Tết Nguyên Đán"
    assert {one.year for one in days_off(2027)} == {2027}
    assert weekends_worked(2026) == [day("22/08/2026")]
    assert weekends_worked(2027) == []
