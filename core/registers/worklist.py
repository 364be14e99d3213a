"""What waits for whom: each room registers what a person has to do next.

The page "Việc của tôi" shows it by due date; reminders follow from the same items, so nothing can
be due on one and forgotten on the other.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits for a person.

    ``key`` names the thing for ever (``nomination:17:review``): reminders are sent once per key
    and due date. ``due`` is the last day on which it is in time, or None when nothing presses.
    A date that has passed never slides: the item stays, overdue, until it is done.
    """

    key: str
    title: str
    url: str
    due: dt.date | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """A kind of work. ``find`` gets a person and returns what waits for them today."""

    label: str | Promise
    find: Callable[[Any], Iterable[Item]]
    position: int


@dataclass(frozen=True, slots=True)
class Group:
    """What waits of one kind."""

    label: str
    items: list[Item]


_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let another kind of work wait for people."""
    _providers.append(provider)


def groups(user: Any) -> list[Group]:
    """Return what waits for the person, by kind, the kinds in order, none empty."""
    ordered = sorted(_providers, key=lambda provider: provider.position)
    found = (Group(str(provider.label), list(provider.find(user))) for provider in ordered)
    return [group for group in found if group.items]


def items(user: Any) -> list[Item]:
    """Return what waits for the person: what is due first stands first, without a date last."""
    waiting = [item for group in groups(user) for item in group.items]
    return sorted(waiting, key=lambda item: (item.due or dt.date.max, item.title))
