"""Files that hang on records, and runs that read files in."""

from documents.models.attachments import Attachment
from documents.models.imports import ImportChange, ImportRow, ImportRun
from documents.models.versions import AttachmentVersion, LateScan

__all__ = [
    "Attachment",
    "AttachmentVersion",
    "ImportChange",
    "ImportRow",
    "ImportRun",
    "LateScan",
]
