"""Who may do what in the room ``reports``."""

from django.utils.translation import gettext as _

from accounts.models import User
from core.decisions import Decision
from reports.choices import RunStatus
from reports.models import ReportRun
from reports.models.periods import READERS


def can_ask_for_report(user: User) -> Decision:
    """Programme officers and leads of the Department and its branch."""
    return Decision.when(
        user.has_role(*READERS),
        _("Only programme officers and leads of the Department make reports."),
    )


def can_restart(user: User, run: ReportRun) -> Decision:
    """A run that failed may be started again by whoever may ask for one."""
    if run.status != RunStatus.FAILED:
        return Decision.no(_("Only a report that failed can be started again."))
    return can_ask_for_report(user)
