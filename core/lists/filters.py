"""Filters of a list."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class WordsFilter(django_filters.CharFilter):
    """Finds records that hold every word, accents and case aside (``SearchableQuerySet``)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Words"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search"}))
        super().__init__(max_length=200, **kwargs)

    def filter(self, queryset: Any, value: str) -> QuerySet[Any]:
        """Narrow the list to what holds the words."""
        return queryset.matching(value) if value else queryset


class ListFilter(django_filters.FilterSet):
    """The filters of one list; give it the person so that choices hold what they may see."""

    q = WordsFilter()
