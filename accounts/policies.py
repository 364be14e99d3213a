"""Who may do what in the room ``accounts``."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import ROLE_PLACES, DeputyState, InvitationState, Role
from accounts.models import Deputy, Invitation, Organisation, User
from audit.actors import Actor
from core.decisions import Decision


def can_log_in(user: User) -> Decision:
    """An active person; a demo account only where the demonstration runs: its password is known."""
    if not user.is_active:
        return Decision.no(_("This account is closed."))
    if user.disabled_idle_at:
        return Decision.no(_("This account was closed because nobody used it for 45 days."))
    return Decision.when(
        settings.DEMO or not user.is_demo, _("Demo accounts work in the demonstration only.")
    )


def can_edit_organisations(by: Actor) -> Decision:
    """Administrators keep organisations, areas and successions; so do commands of the machine."""
    return Decision.when(
        not isinstance(by, User) or by.has_role(Role.ADMINISTRATOR),
        _("Only administrators change organisations and areas."),
    )


def can_record_deputy(user: User, lead: User, organisation: Organisation) -> Decision:
    """The lead, by a role of their own, or an administrator; see ``deputy_record`` for the rest."""
    own = [one for one in user.current_memberships if one.instead_of is None]
    leads_there = user.pk == lead.pk and any(
        one.role == Role.PROGRAMME_LEAD and one.organisation == organisation for one in own
    )
    return Decision.when(
        leads_there or user.has_role(Role.ADMINISTRATOR),
        _("Only the lead themself or an administrator says who stands in for a lead."),
    )


def can_record_deputies(user: User) -> Decision:
    """Whether there is any lead for whom the person may record a deputy."""
    own = (one for one in user.current_memberships if one.instead_of is None)
    return Decision.when(
        any(one.role in {Role.PROGRAMME_LEAD, Role.ADMINISTRATOR} for one in own),
        _("Only the lead themself or an administrator says who stands in for a lead."),
    )


def can_end_deputy(user: User, deputy: Deputy) -> Decision:
    """Whoever may record a deputy may end one, as long as there is something to end."""
    today = timezone.localdate()
    if deputy.state_on(today) not in {DeputyState.IN_FORCE, DeputyState.UPCOMING}:
        return Decision.no(_("This deputy does not stand in any more."))
    return can_record_deputy(user, deputy.lead, deputy.organisation)


def can_hand_over(user: User, organisation: Organisation) -> Decision:
    """An administrator anywhere, a programme lead in their own organisation."""
    leads_there = any(
        one.role == Role.PROGRAMME_LEAD and one.organisation == organisation
        for one in user.current_memberships
    )
    return Decision.when(
        leads_there or user.has_role(Role.ADMINISTRATOR),
        _("Only an administrator or a lead of the organisation records who leaves it."),
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


def is_administrator(user: User) -> bool:
    """Whether the person administers the portal today."""
    return user.has_role(Role.ADMINISTRATOR)


def can_open_catalogues(user: User) -> Decision:
    """Administrators with a second factor; in the demonstration, on loopback, without."""
    if not is_administrator(user):
        return Decision.no(_("Only administrators keep the catalogues."))
    return Decision.when(
        settings.DEMO or user.has_second_factor,
        _("Set up your second factor first; the catalogues open only with it."),
    )
