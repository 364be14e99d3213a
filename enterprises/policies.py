"""Who may do what in the room ``enterprises``."""

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from core.decisions import Decision
from enterprises.models import Enterprise, SizeThreshold
from enterprises.models.enterprises import WHOLE_REGISTER

EDITORS = (Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD)


def can_read_register(user: User) -> Decision:
    """Whoever may see some enterprise: the Department, the leadership, unit officers."""
    return Decision.when(
        user.has_role(*WHOLE_REGISTER, Role.UNIT_OFFICER),
        _("The register of enterprises is not part of your work here."),
    )


def can_edit_register(user: User) -> Decision:
    """Programme officers and leads of the Department and its branch."""
    return Decision.when(
        user.has_role(*EDITORS),
        _("Only officers of the Department change the register; tell them what is wrong."),
    )


def can_edit_enterprise(user: User, enterprise: Enterprise) -> Decision:
    """An editor, unless the enterprise was merged into another."""
    if enterprise.merged_into_id:
        told = _("It was merged into %(name)s: change that one.")
        return Decision.no(told % {"name": enterprise.merged_into})
    return can_edit_register(user)


def can_end(user: User, enterprise: Enterprise) -> Decision:
    """An editor, once."""
    if enterprise.ended_on:
        return Decision.no(_("It has ended already; correct the day by editing."))
    return can_edit_enterprise(user, enterprise)


def can_verify(user: User, enterprise: Enterprise) -> Decision:
    """An editor, once."""
    if enterprise.verified_at:
        return Decision.no(_("It is verified already."))
    return can_edit_enterprise(user, enterprise)


def can_merge(user: User, enterprise: Enterprise) -> Decision:
    """A programme lead: a merger moves every record of an enterprise."""
    decision = can_edit_enterprise(user, enterprise)
    if not decision:
        return decision
    return Decision.when(
        user.has_role(Role.PROGRAMME_LEAD), _("Only a programme lead merges two enterprises.")
    )


def can_see_personal_number(user: User) -> Decision:
    """The personal number of a household business, in full: those who keep the register."""
    return can_edit_register(user)


def can_approve_threshold(user: User, threshold: SizeThreshold) -> Decision:
    """A programme lead who did not enter it."""
    if threshold.approved_at:
        return Decision.no(_("Already approved."))
    if threshold.recorded_by_id == user.pk:
        return Decision.no(_("Another person must approve this."))
    return Decision.when(
        user.has_role(Role.PROGRAMME_LEAD), _("Only a programme lead approves thresholds.")
    )


def can_void_threshold(user: User, threshold: SizeThreshold) -> Decision:
    """An editor while it waits, a programme lead once it counts."""
    if threshold.is_voided:
        return Decision.no(_("It is voided already."))
    if threshold.approved_at:
        return Decision.when(
            user.has_role(Role.PROGRAMME_LEAD),
            _("Only a programme lead voids a threshold that is in force."),
        )
    return can_edit_register(user)
