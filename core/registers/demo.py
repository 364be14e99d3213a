"""The demonstration: each room registers how it fills its tables with what is plainly invented."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Wish:
    """How much is to be made: so many enterprises, from this seed; the same again for the same."""

    enterprises: int
    seed: int


@dataclass(frozen=True, slots=True)
class Filler:
    """What a room makes: ``fill`` returns how many records it made, none when they are here."""

    label: str | Promise
    fill: Callable[[Wish, Any], int]
    position: int


_fillers: list[Filler] = []


def register(filler: Filler) -> None:
    """Let a room take part in the demonstration."""
    _fillers.append(filler)


def fill(wish: Wish, by: Any) -> list[tuple[str, int]]:
    """Let every room fill its tables, in order, and return what was made."""
    ordered = sorted(_fillers, key=lambda filler: filler.position)
    return [(str(filler.label), filler.fill(wish, by)) for filler in ordered]
