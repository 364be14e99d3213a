"""Handing files out: to whoever sees the record, always to be kept, never to be shown."""

from urllib.parse import quote

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from documents.choices import ScanAtUpload
from documents.models import Attachment, AttachmentVersion, LateScan
from documents.services import attachment_withdraw
from programs.models import Instrument, Task
from programs.models.parts import PlanPartQuerySet
from tests.clamd import Clamd
from tests.core import files
from tests.documents.factories import attachment
from tests.factories import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(task: Task, officer: User) -> Attachment:
    """A file of a task."""
    return attachment(task, officer, name="Biên bản “nghiệm thu” số 5.pdf")


def download(client: Client, version: AttachmentVersion) -> object:
    """Ask for a version."""
    return client.get(reverse("attachment_download", args=[version.pk]))


def body(response: object) -> bytes:
    """What came; reading it to its end closes the file behind it."""
    return b"".join(response) if response.streaming else response.content


def routes(file: Attachment) -> list[str]:
    """Every address that leads to a file."""
    return [
        reverse("attachment_download", args=[file.current.pk]),
        *(
            reverse(name, args=[file.pk])
            for name in ("attachment_detail", "attachment_replace", "attachment_withdraw")
        ),
        reverse("attachment_list", args=["nhiem-vu", file.holder_id]),
        reverse("attachment_upload", args=["nhiem-vu", file.holder_id]),
    ]


def test_a_download_is_to_be_kept_and_can_do_nothing(file: Attachment, as_officer: Client) -> None:
    response = download(as_officer, file.current)
    assert body(response) == file.current.file.read()
    name = quote("Biên bản “nghiệm thu” số 5.pdf")
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Length"] == str(file.current.size)
    file.current.file.close()


def test_no_header_and_no_page_names_a_path(file: Attachment, as_officer: Client) -> None:
    stored = file.current.file.name.rpartition("/")[2]
    for address in routes(file):
        response = as_officer.get(address)
        assert stored.encode() not in body(response)
        assert stored not in str(response.headers)


def test_a_packing_browser_learns_the_length_all_the_same(
    file: Attachment, as_officer: Client
) -> None:
    address = reverse("attachment_download", args=[file.current.pk])
    response = as_officer.get(address, headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in response
    assert response["Content-Length"] == str(file.current.size)
    assert body(response)


def test_a_file_of_a_record_out_of_sight_is_not_found_by_any_route(
    file: Attachment, as_officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = routes(file)
    for address in addresses:
        response = as_officer.get(address)
        assert response.status_code == 200
        assert body(response)

    def nothing(self: PlanPartQuerySet, _user: User) -> QuerySet:
        return self.none()

    monkeypatch.setattr(PlanPartQuerySet, "visible_to", nothing)
    for address in addresses:
        for send in (as_officer.get, as_officer.post):
            assert send(address).status_code in {404, 405}, address
        assert as_officer.get(address).status_code == 404
    assert not Attachment.objects.visible_to(user(role=Role.PROGRAMME_LEAD)).exists()
    found = as_officer.get("/tim-kiem/?q=nghiem+thu").content.decode()
    assert file.get_absolute_url() not in found


def test_whoever_has_no_work_here_finds_no_file(file: Attachment, client: Client) -> None:
    client.force_login(user())
    for address in routes(file):
        assert client.get(address).status_code == 403


def test_nobody_gets_a_file_without_a_login(file: Attachment, client: Client) -> None:
    for address in routes(file):
        assert client.get(address)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, Role.LEADERSHIP, Role.FINANCE_OFFICER])
def test_whoever_sees_the_task_opens_its_files(
    role: Role, file: Attachment, client: Client
) -> None:
    client.force_login(user(role=role))
    response = download(client, file.current)
    assert response.status_code == 200
    assert body(response)
    assert file.title in client.get(file.record.get_absolute_url()).content.decode()


def test_a_file_that_waits_for_the_scanner_is_handed_to_nobody(
    task: Task, officer: User, as_officer: Client, clamd: Clamd
) -> None:
    clamd.stop()
    version = attachment(task, officer).current
    assert version.scan == ScanAtUpload.QUARANTINED
    response = download(as_officer, version)
    assert response.status_code == 403
    assert "đang chờ kiểm tra vi-rút" in response.content.decode()
    LateScan.objects.create(version=version, signature="Vidu")
    assert "đã bị xóa" in download(as_officer, version).content.decode()


def test_a_withdrawn_file_opens_for_whoever_may_add_files_only(
    file: Attachment, officer: User, as_officer: Client
) -> None:
    attachment_withdraw(attachment=file, reason="Nhầm.", by=officer)
    response = download(as_officer, file.current)
    assert response.status_code == 200
    assert body(response)
    as_officer.force_login(user(role=Role.UNIT_OFFICER))
    response = download(as_officer, file.current)
    assert response.status_code == 403
    assert "đã bị thu hồi" in response.content.decode()


def test_a_file_that_is_lost_on_the_disk_is_not_found(
    file: Attachment, as_officer: Client, caplog: pytest.LogCaptureFixture
) -> None:
    file.current.file.storage.delete(file.current.file.name)
    assert download(as_officer, file.current).status_code == 404
    assert "is not there" in caplog.text


def test_the_files_of_an_instrument_stand_on_a_page_that_the_plan_leads_to(
    task: Task, officer: User, as_officer: Client
) -> None:
    instrument = Instrument.objects.get()
    file = attachment(instrument, officer, title="Quyết định 1322")
    page = as_officer.get(task.plan.get_absolute_url()).content.decode()
    address = reverse("attachment_list", args=["van-ban", instrument.pk])
    assert address in page
    assert "1 tệp" in page
    assert file.title in as_officer.get(address).content.decode()


def test_every_kind_of_file_goes_out_as_what_it_is(
    task: Task, officer: User, as_officer: Client
) -> None:
    for name, content, content_type in (
        ("a.png", files.png(), "image/png"),
        ("a.jpeg", files.jpeg(), "image/jpeg"),
        ("a.docx", files.word(), "application/vnd.openxmlformats-officedocument.wordprocessing"),
        ("a.xlsx", files.excel(), "application/vnd.openxmlformats-officedocument.spreadsheetml"),
    ):
        version = attachment(task, officer, name=name, content=content).current
        response = download(as_officer, version)
        assert response["Content-Type"].startswith(content_type)
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert body(response)
