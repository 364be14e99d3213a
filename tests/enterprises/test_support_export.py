"""What comes out of the sheet HoTro again: the cases as rows to edit, and the figures."""

import datetime as dt
import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from programs.models import Plan
from tests.enterprises import support_samples as samples
from tests.enterprises.factories import enterprise
from tests.enterprises.test_support_sheet import (
    ACCEPTED,
    HEADS,
    MAPPED,
    MILLION,
    State,
    line,
    take,
    warnings,
)  # fmt: skip
from tests.workbooks import counts, run_import

pytestmark = pytest.mark.django_db


def exported(client: Client) -> bytes:
    """The list of cases as rows to edit."""
    url = reverse("support_case_list")
    page = client.get(url)
    answer = client.get(url + page.context["list"].sheet_url)
    return b"".join(answer.streaming_content)


def test_cases_of_every_state_are_exported_and_change_nothing_when_imported(
    plan: Plan, as_officer: Client, officer: User
) -> None:
    lead = samples.lead()
    for state in State:
        samples.brought_to(state, samples.selected(plan), officer, lead)
    waits, accepts = samples.selected(plan), samples.selected(plan)
    samples.propose_agreement(waits, officer)
    accepts = samples.brought_to(State.IN_PROGRESS, accepts, officer, lead)
    samples.propose_acceptance(accepts, officer)
    take(*(line(enterprise(), state) for state in MAPPED), line(enterprise(), "đã đóng", share="-"))
    content = exported(as_officer)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["HoTro"]
    assert [cell.value for cell in sheet[1]] == HEADS
    rows = {
        row[0]: row[3:] for row in sheet.iter_rows(min_row=2, max_col=len(HEADS), values_only=True)
    }
    # What is proposed is no fact.
    assert rows[waits.enterprise.tax_code] == ("đã chọn", None, None, None)
    state, accepted_on, *shares = rows[accepts.enterprise.tax_code]
    assert (state, accepted_on, shares) == (
        "đang thực hiện", None, [10 * MILLION, 15 * MILLION],
    )  # fmt: skip
    done = run_import(content)
    assert counts(done) == {"HoTro": (0, 0, 15, 0)}
    assert warnings(done) == []


def test_of_cases_with_one_key_the_one_that_an_import_finds_is_exported(
    plan: Plan, as_officer: Client, officer: User
) -> None:
    lead = samples.lead()
    again, given_up = enterprise(), enterprise()
    for of, ends in ((again, State.AGREED), (given_up, State.CANCELLED)):
        for state in (State.CANCELLED, ends):
            samples.brought_to(state, samples.selected(plan, of), officer, lead)
    content = exported(as_officer)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["HoTro"]
    rows = [(row[0], row[3]) for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
    assert sorted(rows) == sorted(
        [(again.tax_code, "đã thỏa thuận"), (given_up.tax_code, "đã hủy")]
    )
    assert counts(run_import(content)) == {"HoTro": (0, 0, 2, 0)}


# --- Figures ----------------------------------------------------------------------------------

DAYS = ("2024-11-19", "2024-11-20", "2025-12-13", "2025-12-14", "2025-12-15")
COUNTED = {
    "B1.3.5": (0, 1, 1, 2, 2),
    "B1.3.1": (0, 0, 0, 0, 0),
    "B2.2.5": (None, None, None, None, 1),
}


def test_what_was_accepted_counts_as_the_workbook_says(plan: Plan) -> None:
    a, b, c, d = (enterprise() for _index in range(4))
    last, first = dt.date(2025, 12, 14), dt.date(2025, 12, 15)
    later = dt.date(2025, 1, 1)
    done = take(
        line(a, "đã đóng"),
        line(a, "đã nghiệm thu", begun=later, accepted=dt.date(2025, 6, 1)),  # once all the same
        line(b, "đã nghiệm thu", accepted=last),
        line(c, "đã nghiệm thu", accepted=first),  # in neither phase
        line(d, "đang thực hiện", accepted=ACCEPTED),
        line(c, "đã hủy", begun=later, accepted=last),
        line(d, "đã đóng", begun=later, accepted=None),
        line(a, "đã nghiệm thu", task="B1.3.1", accepted=dt.date(2026, 1, 1)),
        line(a, "đã nghiệm thu", task="B2.2.5", accepted=first),
        line(b, "đã đóng", task="B2.2.5", accepted=last),  # in neither phase
    )
    assert counts(done) == {"HoTro": (10, 0, 0, 0)}
    assert [row for row, _column, _sentence in warnings(done)] == [5, 6, 7, 8, 9, 11]
    for place, day in enumerate(DAYS):
        answer = io.StringIO()
        call_command("measure", at=day, json=True, stdout=answer)
        found = json.loads(answer.getvalue())
        for code, by_day in COUNTED.items():
            assert (code, day, found[code]["value"]) == (code, day, by_day[place])
            assert found[code]["numerator"] == by_day[place]
