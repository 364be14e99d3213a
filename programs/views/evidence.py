"""The records behind a figure: what counts, among what, what is lacking, as at a day."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.days import day_query
from core.lists import list_page
from programs.evidence import listing_of
from programs.figures import Figure, figures_at
from programs.measures import Computation
from programs.selectors import indicators_of
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
        Behind("tu-so", _("Numerator: what counts"), lambda c, key: c.numerator(key)),
        Behind("con-thieu", _("Not in the numerator yet"), lambda c, key: c.lacking(key)),
        Behind("mau-so", _("Denominator: among what"), lambda c, key: c.denominator(key)),
        Behind(
            "thieu-so-lieu",
            _("Left out for want of figures"),
            lambda c, _key: c.left_out,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class ListBehind:
    """A list behind a figure as the page of the indicator links it."""

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
        found.append(ListBehind(slug, str(behind.label), records.count(), url))
    return found


def evidence_url(figure: Figure, slug: str) -> str:
    """Return the address of a list behind a figure; the day in it makes it last."""
    plan, code = figure.subject.plan.code, figure.subject.code
    return reverse("indicator_evidence", args=[plan, code, figure.at.isoformat(), slug])


@require_safe
def indicator_evidence(
    request: UserRequest, plan_code: str, code: str, day: dt.date, part: str
) -> HttpResponseBase:
    """List the records behind a figure as at a day, those of them that the person may see."""
    context = plan_context(request, plan_code)
    indicator = get_object_or_404(indicators_of(request.user, context["plan"]), code=code)
    figure = figures_at(context["plan"], [indicator], day)[code]
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
        template="programs/indicator_evidence.html",
        export_name=f"{indicator.code}-{part}-{day.isoformat()}",
        context={
            **context,
            "indicator": indicator,
            "figure": figure,
            "value": shown_value(figure),
            "day": day,
            "label": behind.label,
            "total": total,
            "hidden_count": total - seen.count(),
            "back": f"{indicator.get_absolute_url()}{day_query(day)}",
        },
    )
