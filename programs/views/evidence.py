"""The records behind a figure: what counts, among what, what is lacking, as at a day."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.lists import list_page
from programs.evidence import listing_of
from programs.figure_links import AMONG, COUNTED, evidence_url, page_url
from programs.figures import Figure, figures_at
from programs.measures import Computation, Formula
from programs.models import Indicator, Task
from programs.selectors import indicators_of, tasks_of, with_standing
from programs.tables import shown_value
from programs.views.plans import plan_context

Pick = Callable[[Computation, str], QuerySet[Any] | None]


@dataclass(frozen=True, slots=True)
class Behind:
    """A list behind a figure: the word in its address, its name, and which records it holds."""

    slug: str
    label: str | Promise
    pick: Pick


BEHIND = {
    one.slug: one
    for one in (
        Behind(COUNTED, _("Numerator: what counts"), lambda c, key: c.numerator(key)),
        Behind("con-thieu", _("Not in the numerator yet"), lambda c, key: c.lacking(key)),
        Behind(AMONG, _("Denominator: among what"), lambda c, key: c.denominator(key)),
        Behind(
            "thieu-so-lieu",
            _("Left out for want of figures"),
            lambda c, _key: c.left_out,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class ListBehind:
    """A list behind a figure as the page of its indicator or task links it."""

    slug: str
    label: str
    count: int
    url: str


def lists_behind(figure: Figure) -> list[ListBehind]:
    """Return the lists behind a figure with their numbers and lasting addresses."""
    computation = figure.computation
    if computation is None:
        return []
    found = []
    for slug, behind in BEHIND.items():
        records = behind.pick(computation, figure.official.reading)
        if records is None:
            continue
        url = evidence_url(figure, slug) if listing_of(records) else ""
        found.append(ListBehind(slug, _label(behind, computation), records.count(), url))
    return found


def _label(behind: Behind, computation: Computation) -> str:
    """What a list is called: a count has no denominator, hence no numerator either."""
    counted = behind.slug == COUNTED and computation.formula == Formula.COUNT
    return str(_("What counts") if counted else behind.label)


@require_safe
def indicator_evidence(
    request: UserRequest, plan_code: str, code: str, day: dt.date, part: str
) -> HttpResponseBase:
    """List the records behind the figure of an indicator as at a day."""
    context = plan_context(request, plan_code)
    rows = indicators_of(request.user, context["plan"])
    indicator = get_object_or_404(rows, code=code)
    return _records_behind(request, context, indicator, indicator.name, day, part)


@require_safe
def task_evidence(
    request: UserRequest, plan_code: str, code: str, day: dt.date, part: str
) -> HttpResponseBase:
    """List the records behind the figure of a task as at a day."""
    context = plan_context(request, plan_code)
    rows = with_standing(tasks_of(request.user, context["plan"]))
    task = get_object_or_404(rows, code=code)
    return _records_behind(request, context, task, task.text, day, part)


def _records_behind(
    request: UserRequest,
    context: dict[str, Any],
    subject: Indicator | Task,
    told: str,
    day: dt.date,
    part: str,
) -> HttpResponseBase:
    """List those records behind a figure that the person may see; ``told`` says whose it is."""
    figure = figures_at(context["plan"], [subject], day)[subject.code]
    behind = BEHIND.get(part)
    if behind is None or figure.computation is None:
        raise Http404
    records = behind.pick(figure.computation, figure.official.reading)
    listing = listing_of(records) if records is not None else None
    if records is None or listing is None:
        raise Http404
    seen = records.filter(pk__in=records.model.objects.visible_to(request.user).values("pk"))
    total = records.count()
    return list_page(
        request,
        queryset=listing.prepare(seen),
        filter_class=listing.filter_class,
        table_class=listing.table,
        template="programs/evidence_list.html",
        export_name=f"{subject.code}-{part}-{day.isoformat()}",
        context={
            **context,
            "subject": subject,
            "told": told,
            "is_task": isinstance(subject, Task),
            "figure": figure,
            "value": shown_value(figure),
            "day": day,
            "label": _label(behind, figure.computation),
            "total": total,
            "hidden_count": total - seen.count(),
            "back": page_url(figure),
        },
    )
