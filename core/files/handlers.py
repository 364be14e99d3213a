"""Receiving an upload: the disk takes no more of it than may be kept."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

MEGABYTE = 1024 * 1024


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Writes uploads to temporary files and lets go what is beyond the limit of a request.

    A file that was cut is longer than ``UPLOAD_MAX_MB`` by a byte, so its inspection says that it
    is too big; the form keeps what was typed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = settings.UPLOAD_MAX_MB * MEGABYTE + 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write as much as may still be written."""
        kept = raw_data[: self.left]
        self.left -= len(kept)
        super().receive_data_chunk(kept, start)

    def file_complete(self, file_size: int) -> Any:
        """Return the file with the size that it has here."""
        return super().file_complete(self.file.tell())
