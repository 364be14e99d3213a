"""Acts on files."""

from documents.services.attachments import (
    attachment_replace,
    attachment_upload,
    attachment_withdraw,
)
from documents.services.quarantine import quarantine_sweep

__all__ = [
    "attachment_replace",
    "attachment_upload",
    "attachment_withdraw",
    "quarantine_sweep",
]
