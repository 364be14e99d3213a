"""The register of measures: an indicator or a task names a measure by its key.

Each room registers its measures in its own ``measures.py`` when its app is ready; the plan knows
their keys only.
"""

from collections.abc import Iterable

_keys: set[str] = set()


def register(key: str) -> None:
    """Make a measure known under a key that the plan file names."""
    if key in _keys:
        raise ValueError(f"The measure {key} is registered twice.")
    _keys.add(key)


def unknown(keys: Iterable[str]) -> list[str]:
    """Return those of the keys that no room has registered, sorted."""
    return sorted({key for key in keys if key and key not in _keys})
