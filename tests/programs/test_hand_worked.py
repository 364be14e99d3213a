"""A register with every edge, imported as a workbook and measured at five dates."""

import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command

from enterprises.models import Certificate, CertificateSuspension
from programs.models import Plan
from tests import hand_worked
from tests.hand_worked import COUNTED, DAYS, JUDGED, SECOND
from tests.workbooks import run_import

pytestmark = pytest.mark.django_db

GROWING = {"K22", "K23"}


@pytest.fixture
def register(plan: Plan) -> None:
    """The register; a suspension is entered by hand, for no sheet has it."""
    done = run_import(hand_worked.sheets())
    assert list(done.plan.mistakes()) == []
    CertificateSuspension.objects.create(
        certificate=Certificate.objects.get(number="S4"),
        valid_from=dt.date(2026, 6, 1),
        valid_to=dt.date(2026, 6, 30),
        reason="Quá hạn giám sát.",
    )


def measured(day: str) -> dict[str, dict[str, Any]]:
    """What the command answers."""
    answer = io.StringIO()
    call_command("measure", at=day, json=True, stdout=answer)
    found: dict[str, dict[str, Any]] = json.loads(answer.getvalue())
    return found


def value_of(code: str, numerator: int | None, denominator: int | None) -> Any:
    """The value that follows from both, as the command writes it."""
    if numerator is None or denominator == 0:
        return None
    if denominator is None:
        return numerator
    return pytest.approx(float(Decimal(100 * numerator) / denominator), abs=1e-6)


@pytest.mark.parametrize("day", DAYS)
def test_every_figure_is_the_one_worked_out_by_hand(day: str, register: None) -> None:
    place = DAYS.index(day)
    found = measured(day)
    for code, by_day in COUNTED.items():
        numerator, denominator = by_day[place]
        one = found[code]
        assert (one["numerator"], one["denominator"]) == (numerator, denominator), code
        assert one["value"] == value_of(code, numerator, denominator), code
        assert bool(one["reason"]) == (one["value"] is None or (code == "K04" and place == 1)), code
    for code, by_day in SECOND.items():
        numerator, denominator = by_day[place]
        second = found[code]["second"]
        if numerator is None:
            assert second is None, code
            continue
        assert (second["numerator"], second["denominator"]) == (numerator, denominator), code
        assert second["value"] == value_of(code, numerator, denominator), code
    for code in set(COUNTED) - set(SECOND):
        assert found[code]["second"] is None, code
    judged = {code: found[code]["status"] for code in JUDGED}
    assert judged == {code: by_day[place] for code, by_day in JUDGED.items()}
