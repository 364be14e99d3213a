"""Outputs of indicators are recorded, corrected and voided on their pages."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from programs.figures import figures_of_plan
from programs.models import Indicator, Plan

pytestmark = pytest.mark.django_db


def test_an_output_is_recorded_corrected_and_voided(plan: Plan, as_officer: Client) -> None:
    add = reverse("output_add", args=[plan.code, "K01"])
    page = as_officer.post(add, {"name": "Báo cáo khảo sát", "issued_on": "01/01/2099"})
    assert "<title>Lỗi:" in page.content.decode()
    as_officer.post(add, {"name": "Báo cáo khảo sát", "issued_on": "05/05/2021"})
    day = dt.date(2021, 5, 5)
    assert figures_of_plan(plan, day)["K01"].value == 1
    assert figures_of_plan(plan, day - dt.timedelta(days=1))["K01"].value == 0
    page = as_officer.post(add, {"name": "báo cáo khảo sát", "issued_on": "06/05/2021"})
    assert "<title>Lỗi:" in page.content.decode()
    output = Indicator.objects.get(plan=plan, code="K01").outputs.get()
    edit = reverse("output_edit", args=[plan.code, output.pk])
    typed = {"name": "Báo cáo", "issued_on": "07/05/2021", "version": str(output.version)}
    as_officer.post(edit, typed)
    assert figures_of_plan(plan, day)["K01"].value == 0
    as_officer.post(
        reverse("output_void", args=[plan.code, output.pk]),
        {"reason": "Trùng.", "version": output.version + 1},
    )
    assert not Indicator.objects.get(plan=plan, code="K01").outputs.standing().exists()
    assert figures_of_plan(plan, dt.date(2021, 6, 1))["K01"].value == 0
