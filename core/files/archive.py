"""Reading a ZIP archive without believing what it says of itself."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from core.files.faults import Fault, FaultFoundError

CHUNK = 64 * 1024
MAX_ENTRIES = 10_000
# The central directory is read at once: some 50 bytes and a name for each entry.
MAX_DIRECTORY_BYTES = 2 * 1024 * 1024
LOCAL_HEADER = b"PK\x03\x04"
LOCAL_HEADER_BYTES = 30
ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
UTF8_FLAG = 0x800


@dataclass
class Budget:
    """How many bytes an archive, with those inside it, may still unpack to."""

    left: int

    def spend(self, count: int) -> None:
        """Count unpacked bytes; raises ``FaultFoundError`` when there are too many."""
        self.left -= count
        if self.left < 0:
            raise FaultFoundError(Fault.BOMB)


class _BoundedReads:
    """Hands a file to ``zipfile``, which reads the whole directory at once, up to a limit."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, count: int = -1) -> bytes:
        if count > MAX_DIRECTORY_BYTES:
            raise FaultFoundError(Fault.BOMB)
        return self.file.read(count)

    def seekable(self) -> bool:
        return True


class Archive:
    """A ZIP archive whose entries are each in their place, plain or deflated, none encrypted."""

    def __init__(self, file: IO[bytes], budget: Budget) -> None:
        self.file = file
        self.budget = budget
        try:
            with zipfile.ZipFile(_BoundedReads(file)) as archive:
                self.entries = archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise FaultFoundError(Fault.DAMAGED) from error
        self._check_directory()

    def _check_directory(self) -> None:
        if len(self.entries) > MAX_ENTRIES:
            raise FaultFoundError(Fault.BOMB)
        if any(entry.flag_bits & ENCRYPTED_FLAGS for entry in self.entries):
            raise FaultFoundError(Fault.ENCRYPTED)
        names = [entry.orig_filename.lower() for entry in self.entries]
        if not names or len(set(names)) < len(names) or any(map(_leaves, names)):
            raise FaultFoundError(Fault.DAMAGED)
        # What stands before the first entry, such as a program, would go unread.
        if min(entry.header_offset for entry in self.entries) != 0:
            raise FaultFoundError(Fault.DAMAGED)
        end = 0
        for entry in sorted(self.entries, key=lambda entry: entry.header_offset):
            # Entries that share their bytes unpack to any size.
            if entry.header_offset < end:
                raise FaultFoundError(Fault.BOMB)
            name = _stored_name(entry)
            end = entry.header_offset + LOCAL_HEADER_BYTES + len(name) + entry.compress_size

    def unpack(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """Return the bytes of an entry, piece by piece; their number must be what it claims."""
        self._go_to(entry)
        unpacked, checksum = 0, 0
        pieces = self._inflate(entry) if entry.compress_type == zipfile.ZIP_DEFLATED else None
        if pieces is None and entry.compress_type != zipfile.ZIP_STORED:
            raise FaultFoundError(Fault.DAMAGED)
        for piece in pieces or self._raw(entry):
            self.budget.spend(len(piece))
            unpacked += len(piece)
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if (unpacked, checksum) != (entry.file_size, entry.CRC):
            raise FaultFoundError(Fault.DAMAGED)

    def _go_to(self, entry: zipfile.ZipInfo) -> None:
        """Go to the bytes of an entry, whose own header must name it as the directory does."""
        self.file.seek(entry.header_offset)
        header = self.file.read(LOCAL_HEADER_BYTES)
        if len(header) < LOCAL_HEADER_BYTES or not header.startswith(LOCAL_HEADER):
            raise FaultFoundError(Fault.DAMAGED)
        name_length = int.from_bytes(header[26:28], "little")
        extra_length = int.from_bytes(header[28:30], "little")
        if self.file.read(name_length) != _stored_name(entry):
            raise FaultFoundError(Fault.DAMAGED)
        self.file.seek(extra_length, 1)

    def _raw(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        left = entry.compress_size
        place = self.file.tell()
        while left:
            # Whoever gets the pieces may read elsewhere in between.
            self.file.seek(place)
            piece = self.file.read(min(left, CHUNK))
            if not piece:
                raise FaultFoundError(Fault.DAMAGED)
            left -= len(piece)
            place += len(piece)
            yield piece

    def _inflate(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for raw in self._raw(entry):
                packed = raw
                while packed:
                    if inflate.eof:
                        raise FaultFoundError(Fault.DAMAGED)
                    yield inflate.decompress(packed, CHUNK)
                    packed = inflate.unconsumed_tail or inflate.unused_data
            while not inflate.eof:
                piece = inflate.decompress(b"", CHUNK)
                if not piece:
                    raise FaultFoundError(Fault.DAMAGED)
                yield piece
        except zlib.error as error:
            raise FaultFoundError(Fault.DAMAGED) from error


def _stored_name(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & UTF8_FLAG else "cp437")


def _leaves(name: str) -> bool:
    """Whether a name leads out of the archive."""
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")
