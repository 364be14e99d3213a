"""Who may do what in the room ``accounts``."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import DeputyState, Role
from accounts.models import Deputy, Organisation, User
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


def is_administrator(user: User) -> bool:
    """Whether the person administers the portal today."""
    return user.has_role(Role.ADMINISTRATOR)


def has_second_factor(user: User) -> bool:
    """Whether the person logs in with more than a password; codes for emergencies do not count."""
    if not apps.is_installed("allauth.mfa"):
        return False
    authenticators: Any = apps.get_app_config("mfa").get_model("Authenticator")
    factors = authenticators.objects.filter(user=user)
    return factors.exclude(type="recovery_codes").exists()


def can_open_catalogues(user: User) -> Decision:
    """Administrators with a second factor; in the demonstration, on loopback, without."""
    if not is_administrator(user):
        return Decision.no(_("Only administrators keep the catalogues."))
    return Decision.when(
        settings.DEMO or has_second_factor(user),
        _("Set up your second factor first; the catalogues open only with it."),
    )
