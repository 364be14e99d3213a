"""Keeping the working calendar."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.services import record
from core.versions import take
from notifications import policies
from notifications.models import WorkingDayOverride

FIELDS = ("day", "is_working", "reason", "decision_number")


@transaction.atomic
def working_day_override_add(
    *, day: dt.date, is_working: bool, reason: str, by: User, decision_number: str = ""
) -> WorkingDayOverride:
    """Say of a day whether offices work on it, above the calendar of public holidays."""
    policies.can_edit_working_days(by).require()
    override = WorkingDayOverride(
        day=day, is_working=is_working, reason=reason, decision_number=decision_number
    )
    override.full_clean()
    override.save()
    record(act="working_day_override_add", by=by, target=override, after=_values(override))
    return override


@transaction.atomic
def working_day_override_edit(
    *, override: WorkingDayOverride, values: dict[str, Any], version: int | None, by: User
) -> WorkingDayOverride:
    """Change an entry of the calendar that nobody changed since ``version``."""
    policies.can_edit_working_days(by).require()
    override = take(WorkingDayOverride.objects.all(), override.pk, version)
    before = _values(override)
    for name in FIELDS:
        setattr(override, name, values[name])
    override.full_clean()
    override.save()
    record(
        act="working_day_override_edit",
        by=by,
        target=override,
        before=before,
        after=_values(override),
    )
    return override


@transaction.atomic
def working_day_override_delete(*, override: WorkingDayOverride, by: User) -> None:
    """Take an entry out of the calendar, which then follows the public holidays again."""
    policies.can_edit_working_days(by).require()
    override = take(WorkingDayOverride.objects.all(), override.pk, None)
    record(act="working_day_override_delete", by=by, target=override, before=_values(override))
    override.delete()


def _values(override: WorkingDayOverride) -> dict[str, Any]:
    return {name: getattr(override, name) for name in FIELDS}
