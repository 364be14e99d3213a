"""The history of acts: written by every room, changed by none."""

from celery.signals import task_postrun, task_prerun
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from audit import origin


class AuditConfig(AppConfig):
    """Append-only entries and the chain that makes tampering visible."""

    name = "audit"
    verbose_name = _("Audit trail")

    def ready(self) -> None:
        """Give every run of a background task its origin."""
        task_prerun.connect(origin.job_begins, dispatch_uid="audit.job_begins")
        task_postrun.connect(origin.job_ends, dispatch_uid="audit.job_ends")
