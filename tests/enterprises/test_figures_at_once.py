"""Whatever is added, ended or voided shows on the page of the indicator at once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from enterprises.choices import ProjectKind, RecognitionKind
from enterprises.models import Enterprise, ModelRecognition, ProductivityProject, ProductivityYear
from enterprises.services import acts_of, key_list_entry_approve
from programs.models import Plan
from tests.enterprises import factories
from tests.enterprises.samples import AMOUNTS, kind_named, values_of
from tests.factories import user

pytestmark = pytest.mark.django_db

PHASE_ONE = dt.date(2022, 3, 1)
NOTHING = "–"


@pytest.fixture
def shown(plan: Plan, as_officer: Client) -> Callable[[str], str]:
    """What the page of an indicator shows as its figure today."""

    def value(code: str) -> str:
        page = as_officer.get(reverse("indicator_detail", args=[plan.code, code]))
        found: str = page.context["value"]
        return found

    return value


@pytest.fixture
def key(plan: Plan) -> Enterprise:
    """A key enterprise with a key product under obligation."""
    made = factories.enterprise(sector="services")
    factories.key_entry(made)
    factories.key_entry(factories.product(made, obligated=True, name="Chè"))
    return made


def yesterday() -> dt.date:
    """The day before today."""
    return timezone.localdate() - dt.timedelta(days=1)


# The kind, the indicator, further values, and what is shown: before, added, ended.
CASES: list[tuple[str, str, dict[str, Any], tuple[str, str, str]]] = [
    ("standard_declaration", "K18", {}, ("0%", "100%", "0%")),
    ("certificate", "K21", {}, ("0%", "100%", "0%")),
    ("tool_adoption", "K21", {}, ("0%", "100%", "0%")),
    ("productivity_project", "K20", {}, ("0%", "100%", "100%")),
    ("network_membership", "K11", {}, ("0%", "100%", "0%")),
    ("award_entry", "K04", {"year": 2025}, ("0", "1", "1")),
    (
        "model_recognition",
        "K24",
        {"kind": RecognitionKind.PILOT, "recognised_on": dt.date(2026, 1, 2)},
        ("0", "1", "1"),
    ),
]


@pytest.mark.parametrize(
    ("name", "code", "further", "expected"), CASES, ids=[f"{case[0]}-{case[1]}" for case in CASES]
)
def test_each_record_counts_at_once_and_no_longer(
    name: str,
    code: str,
    further: dict[str, Any],
    expected: tuple[str, str, str],
    key: Enterprise,
    officer: User,
    shown: Callable[[str], str],
) -> None:
    kind, (before, added, ended) = kind_named(name), expected
    values = values_of(kind, key) | further
    if "product" in values:
        values["product"] = key.products.get(name="Chè")
    assert shown(code) == before
    record = acts_of(kind).add(enterprise=key, values=values, by=officer)
    assert shown(code) == added
    if kind.end_fields:
        # K11 is of the phase that is over: what ended before its last day no longer counts there.
        day = PHASE_ONE if code == "K11" else yesterday()
        last = dict.fromkeys(kind.end_fields, "Đã chấm dứt.") | {kind.end_fields[0]: day}
        record = acts_of(kind).end(record=record, values=last, version=record.version, by=officer)
        assert shown(code) == ended
        back = {kind.end_fields[0]: None}
        if "withdrawn_reason" in kind.end_fields:
            back["withdrawn_reason"] = ""
        type(record).objects.filter(pk=record.pk).update(**back)
        record = type(record).objects.get(pk=record.pk)
        assert shown(code) == added
    acts_of(kind).void(record=record, reason="Nhập nhầm.", version=None, by=officer)
    assert shown(code) == before


def test_a_suspension_counts_at_once(
    key: Enterprise, officer: User, shown: Callable[[str], str]
) -> None:
    kind = kind_named("certificate_suspension")
    values = values_of(kind, key)
    assert shown("K21") == "100%"
    suspended = acts_of(kind).add(enterprise=key, values=values, by=officer)
    assert shown("K21") == "0%"
    suspended = acts_of(kind).end(
        record=suspended, values={"valid_to": yesterday()}, version=None, by=officer
    )
    assert shown("K21") == "100%"
    acts_of(kind).void(record=suspended, reason="Nhầm.", version=None, by=officer)
    assert shown("K21") == "100%"


def test_an_entry_of_a_key_list_counts_once_another_person_approved_it(
    plan: Plan, officer: User, shown: Callable[[str], str]
) -> None:
    one = factories.enterprise()
    ProductivityProject.objects.create(
        enterprise=one, kind=ProjectKind.PROJECT, valid_from=PHASE_ONE
    )
    kind = kind_named("key_list_entry")
    assert shown("K20") == NOTHING
    values = {"valid_from": PHASE_ONE, "decision_number": "12/QĐ-UBND"}
    entry = acts_of(kind).add(enterprise=one, values=values, by=officer)
    assert shown("K20") == NOTHING
    lead = user(role=Role.PROGRAMME_LEAD)
    key_list_entry_approve(asked=[(entry, entry.version)], by=lead)
    assert shown("K20") == "100%"


def test_a_product_and_the_figures_of_a_year_count_at_once(
    key: Enterprise, officer: User, shown: Callable[[str], str]
) -> None:
    product = kind_named("product")
    made = key.products.get(name="Chè")
    assert shown("K19") == "0%"
    acts_of(product).edit(record=made, values={"obligated": False}, version=None, by=officer)
    assert shown("K19") == NOTHING
    ModelRecognition.objects.create(
        enterprise=key, kind=RecognitionKind.COMPREHENSIVE, recognised_on=PHASE_ONE
    )
    year = kind_named("productivity_year")
    ProductivityYear.objects.create(
        enterprise=key, **values_of(year, key) | dict.fromkeys(AMOUNTS, 10)
    )
    assert shown("K08") == NOTHING
    later = values_of(year, key) | dict.fromkeys(AMOUNTS, 20)
    later |= {"fixed_assets": 10, "year": 2024, "is_base": False}
    record = acts_of(year).add(enterprise=key, values=later, by=officer)
    assert shown("K08") == "100%"
    acts_of(year).void(record=record, reason="Nhập nhầm.", version=None, by=officer)
    assert shown("K08") == NOTHING
