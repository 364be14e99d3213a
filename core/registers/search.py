"""The one search box: each room registers what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from core.text import fold, normalise, search_words

EXCERPT_LENGTH = 180


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; ``hit`` when it is what the person looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found: its code, title, address and what else may hold the words."""

    code: str
    title: str
    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record as the page shows it."""

    code: str
    title: list[Piece]
    url: str
    excerpt: list[Piece]


@dataclass(frozen=True, slots=True)
class Provider:
    """A kind of record that can be found.

    ``find`` gets the person, the query and a limit and returns at most limit records that the
    person may see.
    """

    label: str | Promise
    find: Callable[[Any, str, int], Iterable[Found]]
    position: int


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind; ``more`` when there are others than these."""

    label: str
    hits: list[Hit]
    more: bool


@dataclass(frozen=True, slots=True)
class Secret:
    """A kind of query that must not stay in an address, such as a personal number.

    ``lead`` returns the address of the one record that the person may see by it, or None.
    """

    is_one: Callable[[str], bool]
    lead: Callable[[Any, str], str | None]


_providers: list[Provider] = []
_secrets: list[Secret] = []


def register(provider: Provider) -> None:
    """Let the search box find another kind of record."""
    _providers.append(provider)


def register_secret(secret: Secret) -> None:
    """Let the search box lead straight on from queries of a kind, and forget them."""
    _secrets.append(secret)


def secret_of(query: str) -> Secret | None:
    """Return what is to be done with a query that must not stay in the address."""
    return next((secret for secret in _secrets if secret.is_one(query)), None)


def search(user: Any, query: str, limit: int = 20) -> list[Group]:
    """Return what the person may see that holds every word of the query, by kind.

    Records named by the query itself come first, then those that hold it with its accents.
    """
    if not search_words(query):
        return []
    groups = []
    for provider in sorted(_providers, key=lambda provider: provider.position):
        found = list(provider.find(user, query, limit + 1))
        if found:
            found.sort(key=lambda record: _rank(record, query))
            hits = [_hit(record, query) for record in found[:limit]]
            groups.append(Group(str(provider.label), hits, more=len(found) > limit))
    return groups


def _rank(record: Found, query: str) -> int:
    wanted = normalise(query).lower()
    if record.code.lower() == wanted:
        return 0
    if wanted in record.title.lower():
        return 1
    return 2 if wanted in record.text.lower() else 3


def _hit(record: Found, query: str) -> Hit:
    words = search_words(query)
    folded = fold(record.text)
    held = any(word in folded for word in words)
    excerpt = mark(_around(record.text, words), words) if held else []
    return Hit(record.code, mark(record.title, words), record.url, excerpt)


def _around(text: str, words: list[str]) -> str:
    """Return the part of a long text in which the first word stands, on whole words."""
    if len(text) <= EXCERPT_LENGTH:
        return text
    folded = fold(text)
    places = [place for word in words if (place := folded.find(word)) >= 0]
    start = max(0, min(places) - EXCERPT_LENGTH // 3)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(text), start + EXCERPT_LENGTH)
    if end < len(text) and (space := text.rfind(" ", start, end)) > 0:
        end = space
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def mark(text: str, words: list[str]) -> list[Piece]:
    """Cut the text into pieces, those that match a folded word marked as hits."""
    folded = fold(text)
    hit = [False] * len(folded)
    for word in words:
        place = folded.find(word)
        while place >= 0:
            hit[place : place + len(word)] = [True] * len(word)
            place = folded.find(word, place + len(word))
    pieces: list[Piece] = []
    start = 0
    for place in range(1, len(hit) + 1):
        if place == len(hit) or hit[place] != hit[start]:
            pieces.append(Piece(text[start:place], hit[start]))
            start = place
    return pieces
