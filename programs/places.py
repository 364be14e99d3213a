"""Where the parts of a plan are shown, by kind and code."""

from django.urls import reverse

from programs.choices import SECTIONS, PlaceKind
from programs.models import Plan, TextIssuePlace

_OWN_PAGES = {
    PlaceKind.TASK: "task_detail",
    PlaceKind.INDICATOR: "indicator_detail",
}
_PAGES_WITH_PLACES = {
    PlaceKind.PHASE: "plan_detail",
    PlaceKind.OBJECTIVE: "objective_list",
    PlaceKind.ITEM: "plan_item_list",
    PlaceKind.RESPONSIBILITY: "responsibility_list",
}


def place_url(plan: Plan, place: TextIssuePlace) -> str:
    """Return the address of what an unclear passage touches, or nothing when it has no page."""
    kind = PlaceKind(place.kind)
    if kind in _OWN_PAGES:
        return reverse(_OWN_PAGES[kind], args=[plan.code, place.code])
    if kind in _PAGES_WITH_PLACES:
        return f"{reverse(_PAGES_WITH_PLACES[kind], args=[plan.code])}#{place.code}"
    if kind == PlaceKind.GROUP:
        return f"{reverse('task_list', args=[plan.code])}?group={place.code}"
    return reverse("plan_item_list", args=[plan.code]) if place.code == "items" else ""


def place_label(place: TextIssuePlace) -> str:
    """Return what a place is called: its code, or the name of the section."""
    return str(SECTIONS[place.code]) if place.kind == PlaceKind.SECTION else place.code
