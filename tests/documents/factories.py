"""Files for tests, made by the services that make them in the portal."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from accounts.models import User
from documents.choices import AttachmentKind
from documents.models import Attachment
from documents.services import attachment_upload
from tests.core import files


def upload(name: str = "Biên bản.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a form brings it; a PNG picture is the quickest to inspect."""
    if content is None:
        content = files.pdf() if name.endswith(".pdf") else files.png()
    return SimpleUploadedFile(name, content)


def attachment(
    record: Model, by: User, *, title: str = "Biên bản nghiệm thu", name: str = "bien-ban.png"
) -> Attachment:
    """A file of a record."""
    return attachment_upload(
        record=record, title=title, kind=AttachmentKind.MINUTES, file=upload(name), by=by
    )
