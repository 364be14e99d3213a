"""Acts: each room names those that it records, as the pages of the history call them."""

from collections.abc import Mapping

from django.utils.functional import Promise

Words = Mapping[str, str | Promise]

_acts: dict[str, str | Promise] = {}
_details: dict[str, str | Promise] = {}


def register(acts: Words, details: Words | None = None) -> None:
    """Name acts, and details that are recorded with them without being fields of the record."""
    _acts.update(acts)
    _details.update(details or {})


def label(act: str) -> str:
    """Return how an act is called; one that no room named keeps its name."""
    return str(_acts.get(act, act))


def detail_label(name: str) -> str:
    """Return how a detail is called; one that no room named keeps its name."""
    return str(_details.get(name, name))
