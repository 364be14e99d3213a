"""Closed lists of the room ``documents``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportTask(models.TextChoices):
    """What a worker has to do with an import."""

    CHECK = "check", _("checking the file")
    IMPORT = "import", _("importing the rows")
    UNDO = "undo", _("undoing the import")


class ImportStatus(models.TextChoices):
    """How far an import is; told from its facts, never stored."""

    WAITING = "waiting", _("waiting for a worker")
    CHECKING = "checking", _("being checked")
    REFUSED = "refused", _("refused")
    CHECKED = "checked", _("checked, not imported")
    IMPORTING = "importing", _("being imported")
    IMPORTED = "imported", _("imported")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class RowOutcome(models.TextChoices):
    """What becomes of a row of the file."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    WRONG = "wrong", _("wrong")


class ChangeAct(models.TextChoices):
    """What an import did to a record."""

    CREATE = "create", _("added")
    UPDATE = "update", _("changed")
    COUNT = "count", _("counted on")
