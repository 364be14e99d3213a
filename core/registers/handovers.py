"""Open work: each room names what a person who leaves has to hand over, and how it passes on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of open work, for instance the reports that a person has begun.

    ``count(leaver, organisation)`` says how much of it there is.
    ``move(leaver, colleague, organisation, by)`` passes it on inside the transaction of the
    handover, records what it changes in the history, and returns how much it was.
    """

    key: str
    label: str | Promise
    count: Callable[[Any, Any], int]
    move: Callable[[Any, Any, Any, Any], int]


_works: dict[str, Work] = {}


def register(*works: Work) -> None:
    """Let more kinds of open work pass on when somebody leaves."""
    for work in works:
        if work.key in _works:
            raise ValueError(f"The kind of work {work.key} is registered twice.")
        _works[work.key] = work


def waiting(leaver: Any, organisation: Any) -> list[tuple[str, int]]:
    """Return how much of each kind the person has in the organisation, none left out."""
    counts = ((str(work.label), work.count(leaver, organisation)) for work in _works.values())
    return [(label, count) for label, count in counts if count]


def move_all(leaver: Any, colleague: Any, organisation: Any, by: Any) -> dict[str, int]:
    """Pass everything on, in the caller's transaction; return how much of each kind it was."""
    return {work.key: work.move(leaver, colleague, organisation, by) for work in _works.values()}


def label(key: str) -> str:
    """Return what a kind is called; one that no room named any more keeps its key."""
    work = _works.get(key)
    return str(work.label) if work else key
