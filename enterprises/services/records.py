"""The acts on records that hang on an enterprise: one mechanism for all kinds.

Each act is one transaction: it locks the enterprise and the record, asks the policy, checks what
the database would refuse, saves, counts on what the record hangs on, and writes the history. The
history calls an act after its kind: ``product_add``, ``certificate_end``.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record as write_history
from core.errors import DomainError
from core.versions import bump, take
from enterprises import record_policies as policies
from enterprises.kinds import Record, RecordKind
from enterprises.models import Enterprise, Product, SupportCase
from enterprises.services.constraints import check, races_told

Values = Mapping[str, Any]
# What a support case calls its outcome, by the kind of record.
ENDS_SUPPORT_AS = {
    "certificate": "certificate",
    "standard_declaration": "declaration",
    "tool_adoption": "tool",
    "productivity_project": "project",
}


class RecordActs:
    """The acts on one kind of record."""

    def __init__(self, kind: RecordKind) -> None:
        self.kind = kind

    @transaction.atomic
    def add(self, *, enterprise: Enterprise, values: Values, by: User) -> Record:
        """Record a fact about an enterprise."""
        enterprise = lock(enterprise)
        policies.can_record(by, enterprise).require()
        record = self.kind.model(recorded_by=by)
        self.assign(record, enterprise, values)
        self.prepare(record, by)
        self.store(record)
        self.tell("add", record, by, after=told(record, self.kind.fields))
        return record

    @transaction.atomic
    def edit(self, *, record: Record, values: Values, version: int | None, by: User) -> Record:
        """Correct a record; one that says the same afterwards is left alone."""
        record = self.take(record, version)
        policies.can_edit(by, self.kind, record).require()
        before = told(record, self.kind.fields)
        self.assign(record, self.kind.enterprise_of(record), values)
        if told(record, self.kind.fields) == before:
            return record
        record.corrected_at = timezone.now()
        self.store(record)
        self.tell("edit", record, by, before=before, after=told(record, self.kind.fields))
        return record

    @transaction.atomic
    def end(self, *, record: Record, values: Values, version: int | None, by: User) -> Record:
        """End a record on a day; for a certificate: withdraw it, with a reason."""
        record = self.take(record, version)
        policies.can_end(by, self.kind, record).require()
        before = told(record, self.kind.end_fields)
        self.set_end(record, values)
        self.store(record)
        self.tell("end", record, by, before=before, after=told(record, self.kind.end_fields))
        return record

    @transaction.atomic
    def void(self, *, record: Record, reason: str, version: int | None, by: User) -> Record:
        """Void a record that was never true: it leaves every date, and stays in the history."""
        record = self.take(record, version)
        policies.can_void(by, self.kind, record).require()
        self.require_no_support_ended_so(record)
        self.require_nothing_hangs_on(record)
        mark_voided(record, reason, by)
        self.store(record)
        before = told(record, self.kind.fields)
        self.tell("void", record, by, before=before, reason=record.voided_reason)
        return record

    def take(self, record: Record, version: int | None) -> Record:
        """Lock the enterprise, then the record as it is now."""
        lock(self.kind.enterprise_of(record))
        return take(self.kind.model._base_manager.all(), record.pk, version)

    def assign(self, record: Record, enterprise: Enterprise, values: Values) -> None:
        """Set what was typed; nothing else can be set, and only what is the enterprise's own."""
        if unknown := set(values) - set(self.kind.fields):
            raise ValueError(f"A {self.kind.name} is not typed with {', '.join(sorted(unknown))}.")
        for name in ("product", "certificate"):
            owned = values.get(name)
            if owned is not None and (owned.enterprise_id != enterprise.pk or owned.is_voided):
                raise ValidationError({name: _("Choose one of this enterprise's own.")})
        for name, value in values.items():
            setattr(record, name, value)
        if self.kind.owner == "enterprise":
            record.enterprise = enterprise

    def set_end(self, record: Record, values: Values) -> None:
        """Set the fields of the end; the day itself is required."""
        if set(values) != set(self.kind.end_fields):
            raise ValueError(f"A {self.kind.name} ends with {', '.join(self.kind.end_fields)}.")
        for name, value in values.items():
            if value in (None, ""):
                raise ValidationError({name: _("Fill this in.")})
            setattr(record, name, value)

    def prepare(self, record: Record, by: User) -> None:
        """Note what a kind keeps beside what was typed."""

    def store(self, record: Record) -> None:
        """Check and save, and count on the enterprise and what the record hangs on."""
        check(record, self.kind.places)
        with races_told(record, self.kind.places):
            record.save()
        for parent in self.kind.parents_of(record):
            bump(parent)

    def require_nothing_hangs_on(self, record: Record) -> None:
        """Refuse to void what other records rest on."""

    def require_no_support_ended_so(self, record: Record) -> None:
        """Refuse to void the outcome that a support case names."""
        name = ENDS_SUPPORT_AS.get(self.kind.name)
        cases = SupportCase.objects.standing().filter(cancelled_on__isnull=True)
        if name and (case := cases.filter(**{name: record}).first()):
            told = _("The support case %(case)s ended with it; take that acceptance back first.")
            raise DomainError(told % {"case": case})

    def tell(
        self,
        act: str,
        record: Record,
        by: User,
        *,
        before: Values | None = None,
        after: Values | None = None,
        reason: str = "",
    ) -> None:
        """Write the act into the history."""
        write_history(
            act=f"{self.kind.name}_{act}",
            by=by,
            target=record,
            before=before,
            after=after,
            reason=reason,
        )


class ProductActs(RecordActs):
    """The acts on products, on which other records rest."""

    def require_nothing_hangs_on(self, record: Product) -> None:
        """A product is voided after its entries, declarations and certificates."""
        related: tuple[Any, ...] = (record.key_entries, record.declarations, record.certificates)
        resting = [
            str(records.model._meta.verbose_name)
            for records in related
            if records.standing().exists()
        ]
        if resting:
            found = ", ".join(resting)
            raise DomainError(
                _("Other records rest on this product (%(found)s); void those first.")
                % {"found": found}
            )


def lock(enterprise: Enterprise) -> Enterprise:
    """Lock the enterprise: what hangs on it changes one act after another."""
    return Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.pk)


def mark_voided(record: Record, reason: str, by: User) -> None:
    """Note that a record was never true, and why."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the record is voided.")})
    record.voided_at, record.voided_by = timezone.now(), by
    record.voided_reason = reason.strip()


def told(record: Record, fields: tuple[str, ...]) -> dict[str, Any]:
    """Return the fields as the history keeps them; related records by their names."""
    values = {name: getattr(record, name) for name in fields}
    return {
        name: str(value) if isinstance(value, models.Model) else value
        for name, value in values.items()
    }
