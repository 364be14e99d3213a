"""Acts on nomination rounds."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.text import normalise
from core.versions import take
from enterprises import nomination_policies as policies
from enterprises.models import NominationRound, RoundExtension, RoundTask
from enterprises.services import nomination_notices as notices
from enterprises.services.changes import differing, told
from programs.models import Instrument, Plan
from programs.services import instrument_recorded

FIELDS = ("title", "opens_on", "closes_on", "review_by", "quota", "criteria")


@transaction.atomic
def round_create(*, plan: Plan, values: Mapping[str, Any], by: User) -> NominationRound:
    """Prepare a round; nobody outside the Department sees it before it is opened.

    ``values`` hold the fields and ``tasks``: the quota of each organisation by task, or None.
    Raises ``ValidationError`` at the field to correct.
    """
    policies.can_review(by).require()
    one = NominationRound(plan=plan, prepared_by=by)
    _assign(one, values)
    one.save()
    _set_tasks(one, values["tasks"])
    record(act="round_create", by=by, target=one, after=_told(one))
    return one


@transaction.atomic
def round_edit(
    *, one: NominationRound, values: Mapping[str, Any], version: int | None, by: User
) -> NominationRound:
    """Correct a round that is not open yet.

    Raises ``StaleVersionError`` when somebody saved it since ``version``.
    """
    one = take(NominationRound.objects.all(), one.pk, version)
    policies.can_edit_round(by, one).require()
    before = _told(one)
    _assign(one, values)
    one.save()
    _set_tasks(one, values["tasks"])
    before, after = differing(before, _told(one))
    record(act="round_edit", by=by, target=one, before=before, after=after)
    return one


@transaction.atomic
def round_open(*, one: NominationRound, version: int | None, by: User) -> NominationRound:
    """Open a round: unit officers see it and are told; from then on it only gets longer."""
    one = take(NominationRound.objects.all(), one.pk, version)
    policies.can_open(by, one).require()
    one.opened_at, one.opened_by = timezone.now(), by
    one.save()
    notices.round_opened(one)
    record(act="round_open", by=by, target=one, after=_told(one))
    return one


@transaction.atomic
def round_extend(
    *,
    one: NominationRound,
    closes_on: dt.date,
    review_by: dt.date,
    reason: str,
    version: int | None,
    by: User,
) -> NominationRound:
    """Let a round close later, for a reason that everybody reads; days of the past are no use."""
    one = take(NominationRound.objects.all(), one.pk, version)
    policies.can_extend(by, one).require()
    if not normalise(reason):
        raise ValidationError({"reason": _("Say why the round is extended.")})
    if closes_on <= one.closes_on or closes_on < timezone.localdate():
        last = max(one.closes_on, timezone.localdate() - dt.timedelta(days=1))
        told_so = _("Choose a day after %(day)s.") % {"day": f"{last:%d/%m/%Y}"}
        raise ValidationError({"closes_on": told_so})
    if review_by < closes_on:
        told_so = _("The review ends before the round closes; correct one of the days.")
        raise ValidationError({"review_by": told_so})
    extension = RoundExtension(
        round=one, closes_from=one.closes_on, closes_to=closes_on, reason=reason.strip(), by=by
    )
    extension.save()
    before = told(one, ("closes_on", "review_by"))
    one.closes_on, one.review_by = closes_on, review_by
    one.save()
    notices.round_extended(extension)
    after = told(one, ("closes_on", "review_by"))
    record(act="round_extend", by=by, target=one, before=before, after=after, reason=reason)
    return one


@transaction.atomic
def round_close(
    *, one: NominationRound, reason: str, version: int | None, by: User
) -> NominationRound:
    """Close a round for good; before its last day is over, with a reason. The review goes on."""
    one = take(NominationRound.objects.all(), one.pk, version)
    policies.can_close(by, one).require()
    reason = reason.strip()
    if one.closes_on >= timezone.localdate() and not reason:
        raise ValidationError({"reason": _("Say why it closes before its last day is over.")})
    one.closed_at, one.closed_by, one.closed_reason = timezone.now(), by, reason
    one.save()
    notices.round_closed(one)
    record(act="round_close", by=by, target=one, reason=reason)
    return one


@transaction.atomic
def selection_decision_record(
    *, one: NominationRound, values: Mapping[str, Any], by: User
) -> Instrument:
    """Record the decision by which the selected enterprises of a round are approved.

    It names every selected dossier of the round that no decision names yet. Raises
    ``ValidationError`` at the field to correct.
    """
    one = NominationRound.objects.select_for_update(of=("self",)).get(pk=one.pk)
    policies.can_record_decision(by, one).require()
    if values["issued_on"] > timezone.localdate():
        raise ValidationError({"issued_on": _("The day lies in the future; enter it then.")})
    instrument = instrument_recorded(
        plan=one.plan,
        number=values["number"],
        issued_on=values["issued_on"],
        issuer=values["issuer"],
        title=values.get("title", ""),
    )
    named = one.dossiers.selected().filter(decision__isnull=True).select_for_update(of=("self",))
    dossiers = list(named.select_related("enterprise", "task"))
    for dossier in dossiers:
        dossier.decision = instrument
        dossier.save()
    after = {**told(instrument, ("number", "issued_on", "issuer")), "named": len(dossiers)}
    record(act="selection_decision_record", by=by, target=one, after=after)
    return instrument


def _assign(one: NominationRound, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(one, name, values[name])
    if not values["tasks"]:
        raise ValidationError({"tasks": _("Choose at least one task.")})
    strangers = [task for task in values["tasks"] if task.plan_id != one.plan_id]
    if strangers:
        raise ValidationError({"tasks": _("Choose tasks of the plan of the round.")})
    one.full_clean()


def _set_tasks(one: NominationRound, tasks: Mapping[Any, int | None]) -> None:
    one.round_tasks.all().delete()
    rows = [RoundTask(round=one, task=task, quota=quota) for task, quota in tasks.items()]
    for row in rows:
        row.full_clean()
    RoundTask.objects.bulk_create(rows)


def _told(one: NominationRound) -> dict[str, Any]:
    tasks = one.round_tasks.select_related("task")
    said = {row.task.code: row.quota for row in tasks}
    return {**told(one, FIELDS), "tasks": said}
