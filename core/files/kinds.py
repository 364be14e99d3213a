"""The kinds of file that the portal may accept, told by their content."""

from enum import Enum


class FileKind(Enum):
    """A kind of file: what people call it, its content type and its endings, the usual one first.

    The content type of an answer comes from here, never from whoever uploaded the file.
    """

    PDF = ("PDF", "application/pdf", (".pdf",))
    DOCX = (
        "Word (.docx)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (".docx",),
    )
    XLSX = (
        "Excel (.xlsx)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (".xlsx",),
    )
    PNG = ("PNG", "image/png", (".png",))
    JPEG = ("JPEG (.jpg)", "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"))

    def __init__(self, label: str, content_type: str, endings: tuple[str, ...]) -> None:
        self.label = label
        self.content_type = content_type
        self.endings = endings
