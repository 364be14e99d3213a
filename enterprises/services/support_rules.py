"""Acts on the rules of support: entered by one person, approved by another, ended, voided."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.versions import take
from enterprises import support_policies as policies
from enterprises.models import SupportRule
from enterprises.models.support_rules import kind_labels
from enterprises.services.changes import told
from enterprises.services.constraints import check
from enterprises.services.support_cases import said

FIELDS = (
    "kind",
    "state_percent",
    "state_limit",
    "legal_basis",
    "valid_from",
    "valid_to",
    "note",
)
PLACES = {
    "support_rule_dates_in_order": "valid_to",
    "support_rule_percent": "state_percent",
    "support_rule_limit": "state_limit",
    "support_rule_says_something": "state_percent",
    "support_rule_no_overlap": "valid_from",
}


@transaction.atomic
def support_rule_add(*, values: Mapping[str, Any], by: User) -> SupportRule:
    """Enter a rule; it binds from its first day on once another person approved it.

    Raises ``ValidationError`` at the field to correct.
    """
    policies.can_propose_rule(by).require()
    known = {name: value for name, value in values.items() if name in FIELDS}
    rule = SupportRule(recorded_by=by, **known)
    if rule.kind and rule.kind not in kind_labels():
        raise ValidationError({"kind": _("Choose a kind of support of the plan.")})
    check(rule, PLACES)
    rule.save()
    record(act="support_rule_add", by=by, target=rule, after=told(rule, FIELDS))
    return rule


@transaction.atomic
def support_rule_approve(*, rule: SupportRule, version: int | None, by: User) -> SupportRule:
    """Let a rule bind; the one of its kind that had no end ends on the day before it begins."""
    # Two approvals of one kind must not end the same one.
    list(SupportRule.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    rule = take(SupportRule.objects.all(), rule.pk, version)
    policies.can_decide_rule(by, rule).require()
    replaced = (
        SupportRule.objects.standing()
        .filter(kind=rule.kind, valid_from__lt=rule.valid_from, valid_to__isnull=True)
        .first()
    )
    after: dict[str, Any] = told(rule, FIELDS)
    if replaced:
        replaced.valid_to = rule.valid_from - dt.timedelta(days=1)
        replaced.save()
        after["replaced"] = str(replaced)
    rule.approved_at, rule.approved_by = timezone.now(), by
    check(rule, PLACES)
    rule.save()
    record(act="support_rule_approve", by=by, target=rule, after=after)
    return rule


@transaction.atomic
def support_rule_return(
    *, rule: SupportRule, reason: str, version: int | None, by: User
) -> SupportRule:
    """Send a rule back to who entered it, with a reason; they enter a better one."""
    rule = take(SupportRule.objects.all(), rule.pk, version)
    policies.can_decide_rule(by, rule).require()
    rule.returned_at, rule.returned_by = timezone.now(), by
    rule.returned_reason = said(reason)
    rule.save()
    record(act="support_rule_return", by=by, target=rule, reason=rule.returned_reason)
    return rule


@transaction.atomic
def support_rule_end(
    *, rule: SupportRule, valid_to: dt.date, version: int | None, by: User
) -> SupportRule:
    """Let a rule bind until a day, included."""
    rule = take(SupportRule.objects.all(), rule.pk, version)
    policies.can_end_rule(by, rule).require()
    before = {"valid_to": rule.valid_to}
    rule.valid_to = valid_to
    check(rule, PLACES)
    rule.save()
    after = {"valid_to": valid_to}
    record(act="support_rule_end", by=by, target=rule, before=before, after=after)
    return rule


@transaction.atomic
def support_rule_void(
    *, rule: SupportRule, reason: str, version: int | None, by: User
) -> SupportRule:
    """Take back a rule that was entered wrongly; it leaves every date."""
    rule = take(SupportRule.objects.all(), rule.pk, version)
    policies.can_void_rule(by, rule).require()
    rule.voided_at, rule.voided_by, rule.voided_reason = timezone.now(), by, said(reason)
    rule.save()
    before = told(rule, FIELDS)
    record(act="support_rule_void", by=by, target=rule, before=before, reason=rule.voided_reason)
    return rule
