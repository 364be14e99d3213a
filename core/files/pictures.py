"""PNG and JPEG pictures: whole, and of a size that a screen can show."""

import re
import zlib
from typing import IO

from core.files.faults import Fault, FaultFoundError
from core.files.magic import PNG

CHUNK = 64 * 1024
MAX_PIXELS = 200_000_000
PNG_HEADER_BYTES = 13
JPEG_START, JPEG_END, JPEG_SCAN = 0xD8, 0xD9, 0xDA
# Start of frame: every kind of JPEG; the numbers left out are tables.
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
# Inside a scan a marker is FF and anything but zero, a restart or another FF.
SCAN_ENDS = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def inspect_png(file: IO[bytes]) -> None:
    """Raise ``FaultFoundError`` unless every chunk is whole and the last one ends the picture."""
    file.seek(len(PNG))
    first, has_pixels = True, False
    while True:
        length = int.from_bytes(_take(file, 4), "big")
        kind = _take(file, 4)
        checksum, header = zlib.crc32(kind), b""
        for left in range(length, 0, -CHUNK):
            piece = _take(file, min(left, CHUNK))
            header = header or piece[:PNG_HEADER_BYTES]
            checksum = zlib.crc32(piece, checksum)
        if int.from_bytes(_take(file, 4), "big") != checksum or first != (kind == b"IHDR"):
            raise FaultFoundError(Fault.DAMAGED)
        if first:
            _check_size(int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big"))
        first, has_pixels = False, has_pixels or kind == b"IDAT"
        if kind == b"IEND":
            break
    if not has_pixels:
        raise FaultFoundError(Fault.DAMAGED)


def inspect_jpeg(file: IO[bytes]) -> None:
    """Raise ``FaultFoundError`` unless the segments lead from the start to the end of a picture."""
    file.seek(2)
    has_frame = has_scan = False
    while True:
        if _take(file, 1) != b"\xff":
            raise FaultFoundError(Fault.DAMAGED)
        marker = 0xFF
        while marker == 0xFF:
            marker = _take(file, 1)[0]
        if marker == JPEG_END:
            break
        if marker in JPEG_WITHOUT_LENGTH:
            continue
        length = int.from_bytes(_take(file, 2), "big") - 2
        segment = _take(file, length) if length >= 0 else b""
        if marker == JPEG_START or length < 0:
            raise FaultFoundError(Fault.DAMAGED)
        if marker in JPEG_FRAMES:
            has_frame = True
            _check_size(int.from_bytes(segment[1:3], "big"), int.from_bytes(segment[3:5], "big"))
        if marker == JPEG_SCAN:
            has_scan = True
            _skip_scan(file)
    if not (has_frame and has_scan):
        raise FaultFoundError(Fault.DAMAGED)


def _skip_scan(file: IO[bytes]) -> None:
    """Go to the marker that ends a scan."""
    kept = b""
    while piece := file.read(CHUNK):
        data = kept + piece
        if found := SCAN_ENDS.search(data):
            file.seek(found.start() - len(data), 1)
            return
        kept = b"\xff" if data.endswith(b"\xff") else b""
    raise FaultFoundError(Fault.DAMAGED)


def _check_size(width: int, height: int) -> None:
    if not (width and height):
        raise FaultFoundError(Fault.DAMAGED)
    if width * height > MAX_PIXELS:
        raise FaultFoundError(Fault.BOMB)


def _take(file: IO[bytes], count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise FaultFoundError(Fault.DAMAGED)
    return data
