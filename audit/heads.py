"""The head of the chain, kept outside the database.

A chain does not show that its newest links were cut off; a head noted earlier does. Each night
adds a line to a file: when, the head, and whether the head kept before was still on the chain.
"""

import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from django.conf import settings

from audit.verification import Head

KEPT, CUT = "kept", "cut"


@dataclass(frozen=True, slots=True)
class Line:
    """What one night wrote down."""

    at: dt.datetime
    head: Head
    state: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.head} {self.state}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a line; raises ``ValueError`` on anything else."""
        at, head, state = text.split()
        return cls(dt.datetime.fromisoformat(at), Head.parse(head), state)


class Heads:
    """The file, held by one process at a time."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def lines(self) -> list[Line]:
        """Return what was written down, oldest first; what cannot be read is passed over."""
        found = []
        for text in self.file.read_text().splitlines():
            try:
                found.append(Line.parse(text))
            except ValueError:
                continue
        return found

    def known(self) -> Head | None:
        """Return the newest head that must still be on the chain."""
        kept = [line.head for line in self.lines() if line.state == KEPT]
        return kept[-1] if kept else None

    def written_on(self, day: dt.date) -> bool:
        """Whether something was written down on the day."""
        return any(line.at.date() == day for line in self.lines())

    def write(self, line: Line) -> None:
        """Add a line that is on the disk when this returns."""
        with self.file.open("a") as opened:
            opened.write(f"{line}\n")
            opened.flush()
            os.fsync(opened.fileno())


@contextmanager
def heads() -> Iterator[Heads | None]:
    """Hold the file for the block; nothing while another process holds it."""
    file: Path = settings.AUDIT_HEADS_FILE
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield Heads(file) if _hold(descriptor) else None
    finally:
        os.close(descriptor)


def _hold(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
