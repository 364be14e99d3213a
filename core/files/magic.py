"""What the first bytes of a file tell."""

import puremagic

HEAD_BYTES = 4096
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    # A shortcut of Windows starts whatever it names.
    b"L\x00\x00\x00\x01\x14\x02\x00",
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"


def is_program(head: bytes) -> bool:
    """Whether a system would run it: Windows, Linux, macOS, Java, a script, a shortcut."""
    return head.startswith(PROGRAMS)


def is_ole(head: bytes) -> bool:
    """Whether it is the container of old Office files and of encrypted new ones."""
    return head.startswith(OLE)


def is_zip(head: bytes) -> bool:
    """Whether it is a ZIP archive, as new Office files are."""
    return head.startswith(ZIP)


def type_name(head: bytes) -> str | None:
    """Return how people call the type of a file, by its usual ending, if it is a known one."""
    if is_zip(head):
        return "ZIP"
    try:
        ending = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        return None
    return ending.removeprefix(".").upper() or None
