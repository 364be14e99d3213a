"""Looking at a workbook before it is parsed: what could harm is refused in one sentence.

``core.files`` says whether it is a safe Excel file at all. Here the parts are measured as a stream,
so that what would cost the parser memory is refused, and what is found on the way (rows, merged
cells) needs no parser.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.files.inspection import inspect_upload
from core.files.kinds import FileKind
from core.numbers import format_number

CHUNK = 1 << 16
MEGABYTE = 1 << 20
# The longest stretch of a sheet without a new row, and the largest part beside the sheets: both
# are held in memory by the parser.
LONGEST_STRETCH = 2 * MEGABYTE
LARGEST_OTHER_PART = 8 * MEGABYTE
LARGEST_TEXT_TABLE = 30 * MEGABYTE

_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z0-9:$]{1,40})[\"']")
_TEXT_TABLE = re.compile(rb"<(?:\w+:)?sst[\s/>]")
_TAIL = 256
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


class WorkbookRefusedError(DomainError):
    """The file is not read at all; the message says why and what to do."""


@dataclass
class Part:
    """What a part of the file shows without being parsed."""

    rows: int = 0
    merged: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Opened:
    """A workbook that may be parsed: its parts by their names in the file."""

    parts: dict[str, Part]


def refuse(message: str, **values: object) -> WorkbookRefusedError:
    """Return the refusal of a file."""
    return WorkbookRefusedError(message % values if values else message)


def look_into(file: IO[bytes], name: str = "") -> Opened:
    """Return what a file holds, or refuse it; ``name`` is what the person calls it.

    Raises ``UploadRefusedError`` for what is no safe Excel file, ``WorkbookRefusedError`` for one
    that is too much to read.
    """
    inspect_upload(file, name=name, allowed=(FileKind.XLSX,))
    try:
        with zipfile.ZipFile(file) as archive:
            return _measured(archive)
    except _BROKEN as error:
        raise damaged() from error


def damaged() -> WorkbookRefusedError:
    """The refusal of a file that cannot be read to its end."""
    return refuse(_("The file is damaged; open it in Excel, save it again and choose it again."))


def too_large() -> WorkbookRefusedError:
    """The refusal of a file that unpacks to more than can be read safely."""
    return refuse(
        _("The file unpacks to far more than a list needs; copy the lists into a new workbook.")
    )


def _measured(archive: zipfile.ZipFile) -> Opened:
    parts = {}
    rows = 0
    for entry in archive.infolist():
        part = _measure(archive, entry)
        rows += part.rows
        if rows > settings.WORKBOOK_ROWS:
            raise too_many_rows()
        parts[entry.filename] = part
    return Opened(parts)


def too_many_rows() -> WorkbookRefusedError:
    """The refusal of a file with more rows than one run takes."""
    return refuse(
        _("The file has more than %(most)s rows; split it, and delete empty rows below the lists."),
        most=format_number(settings.WORKBOOK_ROWS),
    )


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Part:
    """Unpack a part as a stream; stop as soon as it is more than may be."""
    part = Part()
    begun, since_row, tail = False, 0, b""
    largest = LARGEST_OTHER_PART
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            if not begun:
                _check_start(chunk)
                largest = LARGEST_TEXT_TABLE if _TEXT_TABLE.search(chunk) else largest
                begun = True
            window = tail + chunk
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                raise damaged()
            longest, since_row = _count_rows(part, window, len(tail), since_row)
            part.merged += [
                found[1].decode() for found in _MERGED.finditer(window) if found.end() > len(tail)
            ]
            if part.rows > settings.WORKBOOK_ROWS:
                raise too_many_rows()
            if longest > (LONGEST_STRETCH if part.rows else largest):
                raise too_large()
            tail = window[-_TAIL:]
    return part


def _check_start(chunk: bytes) -> None:
    # XML in two-byte characters would pass the search for what is forbidden.
    if chunk.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")):
        raise damaged()


def _count_rows(part: Part, window: bytes, seen: int, since_row: int) -> tuple[int, int]:
    """Count the rows that begin in the window; return the longest stretch and the last one."""
    longest, last = 0, seen - since_row
    for found in _ROW.finditer(window):
        # What ends in the tail was counted with the window before.
        if found.end() <= seen:
            continue
        part.rows += 1
        longest = max(longest, found.start() - last)
        last = found.start()
    stretch = len(window) - last
    return max(longest, stretch), stretch
