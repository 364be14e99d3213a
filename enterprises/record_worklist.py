"""What the records of enterprises leave to be done, and by whom."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Role
from accounts.models import User
from core.registers.worklist import Item
from enterprises import record_policies as policies
from enterprises.kinds import CERTIFICATE, KEY_LIST_ENTRY
from enterprises.models import Certificate, KeyListEntry

# A certificate waits from this many days before its last day until as many after it.
EXPIRY_WINDOW = dt.timedelta(days=30)
MOST_ITEMS = 30


def expiring_certificates(user: User) -> Iterator[Item]:
    """Certificates that end soon or have just ended, and that nothing has followed."""
    if not user.has_role(Role.PROGRAMME_OFFICER):
        return
    today = timezone.localdate()
    rows = (
        Certificate.objects.visible_to(user)
        .expiring(today - EXPIRY_WINDOW, today + EXPIRY_WINDOW)
        .filter(enterprise__merged_into__isnull=True, enterprise__ended_on__isnull=True)
        .select_related("enterprise")
        .order_by("expires_on", "pk")
    )
    for certificate in rows[:MOST_ITEMS]:
        yield Item(
            key=f"certificate:{certificate.pk}:expiry",
            title=_("%(certificate)s of %(enterprise)s ends")
            % {"certificate": certificate, "enterprise": certificate.enterprise},
            url=f"{certificate.enterprise.get_absolute_url()}#{CERTIFICATE.anchor}",
            due=certificate.expires_on,
            detail=_("Remind the enterprise; record the new certificate or the withdrawal."),
        )


def key_lists_to_approve(user: User) -> Iterator[Item]:
    """How many entries and changes wait for this person."""
    if not policies.can_check(user):
        return
    waiting = KeyListEntry.objects.visible_to(user).waiting().exclude(prepared_by=user)
    if number := waiting.count():
        told = ngettext(
            "%(count)d entry of the key lists waits for approval",
            "%(count)d entries of the key lists wait for approval",
            number,
        )
        yield Item("key_list:approval", told % {"count": number}, reverse("key_list_approval"))


def returned_entries(user: User) -> Iterator[Item]:
    """What came back to the person who prepared it."""
    if not policies.can_keep_records(user):
        return
    rows = KeyListEntry.objects.visible_to(user).returned_to(user)
    for entry in rows.select_related("enterprise", "product__enterprise")[:MOST_ITEMS]:
        yield Item(
            key=f"key_list_entry:{entry.pk}:returned:{entry.version}",
            title=_("Returned: %(what)s") % {"what": entry},
            url=f"{entry.subject_enterprise.get_absolute_url()}#{KEY_LIST_ENTRY.anchor}",
            detail=entry.returned_reason,
        )
