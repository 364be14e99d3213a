"""Reading the history."""

from django.db import models

from audit.models import Entry, EntryQuerySet


def history_of(target: models.Model) -> EntryQuerySet:
    """Return the entries about a record, newest first."""
    return Entry.objects.about(target).order_by("-at", "-id")
