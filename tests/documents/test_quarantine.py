"""Files that came while the scanner was down: kept, never handed out, scanned later."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from core.registers import worklist
from documents.choices import VersionState
from documents.models import Attachment, AttachmentVersion, LateScan
from documents.services import attachment_replace, quarantine_sweep
from documents.tasks import quarantine_sweep as sweep_task
from programs.models import Task
from tests.clamd import SIGNATURE, Clamd
from tests.core import files
from tests.documents.conftest import files_in
from tests.documents.factories import attachment, upload
from tests.factories import user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(task: Task, officer: User, clamd: Clamd) -> Attachment:
    """A file that got a virus while the scanner was down, and another one, clean."""
    file = attachment(task, officer)
    clamd.stop()
    attachment_replace(attachment=file, file=upload("a.jpg", files.infected_jpeg()), by=officer)
    attachment(task, officer, title="Sạch")
    return Attachment.objects.get(pk=file.pk)


def test_as_long_as_the_scanner_is_down_files_wait(waiting: Attachment, kept: Path) -> None:
    assert quarantine_sweep() == 0
    assert AttachmentVersion.objects.in_quarantine().count() == 2
    assert len(files_in(kept)) == 3


def test_without_a_scanner_nothing_leaves_the_quarantine(
    waiting: Attachment, settings: object
) -> None:
    settings.CLAMAV_SOCKET = ""
    assert quarantine_sweep() == 0
    assert AttachmentVersion.objects.in_quarantine().count() == 2


def test_when_the_scanner_is_back_clean_files_go_out_and_a_virus_goes_away(
    waiting: Attachment, as_officer: Client, clamd: Clamd, kept: Path
) -> None:
    clamd.start()
    sweep_task()
    states = {version.name: version.state for version in AttachmentVersion.objects.all()}
    assert states["a.jpg"] == VersionState.INFECTED
    assert set(states.values()) == {VersionState.INFECTED, VersionState.READY}
    assert len(files_in(kept)) == 2
    clean = Attachment.objects.get(title="Sạch")
    response = as_officer.get(reverse("attachment_download", args=[clean.current.pk]))
    assert response.status_code == 200
    assert b"".join(response.streaming_content)
    page = as_officer.get(waiting.get_absolute_url()).content.decode()
    assert "có vi-rút, tệp đã bị xóa" in page
    assert reverse("attachment_download", args=[waiting.current.pk]) not in page
    infected = Entry.objects.get(act="attachment_infected")
    assert SIGNATURE in infected.after["signature"]
    assert Entry.objects.filter(act="attachment_release").count() == 1


def test_whoever_brought_a_virus_is_asked_for_a_clean_version(
    waiting: Attachment, officer: User, clamd: Clamd
) -> None:
    assert worklist.items(officer) == []
    clamd.start()
    quarantine_sweep()
    [item] = worklist.items(officer)
    assert item.url == waiting.get_absolute_url()
    assert worklist.items(user(role=Role.PROGRAMME_OFFICER)) == []
    attachment_replace(attachment=waiting, file=upload("sach.png"), by=officer)
    assert worklist.items(officer) == []


def test_two_sweeps_write_one_line_each_file(waiting: Attachment, clamd: Clamd) -> None:
    clamd.start()
    assert quarantine_sweep() == 2
    assert quarantine_sweep() == 0
    assert LateScan.objects.count() == 2
    assert Entry.objects.filter(act__in=["attachment_infected", "attachment_release"]).count() == 2


def test_a_file_that_is_lost_does_not_hold_the_others_up(
    waiting: Attachment, clamd: Clamd, caplog: pytest.LogCaptureFixture
) -> None:
    waiting.current.file.storage.delete(waiting.current.file.name)
    clamd.start()
    assert quarantine_sweep() == 1
    assert "is not there" in caplog.text
