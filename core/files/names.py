"""Names of files: as people gave them, without what a name may hide."""

import unicodedata
from pathlib import PurePosixPath

from core.files.kinds import FileKind
from core.text import normalise

LONGEST_STEM = 100
# What a file system, a header or a reader takes for something else.
FORBIDDEN = frozenset('/\\:*?"<>|')


def clean_name(name: str, kind: FileKind, *, otherwise: str) -> str:
    """Return a name that is no path, holds no hidden characters and ends as its kind does.

    A name of which nothing is left becomes ``otherwise``.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    text = "".join(_kept(character) for character in unicodedata.normalize("NFC", last))
    ending = PurePosixPath(text).suffix.lower()
    if ending in kind.endings:
        text = text[: -len(ending)]
    else:
        ending = kind.endings[0]
    stem = normalise(text).strip(". ")[:LONGEST_STEM].strip()
    return f"{stem or otherwise}{ending}"


def _kept(character: str) -> str:
    """Return a character, a dash for one that means something to machines, nothing if hidden.

    Hidden are controls and the marks that turn the direction of writing, so that ``exe.pdf`` reads
    as its reverse.
    """
    if character in FORBIDDEN:
        return "-"
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} else character
