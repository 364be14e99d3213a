"""A newer version of a file: the former ones stay as they were."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.append_only import AppendOnlyError
from audit.models import Entry
from core.errors import DomainError
from documents.models import Attachment, AttachmentVersion
from documents.services import attachment_replace, attachment_withdraw
from programs.models import Task
from tests.core import files
from tests.documents.conftest import files_in
from tests.documents.factories import attachment, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(task: Task, officer: User) -> Attachment:
    """A file of a task."""
    return attachment(task, officer)


def url(file: Attachment) -> str:
    """Where a newer version is brought."""
    return reverse("attachment_replace", args=[file.pk])


def test_the_former_version_stays_and_the_newer_one_is_current(
    file: Attachment, as_officer: Client, kept: Path
) -> None:
    former = file.current
    before = former.file.read()
    former.file.close()
    form = {"file": upload("moi.pdf"), "version": file.version}
    assert as_officer.post(url(file), form)["Location"] == file.get_absolute_url()
    file.refresh_from_db()
    assert (file.current.number, file.current.name) == (2, "moi.pdf")
    assert len(files_in(kept)) == 2
    page = as_officer.get(file.get_absolute_url()).content.decode()
    for version in (former, file.current):
        assert reverse("attachment_download", args=[version.pk]) in page
        assert version.sha256 in page
    response = as_officer.get(reverse("attachment_download", args=[former.pk]))
    assert b"".join(response.streaming_content) == before
    entry = Entry.objects.get(act="attachment_replace")
    assert (entry.before["file_name"], entry.after["file_name"]) == ("bien-ban.png", "moi.pdf")


def test_a_refused_version_leaves_the_file_as_it_was(
    file: Attachment, as_officer: Client, kept: Path
) -> None:
    response = as_officer.post(url(file), {"file": upload("a.pdf", b"MZ" + bytes(99))})
    assert "là chương trình" in response.content.decode()
    assert "<title>Lỗi:" in response.content.decode()
    assert AttachmentVersion.objects.count() == len(files_in(kept)) == 1


def test_whoever_comes_second_is_told_and_may_send_again(
    file: Attachment, officer: User, as_officer: Client, kept: Path
) -> None:
    seen = file.version
    attachment_replace(attachment=file, file=upload("thu-hai.pdf"), by=officer)
    form = {"file": upload("thu-ba.png"), "version": seen}
    page = as_officer.post(url(file), form).content.decode()
    assert "Người khác vừa thay đổi tệp này" in page
    assert len(files_in(kept)) == 2
    now = Attachment.objects.get(pk=file.pk).version
    assert f'name="version" value="{now}"' in page
    as_officer.post(url(file), {"file": upload("thu-ba.png"), "version": now})
    names = AttachmentVersion.objects.filter(attachment=file).values_list("number", "name")
    assert list(names) == [(3, "thu-ba.png"), (2, "thu-hai.pdf"), (1, "bien-ban.png")]


def test_the_same_file_again_is_no_new_version(task: Task, officer: User, kept: Path) -> None:
    content = files.png()
    file = attachment(task, officer, content=content)
    with pytest.raises(DomainError, match="giống hệt"):
        attachment_replace(attachment=file, file=upload("a.png", content), by=officer)
    assert len(files_in(kept)) == 1


def test_a_withdrawn_file_gets_no_newer_version(
    file: Attachment, officer: User, as_officer: Client
) -> None:
    attachment_withdraw(attachment=file, reason="Nhầm.", by=officer)
    assert as_officer.post(url(file), {"file": upload("a.png")}).status_code == 403


@pytest.mark.parametrize("table", ["attachmentversion", "latescan"])
def test_the_database_refuses_to_change_versions(table: str, file: Attachment) -> None:
    for statement in (f"UPDATE documents_{table} SET id = id", f"DELETE FROM documents_{table}"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(AppendOnlyError):
        file.current.save()
