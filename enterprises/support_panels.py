"""What other pages show of support cases: those of a task, of an enterprise, of a dossier."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.requests import UserRequest
from core.calendar import Window, reporting_year, years_window
from core.days import day_asked, day_query
from core.registers.panels import Panel
from core.registers.panels import register as register_panel
from enterprises import policies
from enterprises.choices import SupportState
from enterprises.models import Dossier, Enterprise, SupportCase
from enterprises.panels import day_of
from enterprises.support_filters import COUNTED, OUTSIDE
from enterprises.support_selectors import (
    Standing,
    cases_listed,
    enterprises_supported,
    standing_of,
    standing_of_phase,
)
from enterprises.support_tables import STATE_CHIPS
from programs.choices import TaskKind
from programs.models import Plan, Task
from programs.selectors import phase_running, planned_on

# What the page of a task tells, in the order of the way; the words, and the filter of the list.
STAGES: tuple[tuple[str, str, str | Promise], ...] = (
    ("selected", SupportState.SELECTED, _("Selected, not agreed")),
    ("agreed", SupportState.AGREED, _("Agreed, not begun")),
    ("in_progress", SupportState.IN_PROGRESS, _("In progress")),
    ("accepted", COUNTED, _("Accepted inside the phase, counted")),
    ("outside", OUTSIDE, _("Accepted outside the phase, not counted")),
    ("cancelled", SupportState.CANCELLED, _("Cancelled")),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of distinct enterprises that opens its list."""

    label: str
    value: int
    url: str


def register() -> None:
    """Called once, when the app is ready."""
    for slot, template, content, position in (
        ("task_result", "support_of_task", of_task, 20),
        ("enterprise", "support_of_enterprise", of_enterprise, 15),
        ("dossier", "support_of_dossier", of_dossier, 10),
        ("overview", "support_of_plan", of_plan, 30),
    ):
        register_panel(Panel(slot, f"enterprises/partials/{template}.html", content, position))


def list_url(state: str, day: dt.date, **narrowed: str) -> str:
    """Return the address of the list of cases that stood so on a day, of a task or a phase."""
    query = urlencode({**narrowed, "state": state})
    return f"{reverse('support_case_list')}{day_query(day)}&{query}"


def numbers_of(standing: Standing, day: dt.date, **narrowed: str) -> list[Number]:
    """Return how many enterprises stand where on the day; what is lost only where there is any."""
    always = {"selected", "agreed", "in_progress", "accepted"}
    return [
        Number(str(label), getattr(standing, name), list_url(state, day, **narrowed))
        for name, state, label in STAGES
        if name in always or getattr(standing, name)
    ]


def of_task(request: UserRequest, task: Task) -> dict[str, Any] | None:
    """How many enterprises the task is to support, and how many stand where on the day."""
    if task.kind != TaskKind.SUPPORT or not policies.can_read_register(request.user):
        return None
    day, _form = day_asked(request)
    return {
        "day": day,
        "asked": planned_on(task, day),
        "numbers": numbers_of(standing_of([task], day)[task.pk], day, task=task.code),
    }


def of_enterprise(request: UserRequest, enterprise: Enterprise) -> dict[str, Any] | None:
    """The cases of an enterprise, as they stood on the day of its page."""
    day = day_of(request)
    cases = cases_listed(request.user, day).filter(enterprise=enterprise)
    rows = [(case, SupportState(case.state_then)) for case in cases.order_by("-begun_on", "-pk")]
    return {
        "day": day,
        "cases": [(case, state.label, STATE_CHIPS[state]) for case, state in rows],
    }


def of_dossier(request: UserRequest, dossier: Dossier) -> dict[str, Any] | None:
    """The case that the selection has opened."""
    case = SupportCase.objects.visible_to(request.user).filter(dossier=dossier).first()
    return {"case": case, "chip": STATE_CHIPS[case.state]} if case else None


def of_plan(request: UserRequest, plan: Plan) -> dict[str, Any] | None:
    """How many distinct enterprises were supported in the running phase and year."""
    if not policies.can_read_register(request.user):
        return None
    day, _form = day_asked(request)
    phase = phase_running(plan, day)
    if phase is None:
        return None
    numbers = numbers_of(standing_of_phase(phase, day), day, phase=phase.code)
    year = reporting_year(day)
    window = Window(years_window(year, year).first, day)
    numbers.append(
        Number(
            gettext("Accepted in the year %(year)d, counted") % {"year": year},
            enterprises_supported(plan, window)["enterprises"],
            list_url(COUNTED, day, year=str(year)),
        )
    )
    return {"day": day, "phase": phase, "numbers": numbers}
