"""Acts on the deputies of leads."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policies
from accounts.choices import Role
from accounts.models import Deputy, Membership, Organisation, User
from audit.services import record
from core.errors import DomainError


@transaction.atomic
def deputy_record(
    *,
    lead: User,
    organisation: Organisation,
    deputy: User,
    valid_from: dt.date,
    valid_to: dt.date,
    reason: str,
    by: User,
) -> Deputy:
    """Let a colleague stand in for a lead from ``valid_from`` to ``valid_to``, both included.

    Nobody gives the rights of a lead to themself, and none are given for days that are past.
    """
    policies.can_record_deputy(by, lead, organisation).require()
    if by.pk == deputy.pk:
        raise DomainError(_("Nobody makes themself a deputy: the lead or somebody else does."))
    if valid_from < timezone.localdate():
        raise DomainError(
            _("A deputy stands in from today at the earliest; correct the first day.")
        )
    there = Membership.objects.valid_at(valid_from).filter(organisation=organisation)
    if not there.filter(user=lead, role=Role.PROGRAMME_LEAD).exists():
        told = _("%(person)s is no programme lead of %(organisation)s on the first day.")
        raise DomainError(told % {"person": lead, "organisation": organisation})
    if not there.filter(user=deputy).exists() or not policies.can_log_in(deputy):
        told = _("%(person)s does not work in %(organisation)s on the first day.")
        raise DomainError(told % {"person": deputy, "organisation": organisation})
    made = Deputy(
        lead=lead,
        organisation=organisation,
        deputy=deputy,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason,
        recorded_by=by,
    )
    made.full_clean()
    made.save()
    after = {
        "lead": lead.audit_name,
        "deputy": deputy.audit_name,
        "organisation": organisation.code,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    record(act="deputy_record", by=by, target=made, after=after, reason=reason)
    return made


@transaction.atomic
def deputy_end(*, deputy: Deputy, reason: str, by: User) -> Deputy:
    """End a deputy at once: the next request has the rights no more."""
    deputy = Deputy.objects.select_for_update(of=("self",)).get(pk=deputy.pk)
    policies.can_end_deputy(by, deputy).require()
    deputy.ended_on, deputy.ended_by = timezone.localdate(), by
    deputy.save(update_fields=["ended_on", "ended_by"])
    after = {"ended_on": deputy.ended_on}
    record(
        act="deputy_end",
        by=by,
        target=deputy,
        before={"ended_on": None},
        after=after,
        reason=reason,
    )
    return deputy
