"""Files for tests, made by the services that make them in the portal."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from accounts.models import User
from documents.choices import AttachmentKind
from documents.models import Attachment
from documents.services import attachment_upload
from programs.choices import InstrumentKind, TaskKind
from programs.models import Instrument, Phase, Plan, Task, TaskGroup
from tests.core import files
from tests.factories import organisation


def upload(name: str = "Biên bản.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a form brings it; a PNG picture is the quickest to inspect."""
    if content is None:
        content = files.pdf() if name.endswith(".pdf") else files.png()
    return SimpleUploadedFile(name, content)


def small_task() -> Task:
    """A task of a plan that has nothing else: loading a whole one takes its time."""
    lists = ("agency_lines", "signature", "recipients", "funding_paragraphs")
    plan = Plan.objects.create(
        code="nho",
        number="1/KH-UBND",
        title="Kế hoạch nhỏ",
        issued_on=dt.date(2025, 1, 2),
        appendix_columns=[],
        is_current=True,
        **{name: [] for name in lists},
    )
    phase = Phase.objects.create(
        plan=plan, code="P1", name="I", labels=[], first_year=2025, last_year=2030, position=1
    )
    group = TaskGroup.objects.create(plan=plan, phase=phase, code="B1", position=1)
    task = Task.objects.create(
        plan=plan,
        phase=phase,
        group=group,
        code="B1.1",
        position=1,
        text="Tổ chức tập huấn",
        kind=TaskKind.TRAINING,
        lead=organisation(),
    )
    Instrument.objects.create(
        plan=plan,
        kind=InstrumentKind.DECISION,
        number="1322/QĐ-TTg",
        issued_on=dt.date(2020, 8, 31),
        is_legal_basis=True,
    )
    return task


def attachment(
    record: Model,
    by: User,
    *,
    title: str = "Biên bản nghiệm thu",
    name: str = "bien-ban.png",
    content: bytes | None = None,
) -> Attachment:
    """A file of a record."""
    return attachment_upload(
        record=record, title=title, kind=AttachmentKind.MINUTES, file=upload(name, content), by=by
    )
