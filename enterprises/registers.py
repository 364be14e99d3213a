"""What the room ``enterprises`` brings to the frame of the portal."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.registers import acts, demo, navigation, search, worklist
from core.spreadsheets import register as workbook
from enterprises import (
    listings,
    measures,
    merging_parts,
    nomination_registers,
    plan_part,
    policies,
    record_registers,
    sheets,
    support_registers,
)
from enterprises.searching import (
    enterprises_to_verify,
    find_enterprises,
    holds_personal_number,
    lead_by_personal_number,
    thresholds_to_approve,
)
from enterprises.services.demo import demo_province_create
from programs import plan_parts

ACTS = {
    "demo_province_create": _("Demonstration filled"),
    "contact_add": _("Contact added"),
    "contact_edit": _("Contact edited"),
    "contact_void": _("Contact taken away"),
    "enterprise_change_tax_code": _("Tax code changed"),
    "enterprise_create": _("Enterprise registered"),
    "enterprise_edit": _("Enterprise edited"),
    "enterprise_end": _("End of an enterprise noted"),
    "enterprise_merge": _("Enterprises merged"),
    "enterprise_verify": _("Enterprise verified"),
    "size_threshold_add": _("Size threshold entered"),
    "size_threshold_approve": _("Size threshold approved"),
    "size_threshold_void": _("Size threshold voided"),
}
DETAILS = {
    "changed_on": _("first day of the new code"),
    "merged": _("merged enterprise"),
    "records": _("records moved"),
    "replaced": _("threshold that ends"),
    "voided": _("records that gave way"),
}
PAGES = frozenset(
    {
        "enterprise_list",
        "enterprise_lookup",
        "enterprise_create",
        "enterprise_detail",
        "enterprise_edit",
        "enterprise_change_tax_code",
        "enterprise_end",
        "enterprise_merge",
        "contact_add",
        "contact_edit",
        "contact_void",
        "size_threshold_list",
        "size_threshold_add",
        "size_threshold_void",
    }
)


def register() -> None:
    """Called once, when the app is ready."""
    measures.register()
    listings.register()
    record_registers.register()
    nomination_registers.register()
    support_registers.register()
    workbook.add(*sheets.CATALOGUES, *sheets.SHEETS)
    acts.register(ACTS, DETAILS)
    demo.register(demo.Filler(_("Enterprises"), demo_province_create, 10))
    merging_parts.register()
    plan_parts.register(plan_part.load)
    navigation.register(navigation.Entry(_("Enterprises"), _page, 2, 50, PAGES))
    search.register(search.Provider(_("Enterprises"), find_enterprises, 50))
    search.register_secret(search.Secret(holds_personal_number, lead_by_personal_number))
    worklist.register(worklist.Provider(_("Enterprises to verify"), enterprises_to_verify, 50))
    approval = worklist.Provider(_("Size thresholds to approve"), thresholds_to_approve, 60)
    worklist.register(approval)


def _page(request: HttpRequest) -> str | None:
    user = request.user
    if not user.is_authenticated or not policies.can_read_register(user):
        return None
    return reverse("enterprise_list")
