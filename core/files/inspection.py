"""One question about a file that somebody brings: may it be kept, and what is it."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from core.files.archive import Budget
from core.files.faults import Fault, FaultFoundError, UploadRefusedError
from core.files.kinds import FileKind
from core.files.magic import (
    HEAD_BYTES,
    JPEG,
    PDF,
    PNG,
    is_ole,
    is_program,
    is_zip,
    type_name,
)
from core.files.office import inspect_package
from core.files.pdf import inspect_pdf
from core.files.pictures import inspect_jpeg, inspect_png

CHUNK = 64 * 1024
MEGABYTE = 1024 * 1024
# How the directory of an OLE container names the stream of an encrypted document.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

# Django's File reads and seeks like any other, which its types do not say.
Upload = Any


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept: its kind, size in bytes and SHA-256."""

    kind: FileKind
    size: int
    sha256: str


def inspect_upload(
    file: Upload, *, name: str = "", allowed: Collection[FileKind] = tuple(FileKind)
) -> Inspected:
    """Inspect a seekable file and return what it is; memory and time do not depend on it.

    ``name`` is the name that the person gave it. The kind is told by content and structure alone;
    the name must agree. ``settings.UPLOAD_MAX_MB`` and ``UPLOAD_MAX_UNPACKED_MB`` limit the size.

    Raises:
        UploadRefusedError: in one sentence why the file is not accepted and what to do.
    """
    size, sha256, head, holds_encrypted = _read(file)
    try:
        kind = _kind(file, head, holds_encrypted=holds_encrypted) if size else None
    except FaultFoundError as error:
        raise UploadRefusedError(error.fault) from error
    if not size:
        raise UploadRefusedError(Fault.EMPTY)
    if kind is None or kind not in allowed:
        raise _wrong_type(kind, head, allowed)
    ending = PurePosixPath(name).suffix.lower()
    if ending and ending not in kind.endings:
        raise UploadRefusedError(Fault.WRONG_NAME, ending=ending, found=kind.label)
    file.seek(0)
    return Inspected(kind, size, sha256)


def _read(file: Upload) -> tuple[int, str, bytes, bool]:
    """Return size, SHA-256, first bytes, and whether an encrypted document is named inside."""
    limit = settings.UPLOAD_MAX_MB * MEGABYTE
    digest, size, head, before, holds_encrypted = hashlib.sha256(), 0, b"", b"", False
    file.seek(0)
    while piece := file.read(CHUNK):
        size += len(piece)
        if size > limit:
            raise UploadRefusedError(Fault.TOO_BIG, limit=settings.UPLOAD_MAX_MB)
        digest.update(piece)
        head = head or piece[:HEAD_BYTES]
        holds_encrypted = holds_encrypted or ENCRYPTED_STREAM in before + piece
        before = piece[-len(ENCRYPTED_STREAM) :]
    return size, digest.hexdigest(), head, holds_encrypted


def _kind(file: Upload, head: bytes, *, holds_encrypted: bool) -> FileKind | None:
    """Return the kind whose structure the file has; raises ``FaultFoundError`` if it is unsafe."""
    if is_program(head):
        raise FaultFoundError(Fault.PROGRAM)
    if is_ole(head):
        raise FaultFoundError(Fault.ENCRYPTED if holds_encrypted else Fault.OLD_OFFICE)
    if is_zip(head):
        return inspect_package(file, Budget(settings.UPLOAD_MAX_UNPACKED_MB * MEGABYTE))
    for magic, kind, inspect in (
        (PDF, FileKind.PDF, inspect_pdf),
        (PNG, FileKind.PNG, inspect_png),
        (JPEG, FileKind.JPEG, inspect_jpeg),
    ):
        if head.startswith(magic):
            inspect(file)
            return kind
    return None


def _wrong_type(
    kind: FileKind | None, head: bytes, allowed: Collection[FileKind]
) -> UploadRefusedError:
    labels = ", ".join(one.label for one in FileKind if one in allowed)
    found = kind.label if kind else type_name(head)
    if found is None:
        return UploadRefusedError(Fault.UNKNOWN_TYPE, allowed=labels)
    return UploadRefusedError(Fault.WRONG_TYPE, found=found, allowed=labels)
