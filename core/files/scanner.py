"""ClamAV over its socket: a file is sent in pieces, one word comes back."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import IO

from django.conf import settings
from django.core.files import File

from core.files.faults import Fault, UploadRefusedError

logger = logging.getLogger(__name__)

CHUNK = 64 * 1024
CONNECT_SECONDS = 3
ANSWER_SECONDS = 20
LONGEST_ANSWER = 4096
TCP = "tcp://"


class Scan(StrEnum):
    """What is known of a file's viruses. ``DOWN``: the scanner gave no answer."""

    CLEAN = "clean"
    DOWN = "down"
    NO_SCANNER = "no_scanner"


class ScannerError(Exception):
    """The scanner cannot be reached or did not do its work."""


def scan(file: File | IO[bytes]) -> Scan:
    """Let ClamAV read a file; without ``settings.CLAMAV_SOCKET`` nobody reads it.

    A file that came while the scanner was down must be kept from everyone until it has been
    scanned.

    Raises:
        UploadRefusedError: a virus was found.
    """
    if not settings.CLAMAV_SOCKET:
        return Scan.NO_SCANNER
    try:
        answer = _ask(settings.CLAMAV_SOCKET, file)
    except (OSError, ValueError, ScannerError) as error:
        logger.warning("ClamAV did not scan a file: %s", error)
        return Scan.DOWN
    finally:
        file.seek(0)
    if answer == "stream: OK":
        return Scan.CLEAN
    signature = answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise UploadRefusedError(Fault.VIRUS, signature=signature)


def _ask(address: str, file: File | IO[bytes]) -> str:
    """Return the answer, ``stream: OK`` or ``stream: NAME FOUND``."""
    file.seek(0)
    with _connected(address) as connection:
        try:
            connection.sendall(b"zINSTREAM\0")
            while piece := file.read(CHUNK):
                connection.sendall(len(piece).to_bytes(4, "big") + piece)
            connection.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):
            # It refuses what is too long for it in the middle, and then says so.
            logger.warning("ClamAV stopped listening in the middle of a file.")
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            received = connection.recv(LONGEST_ANSWER)
            if not received:
                break
            answer += received
    told = answer.rstrip(b"\0").decode(errors="replace")
    if told != "stream: OK" and not (told.startswith("stream: ") and told.endswith(" FOUND")):
        raise ScannerError(told or "no answer")
    return told


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    """Connect to a path, or to ``tcp://host:port``."""
    if address.startswith(TCP):
        host, _, port = address.removeprefix(TCP).rpartition(":")
        connection = socket.create_connection((host, int(port)), CONNECT_SECONDS)
    else:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(CONNECT_SECONDS)
    with connection:
        if connection.family == socket.AF_UNIX:
            connection.connect(address)
        connection.settimeout(ANSWER_SECONDS)
        yield connection
