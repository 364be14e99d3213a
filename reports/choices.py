"""Closed lists of the room ``reports``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeriodKind(models.TextChoices):
    """What span of days a report covers (Nghị định 09/2019/NĐ-CP)."""

    ANNUAL = "annual", _("annual report")


class RunStatus(models.TextChoices):
    """How far a report is; told from the facts of its run, never stored."""

    WAITING = "waiting", _("waiting for a worker")
    RUNNING = "running", _("being made")
    DONE = "done", _("finished")
    FAILED = "failed", _("failed")


class RunStep(models.TextChoices):
    """What a worker is doing with a run."""

    ASKED = "asked", _("waiting")
    FIGURES = "figures", _("computing the figures")
    FILES = "files", _("writing PDF, Word and Excel")
    KEEPING = "keeping", _("storing the files")
    DONE = "done", _("finished")


class FileFormat(models.TextChoices):
    """The forms in which a report is handed over."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
