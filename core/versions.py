"""Optimistic locking: whoever saves what another has changed meanwhile is told, and loses nothing.

An edit form carries the ``version`` that it was filled from. The service takes the record with
``take``, which locks it and refuses an older version; it then calls ``save``, which counts on.
Saving a child of a record bumps the parent with ``bump``; a bulk update adds ``version=F("version")
+ 1``.
"""

from typing import Any, TypeVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import DomainError


class Versioned(models.Model):
    """Abstract: counts how often the record was saved."""

    version = models.PositiveIntegerField(gettext_lazy("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Count each save of a record that is there already."""
        if not self._state.adding:
            self.version += 1
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "version"}
        super().save(*args, **kwargs)


RecordT = TypeVar("RecordT", bound=Versioned)


class StaleVersionError(DomainError):
    """Somebody saved the record since the form was opened; ``record`` is how it stands now."""

    def __init__(self, record: Versioned) -> None:
        super().__init__(
            _(
                "Somebody else has saved this record since you opened it. What differs is shown "
                "below; what you typed is kept. Compare, correct, and save again."
            )
        )
        self.record = record


def take(records: "models.QuerySet[RecordT]", pk: Any, version: int | None) -> RecordT:
    """Lock a record for this transaction and return it; ``version`` None takes any.

    Raises:
        StaleVersionError: the record was saved since ``version``.
    """
    record = records.select_for_update(of=("self",)).get(pk=pk)
    if version is not None and record.version != version:
        raise StaleVersionError(record)
    return record


def bump(record: Versioned) -> None:
    """Count a change of what belongs to the record: a child was saved."""
    type(record)._base_manager.filter(pk=record.pk).update(version=F("version") + 1)
    record.version += 1
