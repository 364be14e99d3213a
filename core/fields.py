"""Model fields for Vietnamese text: NFC, and sorted An, Ăn, Ân, Dũng, Đinh, Ong, Ôn, Ơn."""

import unicodedata
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from core.text import normalise

VIETNAMESE = "vi-x-icu"


class _Vietnamese:
    """Stores NFC and sorts by the Vietnamese alphabet in the database itself."""

    def clean_text(self, text: str) -> str:
        """Return the text as it is stored."""
        return unicodedata.normalize("NFC", text)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("db_collation", VIETNAMESE)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)  # type: ignore[misc]
        return self.clean_text(prepared) if isinstance(prepared, str) else prepared


class NameField(_Vietnamese, models.CharField):
    """A name or title on one line, single-spaced."""

    def clean_text(self, text: str) -> str:
        """Return the name without stray spaces."""
        return normalise(text)


class PassageField(_Vietnamese, models.TextField):
    """A passage of an official text, word for word."""


class SearchKeyField(models.TextField):
    """The folded key of a record (``core.text.search_key``), found by parts of words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(editable=False, default="")
        super().__init__(*args, **kwargs)


def search_index(name: str) -> GinIndex:
    """Return the trigram index that serves ``search_key__contains``."""
    return GinIndex(name=name, fields=["search_key"], opclasses=["gin_trgm_ops"])
