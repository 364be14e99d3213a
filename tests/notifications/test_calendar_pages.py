"""The working calendar: seen by all, kept by administrators."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from notifications.models import WorkingDayOverride
from notifications.selectors import working_days
from notifications.services import working_day_override_add
from tests.factories import user
from tests.notifications.factories import MARKUP

pytestmark = pytest.mark.django_db

LIST = "/lich-lam-viec/"
FRIDAY = dt.date(2026, 1, 2)
SENT = {
    "day": "02/01/2026",
    "is_working": "no",
    "reason": "Hoán đổi với thứ Bảy 10/01/2026",
    "decision_number": "12/QĐ",
}


@pytest.fixture
def administrator(client: Client) -> User:
    """An administrator, who is logged in."""
    person = user(role=Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def add(client: Client, **changes: str) -> list[str]:
    """Send the form, and return what it complains of."""
    answer = client.post(reverse("working_day_override_add"), {**SENT, **changes})
    if answer.status_code == 302:
        return []
    assert "<title>Lỗi:" in answer.content.decode()
    return [error for errors in answer.context["form"].errors.values() for error in errors]


def test_an_entry_counts_at_once_and_is_in_the_history(client: Client, administrator: User) -> None:
    assert working_days().is_working_day(FRIDAY)
    assert add(client) == []
    assert not working_days().is_working_day(FRIDAY)
    entry = Entry.objects.get(act="working_day_override_add")
    assert (entry.actor_id, entry.after["day"]) == (administrator.pk, "2026-01-02")
    page = client.get(LIST, {"year": "2026"}).content.decode()
    assert "Hoán đổi với thứ Bảy 10/01/2026" in page
    assert "12/QĐ" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"day": "31/02/2026"},
        {"day": ""},
        {"is_working": "maybe"},
        {"is_working": ""},
        {"reason": "  "},
        {"reason": "x" * 201},
    ],
)
def test_bad_input_is_told_and_changes_nothing(
    changes: dict[str, str], client: Client, administrator: User
) -> None:
    assert len(add(client, **changes)) == 1
    assert not WorkingDayOverride.objects.exists()


def test_a_day_has_one_entry(client: Client, administrator: User) -> None:
    add(client)
    assert add(client, is_working="yes") == ["Ngày này đã có trong lịch; đề nghị sửa mục đó."]
    assert WorkingDayOverride.objects.get().is_working is False


def test_two_who_save_one_version_lose_no_word(client: Client, administrator: User) -> None:
    add(client)
    override = WorkingDayOverride.objects.get()
    url = reverse("working_day_override_edit", args=[override.pk])
    assert client.get(url).context["form"]["version"].value() == 1
    client.post(url, {**SENT, "reason": "Người thứ nhất", "version": "1"})
    second = {**SENT, "is_working": "yes", "reason": "Người thứ hai", "version": "1"}
    page = client.post(url, second).content.decode()
    assert "Người thứ nhất" in page
    assert "Người thứ hai" in page
    override.refresh_from_db()
    assert (override.reason, override.is_working) == ("Người thứ nhất", False)
    client.post(url, {**second, "version": "2"})
    override.refresh_from_db()
    assert (override.reason, override.is_working) == ("Người thứ hai", True)
    assert Entry.objects.filter(act="working_day_override_edit").count() == 2


def test_an_entry_is_deleted_after_a_question(client: Client, administrator: User) -> None:
    add(client)
    override = WorkingDayOverride.objects.get()
    url = reverse("working_day_override_delete", args=[override.pk])
    assert "Xóa mục lịch 02/01/2026" in client.get(url).content.decode()
    assert WorkingDayOverride.objects.exists()
    client.post(url)
    assert working_days().is_working_day(FRIDAY)
    assert Entry.objects.get(act="working_day_override_delete").before["reason"] == SENT["reason"]


def test_everyone_sees_the_calendar_and_only_administrators_its_forms(
    as_officer: Client, officer: User
) -> None:
    by = user(role=Role.ADMINISTRATOR)
    override = working_day_override_add(
        day=FRIDAY, is_working=False, reason=MARKUP, decision_number=MARKUP, by=by
    )
    page = as_officer.get(LIST, {"year": "2026"}).content.decode()
    assert "Giao thừa" in page
    assert "onerror" in page
    assert "<img" not in page
    assert "/sua/" not in page
    for name in ("working_day_override_edit", "working_day_override_delete"):
        refused = as_officer.post(reverse(name, args=[override.pk]), SENT)
        assert refused.status_code == 403
        assert "Chỉ quản trị" in refused.content.decode()
    override.refresh_from_db()
    assert override.reason == MARKUP


@pytest.mark.parametrize("year", ["", "x", "0", "99999", "1900", "2026'", "٢٠٢٦", "-2026"])
def test_any_year_is_answered(year: str, as_officer: Client) -> None:
    assert as_officer.get(LIST, {"year": year}).status_code == 200
