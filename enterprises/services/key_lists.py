"""The acts on key lists, which a second person approves.

What is new counts when it is approved. A correction, an end or a voiding of an entry that counts
is proposed and kept beside it; the entry stays as it is until the proposal is approved.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from core.versions import StaleVersionError
from enterprises import record_policies as policies
from enterprises.choices import ProposedAct
from enterprises.kinds import KEY_LIST_ENTRY
from enterprises.models import Enterprise, KeyListEntry
from enterprises.services.constraints import check
from enterprises.services.records import RecordActs, Values, mark_voided, told

KIND = KEY_LIST_ENTRY


class KeyListActs(RecordActs):
    """The acts on entries of key lists."""

    def assign(self, record: KeyListEntry, enterprise: Enterprise, values: Values) -> None:
        """An entry without a product is about the enterprise itself."""
        super().assign(record, enterprise, values)
        record.enterprise = None if record.product else enterprise

    def prepare(self, record: KeyListEntry, by: User) -> None:
        """Note who asks for the approval; what was returned is asked for again."""
        record.prepared_by, record.prepared_at = by, timezone.now()
        record.returned_at, record.returned_by, record.returned_reason = None, None, ""

    @transaction.atomic
    def edit(
        self, *, record: KeyListEntry, values: Values, version: int | None, by: User
    ) -> KeyListEntry:
        """Correct an entry that waits; propose the correction of one that counts."""
        entry = self.take(record, version)
        policies.can_edit(by, KIND, entry).require()
        before = told(entry, KIND.fields)
        self.assign(entry, entry.subject_enterprise, values)
        after = told(entry, KIND.fields)
        if entry.approved_at:
            check(entry, KIND.places)
            if after == before:
                raise DomainError(_("Nothing differs from the entry as it is."))
            return self._propose(entry, ProposedAct.EDIT, values, by, before=before, after=after)
        self.prepare(entry, by)
        self.store(entry)
        self.tell("edit", entry, by, before=before, after=after)
        return entry

    @transaction.atomic
    def end(
        self, *, record: KeyListEntry, values: Values, version: int | None, by: User
    ) -> KeyListEntry:
        """End an entry that waits; propose the end of one that counts."""
        entry = self.take(record, version)
        policies.can_end(by, KIND, entry).require()
        before = told(entry, KIND.end_fields)
        self.set_end(entry, values)
        after = told(entry, KIND.end_fields)
        if entry.approved_at:
            check(entry, KIND.places)
            return self._propose(entry, ProposedAct.END, values, by, before=before, after=after)
        self.prepare(entry, by)
        self.store(entry)
        self.tell("end", entry, by, before=before, after=after)
        return entry

    @transaction.atomic
    def void(
        self, *, record: KeyListEntry, reason: str, version: int | None, by: User
    ) -> KeyListEntry:
        """Void an entry that waits; propose the voiding of one that counts."""
        entry = self.take(record, version)
        policies.can_void(by, KIND, entry).require()
        before = told(entry, KIND.fields)
        mark_voided(entry, reason, by)
        if entry.approved_at:
            reason = entry.voided_reason
            return self._propose(entry, ProposedAct.VOID, {}, by, before=before, reason=reason)
        self.store(entry)
        self.tell("void", entry, by, before=before, reason=entry.voided_reason)
        return entry

    def _propose(
        self,
        changed: KeyListEntry,
        act: ProposedAct,
        values: Values,
        by: User,
        *,
        before: Values,
        after: Values | None = None,
        reason: str = "",
    ) -> KeyListEntry:
        """Keep the change beside the entry as the database has it."""
        entry = KeyListEntry.objects.get(pk=changed.pk)
        entry.proposal = {
            "act": act,
            "values": _as_json(values),
            "after": _as_json(after or {}),
            "reason": reason,
        }
        self.prepare(entry, by)
        self.store(entry)
        self.tell(f"propose_{act}", entry, by, before=before, after=after, reason=reason)
        return entry


acts = KeyListActs(KIND)


@transaction.atomic
def key_list_entry_approve(
    *, asked: Iterable[tuple[KeyListEntry, int | None]], by: User
) -> list[KeyListEntry]:
    """Approve entries and proposed changes as they were seen, all of them or none."""
    return [_approve(entry, version, by) for entry, version in sorted(asked, key=_by_enterprise)]


def _by_enterprise(asked: tuple[KeyListEntry, int | None]) -> tuple[int, int]:
    # Two who approve at once lock the enterprises in the same order.
    entry, _version = asked
    return entry.subject_enterprise.pk, entry.pk


def _approve(entry: KeyListEntry, version: int | None, by: User) -> KeyListEntry:
    try:
        entry = acts.take(entry, version)
    except StaleVersionError as error:
        told_so = _("“%(entry)s” was changed since you opened the page; look at it again.")
        raise DomainError(told_so % {"entry": entry}) from error
    policies.can_decide_entry(by, entry).require()
    before, reason = told(entry, KIND.fields), ""
    if entry.proposal:
        reason = apply_proposal(entry)
        entry.proposal = None
    entry.approved_at, entry.approved_by = timezone.now(), by
    try:
        acts.store(entry)
    except ValidationError as error:
        told_so = _("“%(entry)s” cannot be approved: %(why)s")
        why = " ".join(error.messages)
        raise DomainError(told_so % {"entry": entry, "why": why}) from error
    after = told(entry, KIND.fields)
    acts.tell("approve", entry, by, before=before, after=after, reason=reason)
    return entry


@transaction.atomic
def key_list_entry_return(
    *, entry: KeyListEntry, reason: str, version: int | None, by: User
) -> KeyListEntry:
    """Send what waits back to the person who prepared it, with the reason."""
    entry = acts.take(entry, version)
    policies.can_decide_entry(by, entry).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is returned.")})
    entry.returned_at, entry.returned_by = timezone.now(), by
    entry.returned_reason = reason.strip()
    acts.store(entry)
    acts.tell("return", entry, by, reason=entry.returned_reason)
    return entry


@transaction.atomic
def key_list_entry_drop_change(
    *, entry: KeyListEntry, version: int | None, by: User
) -> KeyListEntry:
    """Take back the proposed change: the entry stays as it counts."""
    entry = acts.take(entry, version)
    policies.can_drop_change(by, entry).require()
    before = {"proposal": entry.proposal}
    entry.proposal, entry.prepared_by, entry.prepared_at = None, None, None
    entry.returned_at, entry.returned_by, entry.returned_reason = None, None, ""
    acts.store(entry)
    acts.tell("drop_change", entry, by, before=before)
    return entry


def apply_proposal(entry: KeyListEntry) -> str:
    """Make the entry what its proposal says, without saving; return the reason given."""
    proposal = entry.proposal or {}
    owner = entry.subject_enterprise
    for name, value in proposal["values"].items():
        field = KeyListEntry._meta.get_field(name)
        setattr(entry, field.attname, field.to_python(value))  # type: ignore[union-attr]
    if proposal["act"] == ProposedAct.EDIT:
        if entry.product and (entry.product.is_voided or entry.product.enterprise != owner):
            told_so = _("“%(entry)s” names a product that is no longer the enterprise's own.")
            raise DomainError(told_so % {"entry": entry})
        entry.enterprise = None if entry.product_id else owner
        entry.corrected_at = timezone.now()
    if proposal["act"] == ProposedAct.VOID:
        entry.voided_at, entry.voided_by = timezone.now(), entry.prepared_by
        entry.voided_reason = proposal["reason"]
    return str(proposal["reason"])


def _as_json(values: Values) -> Any:
    keys = {
        name: value.pk if isinstance(value, models.Model) else value
        for name, value in values.items()
    }
    return json.loads(json.dumps(keys, cls=DjangoJSONEncoder))
