"""Acts on the thresholds of size: entered by one person, approved by another."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.errors import DomainError
from core.versions import take
from enterprises import policies
from enterprises.models import SizeThreshold
from enterprises.services.changes import told

FIELDS = (
    "sector",
    "size_class",
    "labour",
    "revenue",
    "capital",
    "valid_from",
    "valid_to",
    "legal_basis",
)


@transaction.atomic
def size_threshold_add(*, values: Mapping[str, Any], by: User) -> SizeThreshold:
    """Enter a threshold; it counts from its first day once another person approved it."""
    policies.can_edit_register(by).require()
    known = {name: value for name, value in values.items() if name in FIELDS}
    threshold = SizeThreshold(recorded_by=by, **known)
    threshold.full_clean()
    threshold.save()
    record(act="size_threshold_add", by=by, target=threshold, after=told(threshold, FIELDS))
    return threshold


@transaction.atomic
def size_threshold_approve(*, threshold: SizeThreshold, by: User) -> SizeThreshold:
    """Let a threshold count; the one in force until then ends on the day before it begins."""
    # Two approvals of one sector and class must not end the same one.
    list(SizeThreshold.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    threshold = take(SizeThreshold.objects.all(), threshold.pk, None)
    policies.can_approve_threshold(by, threshold).require()
    if threshold.is_voided:
        raise DomainError(_("It is voided already."))
    replaced = _replaced_by(threshold)
    threshold.approved_at, threshold.approved_by = timezone.now(), by
    threshold.full_clean()
    threshold.save()
    after: dict[str, Any] = {"valid_from": threshold.valid_from}
    if replaced:
        after["replaced"] = f"{replaced}, {replaced.legal_basis}"
    record(act="size_threshold_approve", by=by, target=threshold, after=after)
    return threshold


def _replaced_by(threshold: SizeThreshold) -> SizeThreshold | None:
    replaced = (
        SizeThreshold.objects.counting()
        .filter(
            sector=threshold.sector,
            size_class=threshold.size_class,
            valid_from__lt=threshold.valid_from,
            valid_to__isnull=True,
        )
        .first()
    )
    if replaced:
        replaced.valid_to = threshold.valid_from - dt.timedelta(days=1)
        replaced.save()
    return replaced


@transaction.atomic
def size_threshold_void(*, threshold: SizeThreshold, reason: str, by: User) -> SizeThreshold:
    """Take back a threshold that was entered wrongly; it leaves every date."""
    threshold = take(SizeThreshold.objects.all(), threshold.pk, None)
    policies.can_void_threshold(by, threshold).require()
    if not reason:
        raise ValidationError({"reason": _("Say why.")})
    threshold.voided_at, threshold.voided_by = timezone.now(), by
    threshold.voided_reason = reason
    threshold.save()
    before = told(threshold, FIELDS)
    record(act="size_threshold_void", by=by, target=threshold, before=before, reason=reason)
    return threshold
