"""Who may do what in the room ``accounts``."""

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from core.decisions import Decision


def can_log_in(user: User) -> Decision:
    """An active person; a demo account only where the demonstration runs: its password is known."""
    if not user.is_active:
        return Decision.no(_("This account is closed."))
    return Decision.when(
        settings.DEMO or not user.is_demo, _("Demo accounts work in the demonstration only.")
    )
