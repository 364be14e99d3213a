"""Closed lists of the room ``documents``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttachmentKind(models.TextChoices):
    """What a file is in the work of an office."""

    DECISION = "decision", _("decision")
    LETTER = "letter", _("official letter")
    MINUTES = "minutes", _("minutes, acceptance record")
    CONTRACT = "contract", _("contract, agreement")
    CERTIFICATE = "certificate", _("certificate, declaration")
    VOUCHER = "voucher", _("voucher, invoice")
    REPORT = "report", _("report, dossier")
    DATA = "data", _("table of data")
    PICTURE = "picture", _("picture")
    OTHER = "other", _("other document")


class ScanAtUpload(models.TextChoices):
    """What the scanner said when a file came."""

    CLEAN = "clean", _("no virus found")
    QUARANTINED = "quarantined", _("the scanner gave no answer")
    NO_SCANNER = "no_scanner", _("no scanner is set up")


class VersionState(models.TextChoices):
    """Whether a version may be handed out; told from its scans, never stored."""

    READY = "ready", _("ready")
    WAITING = "waiting", _("waits for the virus check")
    INFECTED = "infected", _("virus found, file removed")


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
    CHANGED = "changed", _("altered")
    UNCHANGED = "unchanged", _("unchanged")
    WRONG = "wrong", _("wrong")


class ChangeAct(models.TextChoices):
    """What an import did to a record."""

    CREATE = "create", _("added")
    UPDATE = "update", _("changed")
    COUNT = "count", _("counted on")
