"""What rests on records as they are now, so that they may not be taken back: each room says.

A snapshot of a report holds every record that was there when it was taken.
"""

import datetime as dt
from collections.abc import Callable, Iterable

# Gets a moment; returns a sentence for each thing that rests on what was stored before it or at it
# and was made later.
Find = Callable[[dt.datetime], Iterable[str]]

_finds: list[Find] = []


def register(find: Find) -> None:
    """Let a room name what rests on records."""
    _finds.append(find)


def since(moment: dt.datetime) -> list[str]:
    """Return what was made since the moment and rests on what was stored then."""
    return [told for find in _finds for told in find(moment)]
