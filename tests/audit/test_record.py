"""What ``record`` writes, and when it refuses to."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from audit.actors import System
from audit.models import ChainLink, Entry
from audit.selectors import history_of
from audit.services import record
from tests.audit.acts import LAN, act_once


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_not_recorded() -> None:
    with pytest.raises(TransactionManagementError, match="plan_load"):
        record(act="plan_load", by=LAN)
    assert not Entry.objects.exists()


def act_and_fail() -> None:
    """Record an act in a transaction or savepoint that is then rolled back."""
    with transaction.atomic():
        act_once("undone")
        raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_leaves_neither_entry_nor_link() -> None:
    with pytest.raises(ZeroDivisionError):
        act_and_fail()
    assert not Entry.objects.exists()
    assert not ChainLink.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_only_what_survives_a_savepoint_is_recorded_and_linked() -> None:
    with transaction.atomic():
        first = act_once("first")
        with pytest.raises(ZeroDivisionError):
            act_and_fail()
        last = act_once("last")
    assert list(ChainLink.objects.values_list("position", "entry_id")) == [
        (1, first.pk),
        (2, last.pk),
    ]
    assert Entry.objects.count() == 2


@pytest.mark.django_db
def test_values_before_and_after_come_back_as_they_were() -> None:
    before = {"due": dt.date(2026, 12, 14), "amount": Decimal("15100.50"), "lead": None, "rows": 34}
    after = {
        "at": dt.datetime(2026, 7, 29, 8, 30, 0, 123456, dt.UTC),
        "key": UUID(int=191),
        "units": ["xã", {"name": "Đồng Văn"}],
        "open": False,
    }
    entry = record(act="target_change", by=LAN, before=before, after=after)
    entry.refresh_from_db()
    assert entry.before == {"due": "2026-12-14", "amount": "15100.50", "lead": None, "rows": 34}
    assert entry.after == {
        "at": "2026-07-29T08:30:00.123456+00:00",
        "key": "00000000-0000-0000-0000-0000000000bf",
        "units": ["xã", {"name": "Đồng Văn"}],
        "open": False,
    }


@pytest.mark.django_db
def test_an_act_without_values_keeps_none() -> None:
    record(act="plan_load", by=LAN)
    assert Entry.objects.filter(before__isnull=True, after__isnull=True).count() == 1


@pytest.mark.django_db
def test_the_actor_is_kept_as_key_and_name() -> None:
    entry = record(act="nomination_submit", by=LAN)
    entry.refresh_from_db()
    assert (entry.actor_id, entry.actor_name) == (7, "Vàng Thị Lan")


@pytest.mark.django_db
def test_the_system_acts_without_a_person() -> None:
    entry = record(act="plan_load", by=System("load_plan"))
    entry.refresh_from_db()
    assert (entry.actor_id, entry.actor_name) == (None, "load_plan")


@pytest.mark.django_db
def test_the_history_of_a_record_outlives_it_newest_first() -> None:
    group = Group.objects.create(name="Sở Khoa học và Công nghệ")
    other = Group.objects.create(name="Sở Công Thương")
    record(act="group_create", by=LAN, target=group)
    record(act="group_create", by=LAN, target=other)
    record(act="group_close", by=LAN, target=group, reason="Sáp nhập")
    key = group.pk
    group.delete()
    group.pk = key
    history = history_of(group)
    assert [entry.act for entry in history] == ["group_close", "group_create"]
    assert {entry.target_label for entry in history} == {"Sở Khoa học và Công nghệ"}


@pytest.mark.django_db
def test_long_names_are_cut_and_do_not_stop_the_act() -> None:
    class Verbose(Group):
        class Meta:
            proxy = True
            app_label = "auth"

        def __str__(self) -> str:
            return "ấ" * 300

    entry = record(act="group_create", by=System("x" * 300), target=Verbose(pk=1))
    entry.refresh_from_db()
    assert len(entry.target_label) == len(entry.actor_name) == 200


@pytest.mark.django_db
def test_a_record_without_a_key_is_refused() -> None:
    with pytest.raises(ValueError, match="group_create"):
        record(act="group_create", by=LAN, target=Group(name="chưa lưu"))


@pytest.mark.django_db
def test_an_act_has_a_name() -> None:
    with pytest.raises(IntegrityError, match="audit_entry_has_act"), transaction.atomic():
        record(act="", by=LAN)
