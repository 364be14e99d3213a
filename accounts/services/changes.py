"""Putting values into a record, and telling the history what changed."""

from collections.abc import Mapping
from typing import Any

from django.db import models

Told = dict[str, Any]


def apply(record: models.Model, values: Mapping[str, Any]) -> tuple[Told, Told]:
    """Set the fields of a record that differ; returns what they held before and hold now."""
    changed = {name: value for name, value in values.items() if getattr(record, name) != value}
    before = told({name: getattr(record, name) for name in changed})
    for name, value in changed.items():
        setattr(record, name, value)
    return before, told(changed)


def told(values: Mapping[str, Any]) -> Told:
    """Return values as the history keeps them: a record by its name."""
    return {
        name: str(value) if isinstance(value, models.Model) else value
        for name, value in values.items()
    }
