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
