"""Who may do what in the room ``notifications``."""

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from core.decisions import Decision
from notifications.choices import MailState
from notifications.models import OutboxMail


def can_edit_working_days(user: User) -> Decision:
    """Administrators keep the calendar."""
    return Decision.when(
        user.has_role(Role.ADMINISTRATOR),
        _("Only administrators change the working calendar; tell them what is wrong in it."),
    )


def can_resend(user: User, mail: OutboxMail) -> Decision:
    """A mail that was given up may be sent again by an administrator while its text is there."""
    if mail.state != MailState.FAILED:
        return Decision.no(_("Only a mail that was not sent can be sent again."))
    if mail.wiped_at:
        return Decision.no(
            _("The text of this mail has been wiped; repeat the act that wrote the mail.")
        )
    return Decision.when(
        user.has_role(Role.ADMINISTRATOR), _("Only administrators send mails again.")
    )
