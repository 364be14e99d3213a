"""Records that the search box finds, with or without accents."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from core.fields import SearchKeyField
from core.text import search_key, search_words

ModelT = TypeVar("ModelT", bound=models.Model)


class SearchableQuerySet(models.QuerySet[ModelT]):
    """Records asked for by words."""

    def matching(self, query: str) -> Self:
        """Those that hold every word of the query, accents and case aside."""
        found = self
        for word in search_words(query):
            found = found.filter(search_key__contains=word)
        return found


class Searchable(models.Model):
    """Abstract: keeps ``search_key`` from the fields named in ``searched_fields``."""

    searched_fields: ClassVar[tuple[str, ...]] = ()

    search_key = SearchKeyField()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key in step with the text."""
        self.search_key = search_key(self.searched_text())
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_key"}
        super().save(*args, **kwargs)

    def searched_text(self) -> str:
        """Return the text that the key is made of."""
        values = (getattr(self, name) for name in self.searched_fields)
        parts = (" ".join(value) if isinstance(value, list) else value for value in values)
        return " ".join(part for part in parts if part)
