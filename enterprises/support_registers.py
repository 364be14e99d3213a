"""What support cases and rules bring to the frame of the portal."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.decisions import Decision
from core.registers import acts, demo, navigation, notices, worklist
from documents import holders
from enterprises import policies as room
from enterprises import support_measures, support_merging, support_panels, support_worklist
from enterprises import support_policies as policies
from enterprises.models import SupportCase
from enterprises.services import support_notices as kinds
from enterprises.services.demo_support import demo_support_create

ACTS = {
    "demo_support_create": _("Demonstration of support cases filled"),
    "support_case_open": _("Support case opened"),
    "support_case_start": _("Beginning of support noted"),
    "support_case_acceptance_propose": _("Acceptance of support proposed"),
    "support_case_acceptance_return": _("Proposed acceptance of support returned"),
    "support_case_accept": _("Support accepted"),
    "support_case_close": _("Support case closed"),
    "support_case_cancel": _("Support case cancelled"),
    "support_case_step_back": _("Last step of a support case taken back"),
    "support_case_void": _("Support case voided"),
    "support_milestone_add": _("Milestone of a support case planned"),
    "support_milestone_done": _("Milestone of a support case done"),
    "support_milestone_void": _("Milestone of a support case taken out"),
    "support_rule_add": _("Rule of support entered"),
    "support_rule_approve": _("Rule of support approved"),
    "support_rule_return": _("Rule of support returned"),
    "support_rule_end": _("End of a rule of support recorded"),
    "support_rule_void": _("Rule of support voided"),
}
DETAILS = {"stage": _("stage")}
PAGES = frozenset(
    {
        "support_case_list",
        "support_case_detail",
        "support_case_acceptance_propose",
        "support_milestone_add",
        "support_milestone_done",
        "support_milestone_void",
        "support_agreement_propose",
        "support_agreement_approve",
        "support_agreement_return",
        *(name for name in ACTS if name.startswith("support_case_")),
    }
)
RULE_PAGES = frozenset(
    {"support_rule_list", *(name for name in ACTS if name.startswith("support_rule_"))}
)


def register() -> None:
    """Called once, when the app is ready."""
    support_measures.register()
    support_merging.register()
    support_panels.register()
    acts.register(ACTS, DETAILS)
    notices.register(
        notices.Kind(kinds.TO_DECIDE, _("Support: to approve")),
        notices.Kind(kinds.DECIDED, _("Support: decided")),
        notices.Kind(kinds.OUTCOME, _("Support: how it ended")),
    )
    demo.register(demo.Filler(_("Support cases"), demo_support_create, 21))
    holders.register(SupportCase, slug="ho-tro", may_attach=policies.can_attach)
    for label, find, position in (
        (_("Support to approve"), support_worklist.cases_to_decide, 15),
        (_("Support returned to you"), support_worklist.cases_returned, 16),
        (_("Selected, not agreed"), support_worklist.cases_to_agree, 17),
        (_("Support under way"), support_worklist.milestones_due, 18),
        (_("Past support cases"), support_worklist.cases_lacking, 45),
        (_("Rules of support to approve"), support_worklist.rules_to_approve, 61),
        (_("Rules of support returned"), support_worklist.rules_returned, 62),
    ):
        worklist.register(worklist.Provider(label, find, position))
    for label, url_name, decide, position, pages in (
        (_("Support cases"), "support_case_list", room.can_read_register, 59, PAGES),
        (_("Rules of support"), "support_rule_list", policies.can_read_rules, 59, RULE_PAGES),
    ):
        navigation.register(navigation.Entry(label, _page(url_name, decide), 2, position, pages))


def _page(url_name: str, decide: Callable[[User], Decision]) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        user = request.user
        return reverse(url_name) if user.is_authenticated and decide(user) else None

    return url
