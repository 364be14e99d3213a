"""Who may do what in the room ``programs``."""

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from core.decisions import Decision
from programs.models import Instrument, Task


def can_attach(user: User, _part: Instrument | Task) -> Decision:
    """Programme officers and leads of the Department and its branch add files to the plan."""
    return Decision.when(
        user.has_role(Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD),
        _("Only programme officers and leads of the Department add files here."),
    )
