"""Who may do what with the records that hang on an enterprise, and with the catalogues."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import User
from core.decisions import Decision
from enterprises.choices import ApprovalState
from enterprises.kinds import Record, RecordKind
from enterprises.models import Enterprise, KeyListEntry, ProductivityCoefficients

RECORDERS = (Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD)
WAITING = {ApprovalState.NEW, ApprovalState.CHANGE}


def can_keep_records(user: User) -> Decision:
    """Programme officers and leads of the Department and its branch."""
    return Decision.when(
        user.has_role(*RECORDERS),
        _("Only programme officers and leads of the Department keep these records."),
    )


def can_record(user: User, enterprise: Enterprise) -> Decision:
    """Whoever keeps records, on an enterprise that was not merged into another."""
    if enterprise.merged_into_id:
        return Decision.no(_("This enterprise was merged into another; record it there."))
    return can_keep_records(user)


def can_edit(user: User, kind: RecordKind, record: Record) -> Decision:
    """Correct a record that stands."""
    if record.is_voided:
        return Decision.no(_("This record was voided; what was never true is not corrected."))
    return can_record(user, kind.enterprise_of(record))


def can_end(user: User, kind: RecordKind, record: Record) -> Decision:
    """End a record that has not ended yet."""
    if record.is_voided:
        return Decision.no(_("This record was voided; what was never true does not end."))
    ended = getattr(record, kind.end_date)
    gone = ended is not None and (kind.end_date == "withdrawn_on" or ended < timezone.localdate())
    if gone:
        told = _("It ended on %(day)s already; if that day is wrong, correct the record.")
        return Decision.no(told % {"day": f"{ended:%d/%m/%Y}"})
    return can_record(user, kind.enterprise_of(record))


def can_void(user: User, kind: RecordKind, record: Record) -> Decision:
    """Void a record that stands."""
    if record.is_voided:
        return Decision.no(_("This record was voided already."))
    return can_record(user, kind.enterprise_of(record))


def can_check(user: User) -> Decision:
    """Programme leads look at what officers prepare."""
    return Decision.when(
        user.has_role(Role.PROGRAMME_LEAD),
        _("Only a programme lead approves or returns what was prepared."),
    )


def can_decide_entry(user: User, entry: KeyListEntry) -> Decision:
    """Approve or return an entry: a lead who has not prepared it."""
    if entry.approval not in WAITING:
        return Decision.no(_("There is nothing to approve here: it was decided already."))
    makers = {entry.prepared_by_id}
    if entry.approved_at is None:
        makers.add(entry.recorded_by_id)
    if user.pk in makers:
        return Decision.no(_("You prepared this yourself; another person must approve it."))
    return can_check(user)


def can_drop_change(user: User, entry: KeyListEntry) -> Decision:
    """Take back the proposed change of an entry that counts."""
    if entry.is_voided or entry.proposal is None:
        return Decision.no(_("No change of this entry is waiting."))
    return can_record(user, entry.subject_enterprise)


def can_approve_coefficients(user: User, coefficients: ProductivityCoefficients) -> Decision:
    """A lead who has not entered them."""
    if coefficients.is_voided or coefficients.approved_at:
        return Decision.no(_("There is nothing to approve here: it was decided already."))
    if coefficients.recorded_by_id == user.pk:
        return Decision.no(_("You prepared this yourself; another person must approve it."))
    return can_check(user)


def can_void_coefficients(user: User, coefficients: ProductivityCoefficients) -> Decision:
    """Those that still wait; what is in force is replaced by others from the same day."""
    if coefficients.is_voided:
        return Decision.no(_("This record was voided already."))
    if coefficients.approved_at:
        told = _("These coefficients are in force; enter others from the same day instead.")
        return Decision.no(told)
    return can_keep_records(user)
