"""What an act writes into the history about the fields of a record."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Model

from enterprises.models.enterprises import mask_tax_code

# A personal number never stands in the history.
MASKED = frozenset({"tax_code"})


def told(record: Model, names: Iterable[str]) -> dict[str, Any]:
    """Return fields of a record as the history keeps them: related records by name."""
    return {name: _told(record, name) for name in names}


def differing(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return of both sides only what differs."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _told(record: Model, name: str) -> Any:
    field = record._meta.get_field(name)
    value = getattr(record, name)
    if isinstance(field, models.ManyToManyField):
        return sorted(str(one) for one in value.all())
    if isinstance(value, Model):
        return str(value)
    return mask_tax_code(value) if name in MASKED else value
