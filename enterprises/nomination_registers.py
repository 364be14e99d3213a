"""What nomination rounds bring to the frame of the portal."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.decisions import Decision
from core.registers import acts, demo, navigation, notices, search, successions, worklist
from documents import holders
from enterprises import nomination_merging, nomination_worklist
from enterprises import nomination_policies as policies
from enterprises.models import Nomination, NominationBatch, NominationRound
from enterprises.nomination_successions import OPEN_NOMINATIONS
from enterprises.services import nomination_notices as kinds
from enterprises.services.demo_rounds import demo_rounds_create

ACTS = {
    "demo_rounds_create": _("Demonstration of nomination rounds filled"),
    "round_create": _("Nomination round prepared"),
    "round_edit": _("Nomination round corrected"),
    "round_open": _("Nomination round opened"),
    "round_extend": _("Nomination round extended"),
    "round_close": _("Nomination round closed"),
    "selection_decision_record": _("Decision on the selection recorded"),
    "enterprise_register_unverified": _("Enterprise registered by a nomination, not verified"),
    "nomination_add": _("Nomination begun"),
    "nomination_edit": _("Nomination changed"),
    "nomination_submit": _("Nomination submitted"),
    "nomination_discard": _("Draft of a nomination discarded"),
    "nomination_withdraw": _("Nomination withdrawn"),
    "nomination_return": _("Nomination returned"),
    "nomination_pass_on": _("Nomination passed on with a succession"),
    "nomination_batch_add": _("Sheet of nominations brought"),
    "nomination_batch_submit": _("Sheet of nominations submitted"),
    "dossier_shortlist": _("Enterprise shortlisted"),
    "dossier_propose": _("Selection of an enterprise proposed"),
    "dossier_take_back": _("Proposed selection taken back"),
    "dossier_select": _("Selection of an enterprise confirmed"),
    "dossier_refuse": _("Enterprise not selected"),
    "conflict_declare": _("Conflict of interest declared"),
}
DETAILS = {
    "named": _("enterprises named"),
    "mend_by": _("mend by"),
    "mend_fields": _("fields to mend"),
    "nominations": _("nominations"),
    "tasks": _("tasks and quotas"),
}
PAGES = frozenset(
    {
        "round_list",
        "round_create",
        "round_detail",
        "round_edit",
        "round_open",
        "round_extend",
        "round_close",
        "selection_list",
        "selection_decision_record",
        "nomination_add",
        "nomination_batch_add",
        "nomination_batch_detail",
    }
)
OWN_PAGES = frozenset(
    {
        "nomination_list",
        "nomination_detail",
        "nomination_edit",
        "nomination_submit",
        "nomination_withdraw",
        "nomination_return",
    }
)
REVIEW_PAGES = frozenset(
    {
        "dossier_list",
        "dossier_detail",
        "dossier_shortlist",
        "dossier_propose",
        "dossier_take_back",
        "dossier_select",
        "dossier_refuse",
        "conflict_declare",
    }
)


def register() -> None:
    """Called once, when the app is ready."""
    acts.register(ACTS, DETAILS)
    notices.register(
        notices.Kind(kinds.ROUND, _("Nomination round")),
        notices.Kind(kinds.TO_REVIEW, _("Nomination to review")),
        notices.Kind(kinds.TO_DECIDE, _("Selection to confirm")),
        notices.Kind(kinds.RETURNED, _("Nomination returned")),
        notices.Kind(kinds.OUTCOME, _("Outcome of a nomination")),
    )
    holders.register(Nomination, slug="de-cu", may_attach=policies.can_attach)
    holders.register(
        NominationBatch,
        slug="bang-de-cu",
        may_attach=policies.can_attach_to_batch,
        own_page=False,
    )
    demo.register(demo.Filler(_("Nomination rounds"), demo_rounds_create, 20))
    search.register(search.Provider(_("Nomination rounds"), find_rounds, 56))
    successions.register(OPEN_NOMINATIONS)
    nomination_merging.register()
    for label, find, position in (
        (_("Nominations"), nomination_worklist.rounds_to_nominate_in, 10),
        (_("Nominations in your hand"), nomination_worklist.nominations_in_hand, 11),
        (_("Review of nominations"), nomination_worklist.dossiers_to_review, 12),
        (_("Selections to confirm"), nomination_worklist.selections_to_confirm, 13),
        (_("Rounds to finish"), nomination_worklist.rounds_to_finish, 14),
    ):
        worklist.register(worklist.Provider(label, find, position))
    for label, url_name, decide, position, pages in (
        (_("Nomination rounds"), "round_list", policies.can_see_rounds, 56, PAGES),
        (_("Nominations"), "nomination_list", policies.can_see_rounds, 57, OWN_PAGES),
        (_("Review of nominations"), "dossier_list", policies.can_read_review, 58, REVIEW_PAGES),
    ):
        navigation.register(navigation.Entry(label, _page(url_name, decide), 2, position, pages))


def find_rounds(user: User, query: str, limit: int) -> Iterator[search.Found]:
    """Find rounds by their titles."""
    for one in NominationRound.objects.visible_to(user).matching(query)[:limit]:
        days = f"{one.opens_on:%d/%m/%Y}–{one.closes_on:%d/%m/%Y}"
        yield search.Found(days, one.title, one.get_absolute_url(), one.criteria)


def _page(url_name: str, decide: Callable[[User], Decision]) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        user = request.user
        return reverse(url_name) if user.is_authenticated and decide(user) else None

    return url
