"""The kinds of notice that rooms raise; the room ``notifications`` delivers them."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: its key (``nomination_returned``) and what people call it."""

    key: str
    label: str | Promise


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds of notice known."""
    for kind in kinds:
        if kind.key in _kinds:
            raise ValueError(f"The kind of notice {kind.key} is registered twice.")
        _kinds[kind.key] = kind


def label(key: str) -> str:
    """Return what a kind is called; one that no room named any more keeps its key."""
    kind = _kinds.get(key)
    return str(kind.label) if kind else key


def known(key: str) -> bool:
    """Whether a room has named the kind."""
    return key in _kinds


def choices() -> list[tuple[str, str]]:
    """Return every kind with what it is called, for a filter."""
    return [(kind.key, str(kind.label)) for kind in _kinds.values()]
