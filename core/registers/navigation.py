"""The menu: each room registers its entries when its app is ready."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu.

    ``url`` gives its address for this request, or ``None`` when the person has no use for it.
    ``current_for`` names the URL names on which the line is marked.
    """

    label: str | Promise
    url: Callable[[HttpRequest], str | None]
    section: int
    position: int
    current_for: frozenset[str] = field(default_factory=frozenset)
    count: Callable[[HttpRequest], int | None] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu as this person sees it on this page."""

    label: str
    url: str
    current: bool
    count: int | None


_entries: list[Entry] = []


def register(entry: Entry) -> None:
    """Add a line to the menu of every page."""
    _entries.append(entry)


def menu(request: HttpRequest) -> list[list[Item]]:
    """Return the menu for this request: sections of lines, in order."""
    match = request.resolver_match
    url_name = match.url_name if match else None
    sections: dict[int, list[Item]] = {}
    for entry in sorted(_entries, key=lambda entry: (entry.section, entry.position)):
        if url := entry.url(request):
            current = url_name in entry.current_for
            count = entry.count(request) if entry.count else None
            item = Item(str(entry.label), url, current, count)
            sections.setdefault(entry.section, []).append(item)
    return list(sections.values())
