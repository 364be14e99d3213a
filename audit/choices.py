"""Fixed lists of the audit trail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OriginKind(models.TextChoices):
    """The door through which an act came in."""

    WEB = "web", _("Web page")
    COMMAND = "command", _("Command line")
    JOB = "job", _("Background job")
    # A shell or a script: nobody named the door.
    DIRECT = "direct", _("Direct call")
