"""The files of a record on its own page."""

from typing import Any

from django.db import models

from accounts.models import User
from accounts.requests import UserRequest
from documents import holders, policies
from documents.forms import AttachmentUploadForm
from documents.selectors import files_of


def files_panel(request: UserRequest, subject: models.Model) -> dict[str, Any] | None:
    """Return the files of a record and the form to add one; nothing where no files hang."""
    return files_context(request.user, subject) if holders.of_record(subject) else None


def files_context(user: User, record: models.Model) -> dict[str, Any]:
    """Return what the list of the files of a record shows."""
    files = list(files_of(user, record))
    can_attach = policies.can_attach(user, record)
    holder = holders.of_record(record)
    return {
        "record": record,
        "holder": holder,
        "all_files": files,
        "files": [file for file in files if not file.withdrawn_at],
        "can_attach": can_attach,
        "upload_form": AttachmentUploadForm() if can_attach else None,
    }
