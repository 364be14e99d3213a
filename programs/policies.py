"""Who may do what in the room ``programs``."""

from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from core.decisions import Decision
from programs.models import Instrument, Output, Task
from programs.models.decided import Decided


def can_attach(user: User, _part: Instrument | Task) -> Decision:
    """Programme officers and leads of the Department and its branch add files to the plan."""
    return Decision.when(
        user.has_role(Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD),
        _("Only programme officers and leads of the Department add files here."),
    )


def can_propose(user: User) -> Decision:
    """Programme officers and leads enter what is decided about the plan."""
    return Decision.when(
        user.has_role(Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD),
        _("Only programme officers and leads of the Department enter this."),
    )


def can_mend(user: User, decided: Decided) -> Decision:
    """Whoever entered it corrects it until it is approved."""
    if not (allowed := can_propose(user)):
        return allowed
    if not decided.is_proposed:
        return Decision.no(_("It is decided already. Enter a new one, in force from its own day."))
    return Decision.when(
        decided.recorded_by_id == user.pk, _("Only the person who entered it corrects it.")
    )


def can_decide(user: User, decided: Decided) -> Decision:
    """A programme lead approves or returns what another person entered."""
    if not user.has_role(Role.PROGRAMME_LEAD):
        return Decision.no(_("Only a programme lead of the Department decides on this."))
    if not decided.waits:
        return Decision.no(_("It does not wait for a decision any more."))
    return Decision.when(
        decided.recorded_by_id != user.pk,
        _("You entered this yourself; another programme lead decides on it."),
    )


def can_decide_any(user: User) -> bool:
    """Whether the person decides on what others enter."""
    return user.has_role(Role.PROGRAMME_LEAD)


def can_take_back(user: User, decided: Decided) -> Decision:
    """Whoever entered it withdraws it until it is approved.

    What counts is taken back by a lead who neither entered nor approved it alone: not the author.
    """
    if decided.recorded_by_id is None or decided.is_voided:
        return Decision.no(_("What came with the file of the plan is changed by a new decision."))
    if decided.is_proposed:
        return Decision.when(
            decided.recorded_by_id == user.pk and can_propose(user),
            _("Only the person who entered it withdraws it."),
        )
    if not user.has_role(Role.PROGRAMME_LEAD):
        return Decision.no(_("Only a programme lead of the Department decides on this."))
    return Decision.when(
        decided.recorded_by_id != user.pk,
        _("You entered this yourself; another programme lead decides on it."),
    )


def can_record_output(user: User) -> Decision:
    """Programme officers and leads record the documents that indicators ask for."""
    return Decision.when(
        user.has_role(Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD),
        _("Only programme officers and leads of the Department record outputs."),
    )


def can_change_output(user: User, output: Output) -> Decision:
    """What was voided stays as it is."""
    if not (allowed := can_record_output(user)):
        return allowed
    return Decision.when(not output.is_voided, _("It is voided already."))
