"""Withdrawing a file: it leaves every list, with a reason, and nothing is lost."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from documents.models import Attachment
from documents.services import attachment_withdraw
from programs.models import Task
from tests.documents.conftest import files_in
from tests.documents.factories import attachment
from tests.factories import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(task: Task, officer: User) -> Attachment:
    """A file of a task."""
    return attachment(task, officer)


def test_a_withdrawn_file_leaves_the_lists_and_keeps_its_reason(
    file: Attachment, task: Task, as_officer: Client, kept: Path
) -> None:
    form = {"reason": "Tải nhầm tệp.", "version": file.version}
    response = as_officer.post(reverse("attachment_withdraw", args=[file.pk]), form)
    assert response["Location"] == f"{task.get_absolute_url()}#files"
    assert file.title in as_officer.get(response["Location"]).content.decode()  # the message
    assert file.title not in as_officer.get(task.get_absolute_url()).content.decode()
    assert file.get_absolute_url() not in as_officer.get("/tim-kiem/?q=bien+ban").content.decode()
    listed = reverse("attachment_list", args=["nhiem-vu", task.pk])
    assert "Tải nhầm tệp." in as_officer.get(listed).content.decode()
    assert Entry.objects.get(act="attachment_withdraw").reason == "Tải nhầm tệp."
    assert len(files_in(kept)) == 1
    as_officer.force_login(user(role=Role.UNIT_OFFICER))
    assert "Tải nhầm tệp." not in as_officer.get(listed).content.decode()


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_withdrawn(
    reason: str, file: Attachment, officer: User, as_officer: Client
) -> None:
    address = reverse("attachment_withdraw", args=[file.pk])
    assert "<title>Lỗi:" in as_officer.post(address, {"reason": reason}).content.decode()
    with pytest.raises(DomainError):
        attachment_withdraw(attachment=file, reason=reason, by=officer)
    assert not Attachment.objects.filter(withdrawn_at__isnull=False).exists()


def test_a_file_is_withdrawn_once(file: Attachment, officer: User) -> None:
    attachment_withdraw(attachment=file, reason="Nhầm.", by=officer)
    with pytest.raises(NotAllowedError, match="đã bị thu hồi"):
        attachment_withdraw(attachment=file, reason="Nữa.", by=officer)


def test_whoever_saw_an_older_state_is_told(file: Attachment, officer: User) -> None:
    with pytest.raises(DomainError, match="Người khác"):
        attachment_withdraw(
            attachment=file, reason="Nhầm.", by=officer, seen_version=file.version - 1
        )


def test_the_database_refuses_a_withdrawal_without_person_or_reason(
    file: Attachment, officer: User
) -> None:
    for values in (
        {"withdrawn_at": timezone.now()},
        {"withdrawn_at": timezone.now(), "withdrawn_by": officer},
        {"withdrawal_reason": "Nhầm."},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(pk=file.pk).update(**values)
