"""Acts on the people who speak for an enterprise."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.errors import DomainError
from core.versions import bump, take
from enterprises import policies
from enterprises.models import Contact, Enterprise
from enterprises.services.changes import differing, told

FIELDS = ("kind", "name", "position", "phone", "email")


@transaction.atomic
def contact_add(*, enterprise: Enterprise, values: Mapping[str, Any], by: User) -> Contact:
    """Note a person who speaks for an enterprise."""
    enterprise = _open(enterprise, by)
    known = {name: value for name, value in values.items() if name in FIELDS}
    contact = Contact(enterprise=enterprise, recorded_by=by, **known)
    contact.full_clean()
    contact.save()
    bump(enterprise)
    after = {"enterprise": str(enterprise), **told(contact, FIELDS)}
    record(act="contact_add", by=by, target=contact, after=after)
    return contact


@transaction.atomic
def contact_edit(
    *, contact: Contact, values: Mapping[str, Any], version: int | None, by: User
) -> Contact:
    """Correct what is known of a contact."""
    enterprise = _open(contact.enterprise, by)
    contact = take(Contact.objects.all(), contact.pk, version)
    _refuse_voided(contact)
    before = told(contact, FIELDS)
    for name, value in values.items():
        if name in FIELDS:
            setattr(contact, name, value)
    contact.full_clean()
    old, new = differing(before, told(contact, FIELDS))
    if new:
        contact.corrected_at = timezone.now()
        contact.save()
        bump(enterprise)
        record(act="contact_edit", by=by, target=contact, before=old, after=new)
    return contact


@transaction.atomic
def contact_void(*, contact: Contact, reason: str, by: User) -> Contact:
    """Take away a contact who no longer speaks for the enterprise, or never did."""
    enterprise = _open(contact.enterprise, by)
    contact = take(Contact.objects.all(), contact.pk, None)
    _refuse_voided(contact)
    if not reason:
        raise ValidationError({"reason": _("Say why.")})
    contact.voided_at, contact.voided_by = timezone.now(), by
    contact.voided_reason = reason
    contact.save()
    bump(enterprise)
    record(act="contact_void", by=by, target=contact, reason=reason)
    return contact


def _open(enterprise: Enterprise, by: User) -> Enterprise:
    # A merger may be moving the contacts: wait for it, then ask.
    enterprise = take(Enterprise.objects.all(), enterprise.pk, None)
    policies.can_edit_enterprise(by, enterprise).require()
    return enterprise


def _refuse_voided(contact: Contact) -> None:
    if contact.is_voided:
        raise DomainError(_("Somebody has taken this contact away already."))
