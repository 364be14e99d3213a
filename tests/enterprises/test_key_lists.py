"""The key lists and their second person: every state, act and role; alone, in bulk, in a race."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from core.versions import StaleVersionError
from enterprises import services
from enterprises.choices import ApprovalState, ProposedAct
from enterprises.kinds import KEY_LIST_ENTRY
from enterprises.models import KeyListEntry, Product
from enterprises.record_worklist import key_lists_to_approve, returned_entries
from enterprises.services import acts_of
from tests.enterprises import factories
from tests.factories import user

pytestmark = pytest.mark.django_db

ACTS = acts_of(KEY_LIST_ENTRY)
FROM, TO = dt.date(2024, 1, 1), dt.date(2026, 12, 31)
LATER = dt.date(2024, 2, 1)
KNOWN = dt.datetime(2024, 1, 5, tzinfo=dt.UTC)
S = ApprovalState


@pytest.fixture
def lead(db: None) -> User:
    """A programme lead, who has prepared nothing."""
    return user(role=Role.PROGRAMME_LEAD)


def entry_in(state: ApprovalState, maker: User, **values: Any) -> KeyListEntry:
    """An entry in a state, prepared by this person."""
    made = {"recorded_by": maker, "prepared_by": maker, "prepared_at": KNOWN, "approved_at": None}
    if state in {S.APPROVED, S.CHANGE, S.CHANGE_RETURNED}:
        made |= {"approved_at": KNOWN}
    if state in {S.CHANGE, S.CHANGE_RETURNED}:
        change = {"valid_from": LATER.isoformat()}
        made["proposal"] = {
            "act": ProposedAct.EDIT,
            "values": change,
            "after": change,
            "reason": "",
        }
    if state in {S.NEW_RETURNED, S.CHANGE_RETURNED}:
        made |= {"returned_at": KNOWN, "returned_reason": "Sai ngày."}
    if state == S.VOIDED:
        made |= {"voided_at": KNOWN, "voided_reason": "Nhầm."}
    last = values.pop("valid_to", None)
    entry = factories.key_entry(factories.product(), FROM, last, **{**made, **values})
    assert entry.approval == state
    return entry


def again(entry: KeyListEntry) -> KeyListEntry:
    """The entry as the database has it."""
    return KeyListEntry.objects.get(pk=entry.pk)


Act = Callable[[KeyListEntry, User], object]
ACT_BY_NAME: dict[str, Act] = {
    "edit": lambda entry, by: ACTS.edit(
        record=entry, values={"decision_number": "9/QĐ-UBND"}, version=entry.version, by=by
    ),
    "end": lambda entry, by: ACTS.end(
        record=entry, values={"valid_to": TO}, version=entry.version, by=by
    ),
    "void": lambda entry, by: ACTS.void(record=entry, reason="Nhầm.", version=entry.version, by=by),
    "approve": lambda entry, by: services.key_list_entry_approve(
        asked=[(entry, entry.version)], by=by
    ),
    "return": lambda entry, by: services.key_list_entry_return(
        entry=entry, reason="Sai số.", version=entry.version, by=by
    ),
    "drop_change": lambda entry, by: services.key_list_entry_drop_change(
        entry=entry, version=entry.version, by=by
    ),
}
MAKER_LEAD = "lead_who_prepared"


def allowed(state: ApprovalState, act: str, who: str) -> bool:
    """Whether the act may be done, as the rules of the house say it."""
    keeps = who in {Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD, "maker", MAKER_LEAD}
    if state == S.VOIDED or not keeps:
        return False
    if act in {"approve", "return"}:
        return state in {S.NEW, S.CHANGE} and who == Role.PROGRAMME_LEAD
    if act == "drop_change":
        return state in {S.CHANGE, S.CHANGE_RETURNED}
    return True


@pytest.mark.parametrize("state", ApprovalState)
def test_every_act_in_this_state_by_every_kind_of_person(state: ApprovalState) -> None:
    people = {role.value: user(role=role) for role in Role}
    people["maker"] = user(role=Role.PROGRAMME_OFFICER)
    people[MAKER_LEAD] = user(role=Role.PROGRAMME_LEAD)
    wrong = []
    for act, do in ACT_BY_NAME.items():
        for who, person in people.items():
            maker = person if who in {"maker", MAKER_LEAD} else people["maker"]
            with transaction.atomic():
                entry = entry_in(state, maker)
                before = again(entry).__dict__
                count = Entry.objects.count()
                try:
                    do(entry, person)
                    done = True
                except NotAllowedError:
                    done = False
                    after = again(entry).__dict__
                    assert {**after, "_state": None} == {**before, "_state": None}
                if done != allowed(state, act, who):
                    wrong.append(f"{act} of {state} by {who}: done is {done}")
                if Entry.objects.count() != count + done:
                    wrong.append(f"{act} of {state} by {who} is not in the history once")
                transaction.set_rollback(True)
    assert wrong == []


def test_what_is_new_counts_when_another_person_approves_it(officer: User, lead: User) -> None:
    product = factories.product()
    values = {"product": product, "valid_from": FROM, "decision_number": "12/QĐ-UBND"}
    entry = ACTS.add(enterprise=product.enterprise, values=values, by=officer)
    assert entry.approval == S.NEW
    assert not KeyListEntry.objects.counting().exists()
    services.key_list_entry_approve(asked=[(entry, entry.version)], by=lead)
    [counted] = KeyListEntry.objects.counting().valid_at(FROM)
    assert (counted.approved_by, counted.prepared_by) == (lead, officer)


def test_a_correction_counts_when_it_is_approved_and_is_marked(officer: User, lead: User) -> None:
    entry = entry_in(S.APPROVED, user())
    proposed = ACTS.edit(
        record=entry, values={"valid_from": LATER}, version=entry.version, by=officer
    )
    assert (again(entry).valid_from, again(entry).corrected_at) == (FROM, None)
    assert proposed.approval == S.CHANGE
    services.key_list_entry_approve(asked=[(proposed, proposed.version)], by=lead)
    changed = again(entry)
    assert (changed.valid_from, changed.approval) == (LATER, S.APPROVED)
    assert changed.corrected_at
    history = Entry.objects.about(entry).order_by("id")
    assert [one.act for one in history] == [
        "key_list_entry_propose_edit",
        "key_list_entry_approve",
    ]
    approval = history.last()
    assert approval is not None
    assert (approval.before["valid_from"], approval.after["valid_from"]) == (
        FROM.isoformat(),
        LATER.isoformat(),
    )


def test_an_entry_moves_to_the_enterprise_itself_and_back(officer: User, lead: User) -> None:
    entry = entry_in(S.APPROVED, user())
    product = entry.product
    assert product is not None
    for value in (None, product):
        proposed = ACTS.edit(record=entry, values={"product": value}, version=None, by=officer)
        services.key_list_entry_approve(asked=[(proposed, None)], by=lead)
        changed = again(entry)
        assert changed.product == value
        assert changed.enterprise == (None if value else product.enterprise)


def test_an_end_and_a_voiding_wait_too(officer: User, lead: User) -> None:
    entry = entry_in(S.APPROVED, user())
    ended = ACTS.end(record=entry, values={"valid_to": TO}, version=None, by=officer)
    assert again(entry).valid_to is None
    services.key_list_entry_approve(asked=[(ended, None)], by=lead)
    assert (again(entry).valid_to, again(entry).corrected_at) == (TO, None)
    voided = ACTS.void(record=entry, reason="Không có quyết định.", version=None, by=officer)
    assert KeyListEntry.objects.counting().filter(pk=entry.pk).exists()
    services.key_list_entry_approve(asked=[(voided, None)], by=lead)
    gone = again(entry)
    assert (gone.voided_by, gone.voided_reason) == (officer, "Không có quyết định.")
    assert not KeyListEntry.objects.counting().exists()


def test_what_is_returned_says_why_and_waits_again_when_it_is_mended(
    officer: User, lead: User
) -> None:
    entry = entry_in(S.NEW, officer)
    with pytest.raises(ValidationError):
        services.key_list_entry_return(entry=entry, reason=" ", version=None, by=lead)
    services.key_list_entry_return(entry=entry, reason="Sai số quyết định.", version=None, by=lead)
    assert [item.detail for item in returned_entries(officer)] == ["Sai số quyết định."]
    assert list(key_lists_to_approve(lead)) == []
    ACTS.edit(record=entry, values={"decision_number": "15/QĐ-UBND"}, version=None, by=officer)
    assert list(returned_entries(officer)) == []
    [item] = key_lists_to_approve(lead)
    assert item.url == reverse("key_list_approval")
    assert "1" in item.title


def test_a_change_that_is_taken_back_leaves_the_entry_as_it_counts(officer: User) -> None:
    entry = entry_in(S.CHANGE, officer)
    services.key_list_entry_drop_change(entry=entry, version=None, by=officer)
    assert (again(entry).approval, again(entry).valid_from) == (S.APPROVED, FROM)


def test_a_change_of_nothing_is_no_change(officer: User) -> None:
    entry = entry_in(S.APPROVED, user())
    with pytest.raises(DomainError):
        ACTS.edit(record=entry, values={"valid_from": FROM}, version=None, by=officer)
    assert again(entry).approval == S.APPROVED


def test_what_changed_since_it_was_seen_is_not_approved(officer: User, lead: User) -> None:
    entry = entry_in(S.NEW, officer)
    seen = entry.version
    ACTS.edit(record=entry, values={"decision_number": "15/QĐ-UBND"}, version=None, by=officer)
    with pytest.raises(DomainError, match="thay đổi"):
        services.key_list_entry_approve(asked=[(entry, seen)], by=lead)
    with pytest.raises(StaleVersionError):
        services.key_list_entry_return(entry=entry, reason="x", version=seen, by=lead)
    assert again(entry).approval == S.NEW


def test_a_change_that_would_overlap_by_now_is_not_approved(officer: User, lead: User) -> None:
    entry = entry_in(S.APPROVED, user(), valid_to=TO)
    proposed = ACTS.edit(
        record=entry, values={"valid_to": TO + dt.timedelta(days=9)}, version=None, by=officer
    )
    assert entry.product is not None
    factories.key_entry(entry.product, TO + dt.timedelta(days=1))
    with pytest.raises(DomainError, match="danh mục"):
        services.key_list_entry_approve(asked=[(proposed, None)], by=lead)
    assert (again(entry).approval, again(entry).valid_to) == (S.CHANGE, TO)


def test_a_change_to_a_product_that_is_gone_by_now_is_not_approved(
    officer: User, lead: User
) -> None:
    entry = entry_in(S.APPROVED, user())
    other = factories.product(entry.subject_enterprise)
    proposed = ACTS.edit(record=entry, values={"product": other}, version=None, by=officer)
    Product.objects.filter(pk=other.pk).update(voided_at=KNOWN, voided_reason="Nhầm.")
    with pytest.raises(DomainError):
        services.key_list_entry_approve(asked=[(proposed, None)], by=lead)
    assert again(entry).product == entry.product


def test_who_recorded_an_entry_does_not_approve_it_after_another_corrected_it(
    officer: User, lead: User
) -> None:
    entry = entry_in(S.NEW, lead)
    ACTS.edit(record=entry, values={"decision_number": "9/QĐ-UBND"}, version=None, by=officer)
    assert again(entry).prepared_by == officer
    with pytest.raises(NotAllowedError):
        services.key_list_entry_approve(asked=[(entry, None)], by=lead)
    services.key_list_entry_approve(asked=[(entry, None)], by=user(role=Role.PROGRAMME_LEAD))
    assert again(entry).approval == S.APPROVED


def test_in_bulk_all_are_approved_or_none(officer: User, lead: User, client: Client) -> None:
    entries = [entry_in(S.NEW, officer) for _number in range(3)]
    own = entry_in(S.NEW, lead)
    client.force_login(lead)
    url = reverse("key_list_entry_approve")
    ticked = [f"{entry.pk}:{entry.version}" for entry in entries]
    refused = client.post(url, {"entry": [*ticked, f"{own.pk}:{own.version}"]})
    assert refused.status_code == 403
    assert not KeyListEntry.objects.counting().exists()
    stale = client.post(url, {"entry": [*ticked[:2], f"{entries[2].pk}:99"]}, follow=True)
    assert "đã thay đổi" in stale.content.decode()
    assert not KeyListEntry.objects.counting().exists()
    done = client.post(url, {"entry": ticked}, follow=True)
    assert "Đã duyệt 3 mục" in done.content.decode()
    assert KeyListEntry.objects.counting().count() == 3


@pytest.mark.parametrize("posted", [[], ["x"], ["1:"], ["1:2:3"], ["999999:1"], ["٣:1"]])
def test_ticks_that_make_no_sense_approve_nothing(
    posted: list[str], officer: User, lead: User, client: Client
) -> None:
    entry_in(S.NEW, officer)
    client.force_login(lead)
    answer = client.post(reverse("key_list_entry_approve"), {"entry": posted})
    assert answer.status_code == (404 if posted else 302)
    assert not KeyListEntry.objects.counting().exists()


def test_the_page_offers_a_box_for_what_this_person_may_approve(
    officer: User, lead: User, client: Client
) -> None:
    entry, own = entry_in(S.CHANGE, officer), entry_in(S.NEW, lead)
    client.force_login(lead)
    page = client.get(reverse("key_list_approval")).content.decode()
    assert f'value="{entry.pk}:{entry.version}"' in page
    assert f'value="{own.pk}:{own.version}"' not in page
    assert "Ông/bà là người lập" in page
    assert f"{FROM:%d/%m/%Y} → {LATER:%d/%m/%Y}" in page
    ticked = client.get(reverse("key_list_approval") + "?all=1").content.decode()
    assert ticked.count('" checked>') == page.count('" checked>') + 1


def test_extra_fields_in_the_form_approve_nothing(as_officer: Client, officer: User) -> None:
    enterprise = factories.enterprise()
    data = {
        "valid_from": f"{FROM:%d/%m/%Y}",
        "approved_at": "2024-01-01",
        "approved_by": officer.pk,
        "proposal": "{}",
        "prepared_by": user().pk,
        "recorded_by": user().pk,
    }
    url = reverse("key_list_entry_add", args=[enterprise.pk])
    assert as_officer.post(url, data).status_code == 302
    entry = KeyListEntry.objects.get()
    assert (entry.approval, entry.prepared_by, entry.recorded_by) == (S.NEW, officer, officer)


def test_the_database_knows_the_second_person_too(officer: User) -> None:
    entry = entry_in(S.NEW, officer)
    rows = KeyListEntry.objects.filter(pk=entry.pk)
    with pytest.raises(IntegrityError, match="key_entry_second_person"), transaction.atomic():
        rows.update(approved_by=officer, approved_at=timezone.now())
    with pytest.raises(IntegrityError, match="key_entry_change_of"), transaction.atomic():
        rows.update(proposal={"act": "void"})
    with pytest.raises(IntegrityError, match="key_entry_returned"), transaction.atomic():
        rows.update(returned_at=timezone.now())


def test_no_admin_page_goes_around_the_second_person() -> None:
    if not apps.is_installed("django.contrib.admin"):
        return
    from django.contrib import admin  # noqa: PLC0415 - only where it is installed

    assert KeyListEntry not in admin.site._registry
