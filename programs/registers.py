"""What the room ``programs`` brings to the frame of the portal."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.registers import acts, navigation, notices, search, tabs, worklist
from core.spreadsheets import register as workbook
from documents import holders
from programs import listings, output_measures, policies, proposals, searching, sheets
from programs.current import current_plan
from programs.models import Instrument, Plan, Task

PLAN_PAGES = (
    (_("The plan"), "plan_detail", 10),
    (_("Objectives"), "objective_list", 20),
    (_("Section II"), "plan_item_list", 30),
    (_("Responsibilities"), "responsibility_list", 50),
    (_("Unclear passages"), "text_issue_list", 60),
    (_("Decisions"), "plan_proposal_list", 70),
)
ACTS = {
    "plan_load": _("Plan loaded"),
    "plan_proposal_add": _("Decision about the plan entered"),
    "plan_proposal_edit": _("Decision about the plan corrected"),
    "plan_proposal_approve": _("Decision about the plan approved"),
    "plan_proposal_return": _("Decision about the plan returned"),
    "plan_proposal_void": _("Decision about the plan taken back"),
    "output_add": _("Output recorded"),
    "output_edit": _("Output corrected"),
    "output_void": _("Output voided"),
}
LOAD_DETAILS = {
    "added": _("added"),
    "changed": _("changed"),
    "code": _("code"),
    "rows": _("rows"),
    "values": _("values"),
    "what": _("part of the plan"),
}


def register() -> None:
    """Called once, when the app is ready."""
    _menu()
    output_measures.register()
    listings.register()
    workbook.add(*sheets.CATALOGUES, *sheets.SHEETS)
    acts.register(ACTS, LOAD_DETAILS)
    notices.register(notices.Kind("plan_proposal", _("Decisions about the plan")))
    for provider in (
        worklist.Provider(_("Decisions about the plan"), proposals.proposals_to_decide, 30),
        worklist.Provider(_("Came back to you"), proposals.returned_proposals, 31),
    ):
        worklist.register(provider)
    holders.register(Instrument, slug="van-ban", may_attach=policies.can_attach, own_page=False)
    holders.register(Task, slug="nhiem-vu", may_attach=policies.can_attach)
    for label, url_name, position in PLAN_PAGES:
        tabs.register(tabs.Tab("plan", label, url_name, _url_of_plan(url_name), position))
    for label, find, position in (
        (_("Tasks"), searching.find_tasks, 10),
        (_("Indicators"), searching.find_indicators, 20),
        (_("Objectives"), searching.find_objectives, 30),
        (_("Section II"), searching.find_items, 40),
        (_("Task groups"), searching.find_groups, 50),
        (_("Responsibilities"), searching.find_responsibilities, 60),
        (_("Unclear passages"), searching.find_issues, 70),
    ):
        search.register(search.Provider(label, find, position))


def _menu() -> None:
    entry = navigation.Entry
    plan_pages = frozenset(url_name for _label, url_name, _position in PLAN_PAGES)
    navigation.register(
        entry(_("Overview"), _overview, 1, 20, frozenset({"overview"})),
    )
    navigation.register(
        entry(_("The plan"), _url_in_plan("plan_detail"), 2, 10, plan_pages),
    )
    for label, part, position in ((_("Indicators"), "indicator", 20), (_("Tasks"), "task", 30)):
        pages = frozenset({f"{part}_list", f"{part}_detail", f"{part}_evidence"})
        navigation.register(entry(label, _url_in_plan(f"{part}_list"), 2, position, pages))


def _overview(request: HttpRequest) -> str:
    return reverse("overview")


def _url_in_plan(url_name: str) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        plan = current_plan(request)
        return reverse(url_name, args=[plan.code]) if plan else None

    return url


def _url_of_plan(url_name: str) -> Callable[[Plan], str]:
    return lambda plan: reverse(url_name, args=[plan.code])
