"""Bringing a file: what is kept, and that nothing is kept of what is refused."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from core.errors import NotAllowedError
from core.files.faults import SENTENCES, Fault
from core.files.handlers import BoundedFileUploadHandler
from documents.choices import AttachmentKind, ScanAtUpload, VersionState
from documents.models import Attachment, AttachmentVersion
from documents.services import attachment_upload
from programs.models import Task
from tests.clamd import SIGNATURE, Clamd
from tests.core import files
from tests.core.test_inspection import ENABLED, SHEET_MAIN
from tests.documents.conftest import files_in
from tests.documents.factories import attachment, upload
from tests.factories import user

pytestmark = pytest.mark.django_db

Make = Callable[[], bytes]


def url(task: Task) -> str:
    """Where files of the task are brought."""
    return reverse("attachment_upload", args=["nhiem-vu", task.pk])


def send(client: Client, task: Task, file: SimpleUploadedFile, **data: str) -> object:
    """Send the form as a browser does."""
    return client.post(url(task), {"kind": "minutes", "title": "", "file": file, **data})


def macro_workbook() -> bytes:
    """A workbook with macros."""
    enabled = files.typed(files.excel(), SHEET_MAIN, ENABLED)
    return files.repacked(enabled, add={"xl/vbaProject.bin": b"x"})


def encrypted_workbook() -> bytes:
    """A workbook behind a password."""
    return files.OLE + bytes(70_000) + "EncryptedPackage".encode("utf-16-le")


REFUSED: dict[str, tuple[str, Make, Fault]] = {
    "zip bomb": ("bao-cao.xlsx", files.bomb, Fault.BOMB),
    "zip bomb of 147 KB": ("bao-cao.xlsx", files.overlapping_bomb, Fault.BOMB),
    "macro workbook": ("bao-cao.xlsm", macro_workbook, Fault.MACRO),
    "macro workbook under another name": ("bao-cao.xlsx", macro_workbook, Fault.MACRO),
    "encrypted workbook": ("bao-cao.xlsx", encrypted_workbook, Fault.ENCRYPTED),
    "encrypted PDF": ("bao-cao.pdf", files.encrypted_pdf, Fault.ENCRYPTED),
    "renamed executable": ("bao-cao.pdf", lambda: b"MZ\x90\x00" + bytes(900), Fault.PROGRAM),
    "PDF with script": (
        "bao-cao.pdf",
        lambda: files.pdf(files.script_when_opened),
        Fault.SCRIPT,
    ),
    "PDF with a file in it": (
        "bao-cao.pdf",
        lambda: files.pdf(files.attached_file),
        Fault.EMBEDDED,
    ),
    "0 bytes": ("bao-cao.pdf", lambda: b"", Fault.EMPTY),
    "wrong type": ("bao-cao.pdf", lambda: b"GIF89a" + bytes(90), Fault.WRONG_TYPE),
    "name of another type": ("bao-cao.docx", files.pdf, Fault.WRONG_NAME),
    "damaged": ("bao-cao.docx", lambda: files.word()[:-300], Fault.DAMAGED),
    "EICAR alone": ("bao-cao.pdf", lambda: files.EICAR, Fault.UNKNOWN_TYPE),
}


def pattern_of(fault: Fault) -> str:
    """The sentence of a fault, whatever it names."""
    return re.sub(r"%\\\(\w+\\\)[sd]", ".+", re.escape(str(SENTENCES[fault])))


def assert_refused(response: object, fault: Fault, kept: Path) -> None:
    """One sentence above the form and at the field, the rest of the form as typed, no trace."""
    page = unescape(response.content.decode())
    assert response.status_code == 200
    assert "<title>Lỗi:" in page
    assert len(re.findall(pattern_of(fault), page)) == 2
    assert page.count('class="problem"') == 1
    assert 'value="Biên bản số 5"' in page
    assert not Attachment.objects.exists()
    assert not AttachmentVersion.objects.exists()
    assert not Entry.objects.filter(act="attachment_upload").exists()
    assert files_in(kept) == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_leaves_no_trace(
    name: str, task: Task, as_officer: Client, kept: Path
) -> None:
    file_name, make, fault = REFUSED[name]
    response = send(as_officer, task, upload(file_name, make()), title="Biên bản số 5")
    assert_refused(response, fault, kept)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.pdf", files.infected_pdf),
        ("a.jpg", files.infected_jpeg),
        ("a.docx", lambda: files.repacked(files.word(), add={"word/a.txt": files.EICAR})),
    ],
)
def test_a_file_with_a_virus_leaves_no_trace(
    name: str, make: Make, task: Task, as_officer: Client, clamd: Clamd, kept: Path
) -> None:
    response = send(as_officer, task, upload(name, make()), title="Biên bản số 5")
    assert SIGNATURE in response.content.decode()
    assert_refused(response, Fault.VIRUS, kept)


@pytest.mark.parametrize("megabytes", [1, 3])
def test_a_file_beyond_the_limit_is_refused_and_not_even_received_whole(
    megabytes: int, task: Task, as_officer: Client, kept: Path, tmp_path: Path, settings: object
) -> None:
    settings.UPLOAD_MAX_MB = 1
    # Kept for the look at it; Django removes it at the end of the request.
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    content = files.jpeg() + bytes(megabytes * files.MEGABYTE)
    response = send(as_officer, task, upload("anh.jpg", content), title="Biên bản số 5")
    assert_refused(response, Fault.TOO_BIG, kept)


def test_the_disk_takes_no_more_than_may_be_kept(settings: object) -> None:
    settings.UPLOAD_MAX_MB = 1
    handler = BoundedFileUploadHandler()
    handler.new_file("file", "a.pdf", "application/pdf", None)
    for start in range(0, 3 * files.MEGABYTE, 65_536):
        handler.receive_data_chunk(bytes(65_536), start)
    received = handler.file_complete(3 * files.MEGABYTE)
    assert received.size == files.MEGABYTE + 1
    assert Path(received.temporary_file_path()).stat().st_size <= files.MEGABYTE + 1
    received.close()


def test_a_file_is_kept_with_its_name_size_and_digest(
    task: Task, officer: User, as_officer: Client, kept: Path
) -> None:
    content = files.pdf()
    response = send(as_officer, task, upload("Biên bản số 5.pdf", content))
    assert response["Location"] == f"{task.get_absolute_url()}#files"
    file = Attachment.objects.get()
    version = file.current
    assert (file.title, file.kind) == ("Biên bản số 5", AttachmentKind.MINUTES)
    assert (version.number, version.name) == (1, "Biên bản số 5.pdf")
    assert (version.size, version.format, version.uploaded_by) == (len(content), "PDF", officer)
    [stored] = files_in(kept)
    assert stored.read_bytes() == content
    assert re.fullmatch(r"attachments/[0-9a-f]{2}/[0-9a-f]{40}", str(stored.relative_to(kept)))
    assert stored.stat().st_mode & 0o777 == 0o600
    entry = Entry.objects.get(act="attachment_upload")
    assert entry.after["file_sha256"] == version.sha256
    assert entry.after["file_record"] == str(task)
    page = as_officer.get(task.get_absolute_url()).content.decode()
    assert reverse("attachment_download", args=[version.pk]) in page


def test_a_large_file_is_kept_too(task: Task, as_officer: Client, kept: Path) -> None:
    content = files.jpeg() + bytes(3 * files.MEGABYTE)
    send(as_officer, task, upload("anh.jpg", content))
    assert [path.stat().st_size for path in files_in(kept)] == [len(content)]


def test_a_clean_file_is_written_down_as_scanned(
    task: Task, as_officer: Client, clamd: Clamd
) -> None:
    send(as_officer, task, upload("anh.png"))
    assert Attachment.objects.get().current.scan == ScanAtUpload.CLEAN


def test_while_the_scanner_is_down_a_file_waits_and_the_page_says_so(
    task: Task, as_officer: Client, clamd: Clamd
) -> None:
    clamd.stop()
    response = as_officer.post(
        url(task), {"kind": "picture", "file": upload("anh.png")}, follow=True
    )
    version = AttachmentVersion.objects.get()
    assert version.state == VersionState.WAITING
    page = response.content.decode()
    assert "chưa kiểm tra được vi-rút" in page
    assert "đang chờ kiểm tra vi-rút" in page
    assert reverse("attachment_download", args=[version.pk]) not in page


@pytest.mark.parametrize("data", [{"kind": ""}, {"kind": "khac-la"}, {"title": "a" * 201}])
def test_a_wrong_field_is_told_at_the_field(
    data: dict[str, str], task: Task, as_officer: Client, kept: Path
) -> None:
    response = send(as_officer, task, upload("anh.png"), **data)
    assert "<title>Lỗi:" in response.content.decode()
    assert files_in(kept) == []


def test_a_form_without_a_file_is_told_at_the_field(task: Task, as_officer: Client) -> None:
    response = as_officer.post(url(task), {"kind": "minutes"})
    assert 'id="upload_file_error"' in response.content.decode()


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, Role.ADMINISTRATOR, Role.LEADERSHIP])
def test_whoever_may_not_add_files_is_told_so_before_the_file_is_read(
    role: Role, task: Task, client: Client, kept: Path
) -> None:
    person = user(role=role)
    client.force_login(person)
    response = send(client, task, upload("a.pdf", b"MZ"))
    assert response.status_code == 403
    assert "Chỉ chuyên viên và lãnh đạo chương trình" in response.content.decode()
    with pytest.raises(NotAllowedError):
        attachment_upload(
            record=task, title="", kind=AttachmentKind.OTHER, file=upload(), by=person
        )
    assert files_in(kept) == []


def test_a_file_whose_act_fails_is_removed_again(
    task: Task, officer: User, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_act: object) -> None:
        assert len(files_in(kept)) == 1
        raise RuntimeError

    monkeypatch.setattr("documents.services.attachments.record_act", fail)
    with pytest.raises(RuntimeError):
        attachment(task, officer)
    assert files_in(kept) == []
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("slug", ["khong-co", "user", "programs"])
def test_records_that_hold_no_files_have_no_address(
    slug: str, task: Task, as_officer: Client
) -> None:
    for name in ("attachment_list", "attachment_upload"):
        assert as_officer.get(reverse(name, args=[slug, task.pk])).status_code == 404


def test_many_files_cost_no_more_queries_than_a_few(
    task: Task, officer: User, as_officer: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            as_officer.get(task.get_absolute_url())
        return len(captured)

    for number in range(3):
        attachment(task, officer, title=f"Tệp {number}")
    # The menu counts what waits for the person once a minute.
    queries()
    few = queries()
    for number in range(12):
        attachment(task, officer, title=f"Tệp nữa {number}")
    assert queries() == few
    page = as_officer.get(reverse("attachment_list", args=["nhiem-vu", task.pk]))
    assert page.content.decode().count("attachment-title") == 15
