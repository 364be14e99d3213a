"""Acts on people who leave: their roles end, their open work passes to a colleague."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policies
from accounts.choices import Role
from accounts.models import Handover, Membership, Organisation, User
from accounts.models.memberships import MembershipQuerySet
from audit.services import record
from core.errors import DomainError
from core.registers import handovers as register


@transaction.atomic
def handover_record(
    *,
    leaver: User,
    colleague: User,
    organisation: Organisation,
    last_day: dt.date,
    reason: str,
    by: User,
) -> Handover:
    """End every role of a person in an organisation after ``last_day`` (included).

    Their open work passes on at once when that day is today or past, else on the day after it.
    """
    policies.can_hand_over(by, organisation).require()
    memberships = _memberships_to_end(leaver, organisation, last_day)
    _check_administrators(memberships, last_day, by)
    day_after = last_day + dt.timedelta(days=1)
    there = Membership.objects.valid_at(max(day_after, timezone.localdate()))
    stays = there.filter(user=colleague, organisation=organisation).exists()
    if leaver.pk != colleague.pk and not (stays and policies.can_log_in(colleague)):
        told = _("%(person)s does not work in %(organisation)s after that day; choose another.")
        raise DomainError(told % {"person": colleague, "organisation": organisation})
    handover = Handover(
        leaver=leaver,
        colleague=colleague,
        organisation=organisation,
        last_day=last_day,
        reason=reason,
        recorded_by=by,
    )
    handover.full_clean()
    handover.save()
    after = {
        "leaver": leaver.audit_name,
        "colleague": colleague.audit_name,
        "organisation": organisation.code,
        "last_day": last_day,
    }
    record(act="handover_record", by=by, target=handover, after=after, reason=reason)
    for membership in memberships:
        before = {"valid_to": membership.valid_to}
        membership.valid_to = last_day
        membership.save()
        after = {"valid_to": last_day}
        record(
            act="membership_end", by=by, target=membership, before=before, after=after,
            reason=reason,
        )  # fmt: skip
    if last_day <= timezone.localdate():
        handover_carry_out(handover=handover)
    return handover


@transaction.atomic
def handover_carry_out(*, handover: Handover) -> Handover:
    """Pass the open work on; a second call finds nothing to do."""
    handover = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if handover.carried_out_at:
        return handover
    by = handover.recorded_by
    leaver, colleague = handover.leaver, handover.colleague
    handover.moved = register.move_all(leaver, colleague, handover.organisation, by)
    handover.carried_out_at = timezone.now()
    handover.save(update_fields=["moved", "carried_out_at"])
    record(act="handover_carry_out", by=by, target=handover, after={"moved": handover.moved})
    return handover


def handovers_carry_out(*, today: dt.date) -> int:
    """Pass on the work of everybody whose last day is over; return how many people that were."""
    due = list(Handover.objects.due(today))
    for handover in due:
        handover_carry_out(handover=handover)
    return len(due)


def lasting_memberships(
    leaver: User, organisation: Organisation, last_day: dt.date
) -> MembershipQuerySet:
    """Return the person's memberships in an organisation that go on after a day."""
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)
    return Membership.objects.filter(lasts, user=leaver, organisation=organisation)


def _memberships_to_end(
    leaver: User, organisation: Organisation, last_day: dt.date
) -> list[Membership]:
    mine = lasting_memberships(leaver, organisation, last_day)
    memberships = list(mine.select_for_update(of=("self",)).select_related("organisation", "user"))
    if not memberships:
        told = _("%(person)s has no role in %(organisation)s that goes on after that day.")
        raise DomainError(told % {"person": leaver, "organisation": organisation})
    for membership in memberships:
        if membership.valid_from > last_day:
            told = _(
                "The role “%(role)s” begins on %(day)s, after that last day; choose a later day."
            )
            day = membership.valid_from.strftime("%d/%m/%Y")
            raise DomainError(told % {"role": membership.get_role_display(), "day": day})
    return memberships


def _check_administrators(memberships: list[Membership], last_day: dt.date, by: User) -> None:
    """Refuse to end the role of the last administrator; a lead ends none of them."""
    ending = [one for one in memberships if one.role == Role.ADMINISTRATOR]
    if not ending:
        return
    if not by.has_role(Role.ADMINISTRATOR):
        raise DomainError(_("Only an administrator ends the role of an administrator."))
    day_after = max(last_day, timezone.localdate()) + dt.timedelta(days=1)
    # Two who leave at once are looked at one after the other.
    held = Membership.objects.select_for_update(of=("self",)).filter(role=Role.ADMINISTRATOR)
    others = held.valid_at(day_after).exclude(pk__in=[one.pk for one in ending])
    if not any(policies.can_log_in(one.user) for one in others.select_related("user")):
        raise DomainError(_("This is the last administrator: give somebody else that role first."))
