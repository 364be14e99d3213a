"""Who may do what in the room ``accounts``."""

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from audit.actors import Actor
from core.decisions import Decision


def can_log_in(user: User) -> Decision:
    """An active person; a demo account only where the demonstration runs: its password is known."""
    if not user.is_active:
        return Decision.no(_("This account is closed."))
    return Decision.when(
        settings.DEMO or not user.is_demo, _("Demo accounts work in the demonstration only.")
    )


def can_edit_organisations(by: Actor) -> Decision:
    """Administrators keep organisations, areas and successions; so do commands of the machine."""
    return Decision.when(
        not isinstance(by, User) or by.has_role(Role.ADMINISTRATOR),
        _("Only administrators change organisations and areas."),
    )
