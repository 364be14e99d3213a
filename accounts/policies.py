"""Who may do what in the room ``accounts``."""

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.choices import ROLE_PLACES, InvitationState, Role
from accounts.models import Invitation, Organisation, User
from core.decisions import Decision


def can_log_in(user: User) -> Decision:
    """An active person; a demo account only where the demonstration runs: its password is known."""
    if not user.is_active:
        return Decision.no(_("This account is closed."))
    return Decision.when(
        settings.DEMO or not user.is_demo, _("Demo accounts work in the demonstration only.")
    )


def can_administer(by: User) -> Decision:
    """Administrators keep accounts, invitations and roles."""
    told = _("Only administrators of the portal change accounts and roles.")
    return Decision.when(by.has_role(Role.ADMINISTRATOR), told)


def can_change_roles(by: User, user: User) -> Decision:
    """An administrator, and never their own: nobody gives themselves rights."""
    if not (administers := can_administer(by)):
        return administers
    told = _("Nobody changes their own roles; ask another administrator.")
    return Decision.when(by.pk != user.pk, told)


def can_close(by: User, user: User) -> Decision:
    """An administrator, and never their own account."""
    if not (administers := can_administer(by)):
        return administers
    told = _("Nobody closes or opens their own account; ask another administrator.")
    return Decision.when(by.pk != user.pk, told)


def can_reset_second_factor(by: User, user: User) -> Decision:
    """An administrator, for someone else: one's own is changed on one's own page."""
    if not (administers := can_administer(by)):
        return administers
    told = _("You change your own second factor on the page of your account.")
    return Decision.when(by.pk != user.pk, told)


def role_has_place(role: Role, organisation: Organisation) -> Decision:
    """A role is held in organisations of its own kinds only."""
    return Decision.when(
        organisation.kind in ROLE_PLACES[Role(role)],
        _("The role %(role)s has no place in this organisation (%(kind)s); choose another one.")
        % {"role": Role(role).label, "kind": organisation.get_kind_display()},
    )


def can_change_invitation(by: User, invitation: Invitation) -> Decision:
    """An administrator, while it is neither accepted nor withdrawn."""
    if not (administers := can_administer(by)):
        return administers
    told = _("This invitation was accepted or withdrawn already.")
    return Decision.when(invitation.is_open, told)


def can_accept(invitation: Invitation | None) -> Decision:
    """Whoever holds the link of an invitation that waits for an answer."""
    refusals = {
        None: _("This link is wrong; open it from the mail once more, whole and on one line."),
        InvitationState.ACCEPTED: _("This link was used already; sign in with your password."),
        InvitationState.EXPIRED: _(
            "This link has expired; ask the administrator of the portal to send you a new one."
        ),
        InvitationState.WITHDRAWN: _(
            "This invitation was withdrawn; ask the administrator of the portal."
        ),
    }
    state = invitation.state if invitation else None
    return Decision.yes() if state == InvitationState.SENT else Decision.no(refusals[state])
