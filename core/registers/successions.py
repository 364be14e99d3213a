"""Open work that passes on when one organisation continues another.

A room registers each kind of work that an organisation may have open. When a succession is
recorded, its recorder sees what is open and, with several successors, who gets which; the moves
happen in the transaction of the act.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that is open: its key within its kind, and what people call it."""

    key: str
    title: str


class Move(Protocol):
    """Hands over pieces of work; it locks the rows that it changes and records what it did."""

    def __call__(self, *, keys: list[str], old: Any, new: Any, by: Any) -> None:
        """Let the organisation ``new`` have what ``old`` had open under these keys."""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """A kind of work. ``find`` returns what an organisation has open today."""

    name: str
    label: str | Promise
    find: Callable[[Any], Iterable[Piece]]
    move: Move


_kinds: dict[str, OpenWork] = {}


def register(kind: OpenWork) -> None:
    """Let another kind of open work pass on with a succession."""
    _kinds[kind.name] = kind


def kinds() -> list[OpenWork]:
    """Return the kinds of open work, in the order in which they were registered."""
    return list(_kinds.values())
