"""Files that hang on records."""

from documents.models.attachments import Attachment
from documents.models.versions import AttachmentVersion, LateScan

__all__ = ["Attachment", "AttachmentVersion", "LateScan"]
