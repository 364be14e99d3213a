"""What a form refuses, beside its field, in the words of the database; and what it does not do."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from enterprises import kinds
from enterprises.choices import Scheme
from enterprises.kinds import KINDS, RecordKind
from enterprises.models import Certificate, Enterprise, ProductivityYear
from enterprises.services import acts_of
from enterprises.services import constraints as told_constraints
from tests.enterprises import factories
from tests.enterprises.samples import data_of, form_data, record_of, values_of
from tests.factories import user

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
IN_ORDER = "Ngày kết thúc trước ngày bắt đầu; đề nghị sửa một trong hai ngày."


def post(client: Client, kind: RecordKind, of: Enterprise, data: dict[str, Any]) -> Any:
    """Send the form on which a record is added."""
    return client.post(reverse(f"{kind.name}_add", args=[of.pk]), data)


def errors(response: Any) -> dict[str, list[str]]:
    """What the form tells, by field; and the title says so first."""
    assert response.status_code == 200
    assert "<title>Lỗi:" in response.content.decode()
    found: dict[str, list[str]] = response.context["form"].errors
    return found


# Records of which there can be no second one, and the field that is told.
ONCE = {
    "product": "name",
    "standard_declaration": "standard",
    "certificate": "number",
    "surveillance": "due_on",
    "productivity_project": "valid_from",
    "productivity_year": "year",
    "model_recognition": "recognised_on",
    "award_entry": "year",
    "enterprise_figures": "year",
    "key_list_entry": "valid_from",
    "certificate_suspension": "valid_from",
    "tool_adoption": "valid_from",
    "network_membership": "valid_from",
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_second_record_of_the_same_is_told_at_its_field_and_refused_by_the_database(
    kind: RecordKind, as_officer: Client
) -> None:
    record = record_of(kind)
    enterprise = kind.enterprise_of(record)
    response = post(as_officer, kind, enterprise, form_data(kind, record))
    place = ONCE[kind.name]
    told = errors(response)
    assert place in told
    assert f'href="#id_{place}"' in response.content.decode()
    assert told[place][0] in response.content.decode()
    assert kind.model.objects.count() == 1
    record.pk, record._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save(force_insert=True)


ENDS = {
    "product": ("obligated_from", "obligated_to"),
    "key_list_entry": ("valid_from", "valid_to"),
    "standard_declaration": ("declared_on", "expires_on"),
    "certificate": ("issued_on", "expires_on"),
    "certificate_suspension": ("valid_from", "valid_to"),
    "tool_adoption": ("valid_from", "valid_to"),
    "productivity_project": ("valid_from", "valid_to"),
    "network_membership": ("valid_from", "valid_to"),
}


@pytest.mark.parametrize(("name", "days"), ENDS.items())
def test_an_end_before_the_start_is_told_at_the_end_and_refused_by_the_database(
    name: str, days: tuple[str, str], as_officer: Client
) -> None:
    kind = next(kind for kind in KINDS if kind.name == name)
    enterprise = factories.enterprise()
    first, last = days
    start = dt.date(2024, 5, 2)
    values = {**values_of(kind, enterprise), first: start, last: start - DAY}
    if name == "product":
        values["obligated"] = True
    told = errors(post(as_officer, kind, enterprise, data_of(values)))
    assert set(told) == {last}
    assert kind.model.objects.count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        record_of(kind, enterprise, **{first: start, last: start - DAY})
    same_day = {**values, last: start}
    assert post(as_officer, kind, enterprise, data_of(same_day)).status_code == 302


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_who_is_overtaken_by_another_save_gets_the_same_words(
    kind: RecordKind, officer: User
) -> None:
    record = record_of(kind)
    enterprise = kind.enterprise_of(record)
    values = {name: getattr(record, name) for name in kind.fields}
    acts = acts_of(kind)
    with pytest.raises(ValidationError) as seen_before:
        acts.add(enterprise=enterprise, values=values, by=officer)
    # The other save lands after the check: only the database stands in the way.
    blind = patch.object(told_constraints, "broken_constraints", return_value={})
    with blind, pytest.raises(ValidationError) as overtaken:
        acts.add(enterprise=enterprise, values=values, by=officer)
    assert overtaken.value.message_dict.items() <= seen_before.value.message_dict.items()
    assert kind.model.objects.count() == 1


BAD_VALUES: list[tuple[str, dict[str, Any], str]] = [
    ("productivity_year", {"labour": "0"}, "labour"),
    ("productivity_year", {"fixed_assets": "0"}, "fixed_assets"),
    ("productivity_year", {"labour_cost": "-1"}, "labour_cost"),
    ("productivity_year", {"pretax_profit": "1.05"}, "pretax_profit"),
    ("productivity_year", {"labour": "85.5"}, "labour"),
    ("productivity_year", {"year": "22"}, "year"),
    ("enterprise_figures", {"revenue": "-5"}, "__all__"),
    ("enterprise_figures", {"labour": "mười"}, "labour"),
    ("certificate", {"scheme": "standard"}, "product"),
    ("certificate", {"scheme": "other"}, "scheme_name"),
    ("certificate", {"method": "9"}, "method"),
    ("certificate", {"issued_on": "31/02/2024"}, "issued_on"),
    ("certificate", {"issued_on": "01/01/0202"}, "issued_on"),
    ("certificate", {"number": ""}, "number"),
    ("product", {"obligated": "", "obligated_from": "01/01/2024"}, "obligated"),
    ("surveillance", {"result": ""}, "result"),
    ("tool_adoption", {"tool": "0"}, "tool"),
]


@pytest.mark.parametrize(("name", "wrong", "place"), BAD_VALUES)
def test_what_cannot_be_is_told_at_its_field_and_what_was_typed_is_kept(
    name: str, wrong: dict[str, Any], place: str, as_officer: Client
) -> None:
    kind = next(kind for kind in KINDS if kind.name == name)
    enterprise = factories.enterprise()
    data = {**data_of(values_of(kind, enterprise)), **wrong}
    response = post(as_officer, kind, enterprise, data)
    assert place in errors(response)
    form = response.context["form"]
    for field, value in data.items():
        kept = form[field].value()
        assert (kept is True and value == "on") or str(kept or "") == str(value), field
    assert kind.model.objects.count() == 0


def test_numbers_are_read_and_shown_as_officials_write_them(
    as_officer: Client, officer: User
) -> None:
    enterprise = factories.enterprise()
    data = data_of(values_of(kinds.PRODUCTIVITY_YEAR, enterprise))
    data |= {"pretax_profit": "-1.050.000.000", "labour": "1.085,5"}
    assert post(as_officer, kinds.PRODUCTIVITY_YEAR, enterprise, data).status_code == 302
    year = ProductivityYear.objects.get()
    assert (year.pretax_profit, str(year.labour)) == (-1_050_000_000, "1085.50")
    page = as_officer.get(reverse("productivity_year_edit", args=[enterprise.pk, year.pk]))
    assert 'value="-1.050.000.000"' in page.content.decode()
    assert 'value="1.085,5"' in page.content.decode()


def test_a_second_base_year_is_told_at_its_box(as_officer: Client) -> None:
    record = record_of(kinds.PRODUCTIVITY_YEAR)
    data = {**form_data(kinds.PRODUCTIVITY_YEAR, record), "year": "2024"}
    told = errors(post(as_officer, kinds.PRODUCTIVITY_YEAR, record.enterprise, data))
    assert told == {"is_base": ["Doanh nghiệp đã có một năm gốc khác."]}
    again = record_of(kinds.PRODUCTIVITY_YEAR, record.enterprise, year=2024, is_base=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProductivityYear.objects.filter(pk=again.pk).update(is_base=True)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_fields_that_no_form_has_change_nothing(
    kind: RecordKind, as_officer: Client, officer: User
) -> None:
    other, stranger = factories.enterprise(), user()
    enterprise = factories.enterprise()
    injected = {
        "enterprise": other.pk,
        "recorded_by": stranger.pk,
        "corrected_at": "2020-01-01",
        "voided_at": "2020-01-01",
        "voided_reason": "x",
        "withdrawn_on": "01/01/2023",
        "version": "77",
        "id": "1",
    }
    data = {**data_of(values_of(kind, enterprise)), **injected}
    assert post(as_officer, kind, enterprise, data).status_code == 302
    record = kind.model.objects.get()
    assert kind.enterprise_of(record) == enterprise
    assert (record.recorded_by, record.version) == (officer, 1)
    assert not record.is_voided
    assert record.corrected_at is None
    assert getattr(record, "withdrawn_on", None) is None


def test_the_name_of_a_scheme_stays_with_other_schemes_only(officer: User) -> None:
    acts = acts_of(kinds.CERTIFICATE)
    values = values_of(kinds.CERTIFICATE, factories.enterprise())
    named = {**values, "scheme_name": "VietGAP"}
    enterprise = factories.enterprise()
    assert acts.add(enterprise=enterprise, values=named, by=officer).scheme_name == ""
    other = {**named, "scheme": Scheme.OTHER}
    assert acts.add(enterprise=enterprise, values=other, by=officer).scheme_label == "VietGAP"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("15/05/2023", "15/05/2026"),
        ("29/02/2024", "28/02/2027"),
        ("x", ""),
        ("", ""),
        ("31/12/9999", ""),
    ],
)
def test_an_expiry_is_suggested_and_never_computed(
    typed: str, told: str, as_officer: Client
) -> None:
    enterprise = factories.enterprise()
    url = reverse("certificate_expiry_hint", args=[enterprise.pk])
    hint = as_officer.get(url, {"issued_on": typed}).content.decode().strip()
    assert told in hint
    assert bool(hint) == bool(told)
    data = data_of(values_of(kinds.CERTIFICATE, enterprise))
    assert post(as_officer, kinds.CERTIFICATE, enterprise, data).status_code == 302
    assert Certificate.objects.get().expires_on is None


def test_a_withdrawal_says_why(as_officer: Client) -> None:
    certificate = record_of(kinds.CERTIFICATE)
    url = reverse("certificate_end", args=[certificate.enterprise_id, certificate.pk])
    data = {"withdrawn_on": "01/02/2024", "withdrawn_reason": "", "version": certificate.version}
    assert set(errors(as_officer.post(url, data))) == {"withdrawn_reason"}
    answer = as_officer.post(url, {**data, "withdrawn_reason": "Không duy trì."})
    assert answer.status_code == 302
    assert answer["Location"].endswith("#giay-chung-nhan")
    assert Certificate.objects.get().withdrawn_on == dt.date(2024, 2, 1)


def test_the_pages_name_the_record_and_lead_back(as_officer: Client) -> None:
    product = factories.product(name="Gạo Séng Cù")
    where = [product.enterprise_id, product.pk]
    page = as_officer.get(reverse("product_void", args=where)).content.decode()
    assert "Hủy bỏ sản phẩm: Gạo Séng Cù" in page
    assert f'href="{product.enterprise.get_absolute_url()}#san-pham"' in page
    stale = {"name": "Gạo khác", "version": "0"}
    page = as_officer.post(reverse("product_edit", args=where), stale).content.decode()
    assert "Sửa sản phẩm: Gạo Séng Cù" in page
