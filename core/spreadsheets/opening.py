"""Looking at a workbook before it is parsed: what could harm is refused in one sentence.

The parts are unpacked as a stream and measured, so that a bomb costs neither memory nor time, and
what is found on the way (rows, merged cells) needs no parser.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.numbers import format_number

CHUNK = 1 << 16
MEGABYTE = 1 << 20
# The longest stretch of a sheet without a new row, and the largest part beside the sheets: both
# are held in memory by the parser.
LONGEST_STRETCH = 2 * MEGABYTE
LARGEST_OTHER_PART = 8 * MEGABYTE
LARGEST_TEXT_TABLE = 30 * MEGABYTE

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z0-9:$]{1,40})[\"']")
_TEXT_TABLE = re.compile(rb"<(?:\w+:)?sst[\s/>]")
_MACRO_PARTS = re.compile(r"(^|/)(vbaProject|vbaData|macrosheets|activeX)", re.IGNORECASE)
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


def look_into(file: IO[bytes]) -> Opened:
    """Return what a file holds, or refuse it: limits, macros, encryption, anything but .xlsx."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if not size:
        raise refuse(_("The file is empty; choose another one."))
    if size > settings.WORKBOOK_BYTES:
        raise refuse(
            _("The file is larger than %(most)d MB; split it into several files."),
            most=settings.WORKBOOK_BYTES // MEGABYTE,
        )
    if start == _COMPOUND_FILE:
        raise refuse(
            _(
                "The file is protected by a password or is an old .xls; save it as an Excel "
                "workbook (.xlsx) without a password."
            )
        )
    if not start.startswith(b"PK"):
        raise refuse(_("The file is no Excel workbook (.xlsx); save it as one and choose it."))
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
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > settings.WORKBOOK_PARTS or len(names) != len(set(names)):
        raise too_large()
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse(_("The file is protected by a password; save it without one."))
    if any(_MACRO_PARTS.search(name) for name in names):
        raise refuse(_("The file holds macros; save it as an Excel workbook (.xlsx) without any."))
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise refuse(_("The file is no Excel workbook (.xlsx); save it as one and choose it."))
    left = settings.WORKBOOK_UNPACKED_BYTES
    parts = {}
    rows = 0
    for entry in entries:
        part, size = _measure(archive, entry, left)
        left -= size
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


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> tuple[Part, int]:
    """Unpack a part as a stream; stop as soon as it is more than may be."""
    part = Part()
    size = since_row = 0
    tail = b""
    largest = LARGEST_OTHER_PART
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            if not size:
                _check_start(chunk)
                if _TEXT_TABLE.search(chunk):
                    largest = LARGEST_TEXT_TABLE
            size += len(chunk)
            window = tail + chunk
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                raise damaged()
            if entry.filename == "[Content_Types].xml" and b"macroEnabled" in window:
                raise refuse(
                    _("The file holds macros; save it as an Excel workbook (.xlsx) without any.")
                )
            longest, since_row = _count_rows(part, window, len(tail), since_row)
            part.merged += [
                found[1].decode() for found in _MERGED.finditer(window) if found.end() > len(tail)
            ]
            if part.rows > settings.WORKBOOK_ROWS:
                raise too_many_rows()
            if size > most or longest > (LONGEST_STRETCH if part.rows else largest):
                raise too_large()
            tail = window[-_TAIL:]
    return part, size


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
