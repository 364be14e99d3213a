"""The acts on records that hang on an enterprise, the same for every kind."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from core.versions import StaleVersionError
from enterprises import kinds
from enterprises.kinds import KINDS, RecordKind
from enterprises.models import Enterprise
from enterprises.services import acts_of
from tests.enterprises import factories
from tests.enterprises.samples import another_value, form_data, record_of, values_of
from tests.factories import user

pytestmark = pytest.mark.django_db

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
ending_kinds = pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.end_fields], ids=lambda kind: kind.name
)


def history(record: Any) -> list[Entry]:
    """What the history holds about a record, oldest first."""
    return list(Entry.objects.about(record).order_by("id"))


@every_kind
def test_a_record_is_added_with_its_history_and_counts_on_the_enterprise(
    kind: RecordKind, officer: User
) -> None:
    enterprise = factories.enterprise()
    values = values_of(kind, enterprise)
    before = Enterprise.objects.get(pk=enterprise.pk).version
    record = acts_of(kind).add(enterprise=enterprise, values=values, by=officer)
    stored = kind.model.objects.get(pk=record.pk)
    assert kind.enterprise_of(stored) == enterprise
    assert stored.recorded_by == officer
    assert {name: getattr(stored, name) for name in values} == values
    assert Enterprise.objects.get(pk=enterprise.pk).version == before + 1
    [entry] = history(record)
    assert (entry.act, entry.actor_id) == (f"{kind.name}_add", officer.pk)


@every_kind
def test_a_correction_is_marked_and_the_history_tells_before_and_after(
    kind: RecordKind, officer: User
) -> None:
    record = record_of(kind)
    name, value = another_value(kind)
    before = getattr(record, name)
    changed = acts_of(kind).edit(
        record=record, values={name: value}, version=record.version, by=officer
    )
    assert getattr(kind.model.objects.get(pk=record.pk), name) == value
    assert changed.version == record.version + 1
    assert (changed.corrected_at is not None) == (kind is not kinds.KEY_LIST_ENTRY)
    entry = history(record)[-1]
    assert entry.act == f"{kind.name}_edit"
    assert entry.before[name] != entry.after[name]
    assert entry.before[name] in {before, str(before)}


@every_kind
def test_a_second_save_of_one_version_is_told_what_differs_and_changes_nothing(
    kind: RecordKind, as_officer: Client, officer: User
) -> None:
    record = record_of(kind)
    enterprise = kind.enterprise_of(record)
    name, value = another_value(kind)
    data = {**form_data(kind, record), "version": record.version}
    acts_of(kind).edit(record=record, values={name: value}, version=record.version, by=officer)
    response = as_officer.post(reverse(f"{kind.name}_edit", args=[enterprise.pk, record.pk]), data)
    assert response.status_code == 200
    form = response.context["form"]
    assert [difference.label for difference in form.differences] == [str(form[name].label)]
    assert form[name].value() == str(data[name])
    assert getattr(kind.model.objects.get(pk=record.pk), name) == value
    with pytest.raises(StaleVersionError):
        acts_of(kind).void(record=record, reason="Nhầm.", version=record.version, by=officer)


@every_kind
def test_what_is_voided_leaves_and_says_why_and_is_not_touched_again(
    kind: RecordKind, officer: User
) -> None:
    record = record_of(kind)
    acts = acts_of(kind)
    with pytest.raises(ValidationError):
        acts.void(record=record, reason="  ", version=record.version, by=officer)
    acts.void(record=record, reason="Nhập nhầm.", version=record.version, by=officer)
    stored = kind.model.objects.get(pk=record.pk)
    assert stored.is_voided
    assert stored.voided_by == officer
    assert not kind.model.objects.standing().filter(pk=record.pk).exists()
    entry = history(record)[-1]
    assert (entry.act, entry.reason) == (f"{kind.name}_void", "Nhập nhầm.")
    name, value = another_value(kind)
    with pytest.raises(NotAllowedError):
        acts.edit(record=stored, values={name: value}, version=None, by=officer)
    with pytest.raises(NotAllowedError):
        acts.void(record=stored, reason="Nữa.", version=None, by=officer)


@ending_kinds
def test_a_record_ends_once_and_an_end_is_no_correction(kind: RecordKind, officer: User) -> None:
    record = record_of(kind)
    day = dt.date(2025, 6, 30)
    values: dict[str, Any] = {kind.end_date: day}
    if "withdrawn_reason" in kind.end_fields:
        values["withdrawn_reason"] = "Không duy trì hệ thống."
    acts = acts_of(kind)
    ended = acts.end(record=record, values=values, version=record.version, by=officer)
    assert getattr(ended, kind.end_date) == day
    assert ended.corrected_at is None
    assert history(record)[-1].act == f"{kind.name}_end"
    with pytest.raises(NotAllowedError, match="30/06/2025"):
        acts.end(record=ended, values=values, version=None, by=officer)


@ending_kinds
def test_an_end_before_the_start_is_told_at_its_field(kind: RecordKind, officer: User) -> None:
    record = record_of(kind)
    values: dict[str, Any] = dict.fromkeys(kind.end_fields, "Lý do.")
    values[kind.end_date] = dt.date(2020, 1, 1)
    with pytest.raises(ValidationError) as refused:
        acts_of(kind).end(record=record, values=values, version=None, by=officer)
    assert set(refused.value.message_dict) == {kind.end_date}
    assert getattr(kind.model.objects.get(pk=record.pk), kind.end_date) is None


@every_kind
@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD}]
)
def test_nobody_else_keeps_records_whoever_calls(kind: RecordKind, role: Role) -> None:
    record = record_of(kind)
    person = user(role=role)
    acts = acts_of(kind)
    values = values_of(kind, factories.enterprise())
    calls: list[Callable[[], Any]] = [
        lambda: acts.add(enterprise=kind.enterprise_of(record), values=values, by=person),
        lambda: acts.edit(record=record, values={}, version=None, by=person),
        lambda: acts.void(record=record, reason="x", version=None, by=person),
    ]
    if kind.end_fields:
        calls.append(lambda: acts.end(record=record, values={}, version=None, by=person))
    for call in calls:
        with pytest.raises(NotAllowedError):
            call()


@every_kind
def test_the_records_of_a_merged_enterprise_are_left_alone(kind: RecordKind, officer: User) -> None:
    record = record_of(kind)
    enterprise = kind.enterprise_of(record)
    Enterprise.objects.filter(pk=enterprise.pk).update(merged_into=factories.enterprise())
    with pytest.raises(NotAllowedError):
        acts_of(kind).void(record=record, reason="x", version=None, by=officer)


@every_kind
def test_only_what_is_typed_can_be_set(kind: RecordKind, officer: User) -> None:
    record = record_of(kind)
    with pytest.raises(ValueError, match="is not typed"):
        acts_of(kind).edit(record=record, values={"recorded_by": officer}, version=None, by=officer)


OF_PRODUCTS = [kinds.KEY_LIST_ENTRY, kinds.DECLARATION, kinds.CERTIFICATE]
OF_CERTIFICATES = [kinds.SUSPENSION, kinds.SURVEILLANCE]


@pytest.mark.parametrize("kind", [*OF_PRODUCTS, *OF_CERTIFICATES], ids=lambda kind: kind.name)
def test_what_belongs_to_another_enterprise_is_neither_offered_nor_taken(
    kind: RecordKind, as_officer: Client, officer: User
) -> None:
    enterprise, other = factories.enterprise(), factories.enterprise()
    name = "certificate" if kind in OF_CERTIFICATES else "product"
    foreign = factories.certificate(other) if name == "certificate" else factories.product(other)
    values = {**values_of(kind, enterprise), name: foreign}
    with pytest.raises(ValidationError):
        acts_of(kind).add(enterprise=enterprise, values=values, by=officer)
    url = reverse(f"{kind.name}_add", args=[enterprise.pk])
    page = as_officer.get(url)
    assert foreign not in page.context["form"].fields[name].queryset
    count = kind.model.objects.count()
    data = {**form_data(kind, record_of(kind, enterprise)), name: foreign.pk}
    count = kind.model.objects.count()
    response = as_officer.post(url, data)
    assert name in response.context["form"].errors
    assert kind.model.objects.count() == count


@every_kind
def test_a_record_is_found_under_its_own_enterprise_only(
    kind: RecordKind, as_officer: Client
) -> None:
    record = record_of(kind)
    other = factories.enterprise()
    acts = ("edit", "void", "end") if kind.end_fields else ("edit", "void")
    for act in acts:
        own = reverse(f"{kind.name}_{act}", args=[kind.enterprise_of(record).pk, record.pk])
        assert as_officer.get(own).status_code == 200
        foreign = reverse(f"{kind.name}_{act}", args=[other.pk, record.pk])
        assert as_officer.get(foreign).status_code == 404
        assert as_officer.post(foreign, {"reason": "x"}).status_code == 404


def test_a_product_is_voided_after_what_rests_on_it(officer: User) -> None:
    product = factories.product()
    declaration = factories.declaration(product)
    acts = acts_of(kinds.PRODUCT)
    with pytest.raises(DomainError, match="công bố"):
        acts.void(record=product, reason="Nhầm.", version=None, by=officer)
    acts_of(kinds.DECLARATION).void(record=declaration, reason="Nhầm.", version=None, by=officer)
    assert acts.void(record=product, reason="Nhầm.", version=None, by=officer).is_voided


def test_nothing_happens_to_a_certificate_before_it_is_issued(officer: User) -> None:
    certificate = factories.certificate(factories.enterprise(), on=dt.date(2024, 5, 2))
    for kind, first in ((kinds.SUSPENSION, "valid_from"), (kinds.SURVEILLANCE, "due_on")):
        values = {**values_of(kind, certificate.enterprise), "certificate": certificate}
        values[first] = dt.date(2024, 5, 1)
        with pytest.raises(ValidationError, match="02/05/2024"):
            acts_of(kind).add(enterprise=certificate.enterprise, values=values, by=officer)
