"""Merging two enterprises that are one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from core.http import domain_errors_in_form, require
from core.text import normalise
from enterprises import merging, policies, selectors, services
from enterprises.forms.merge import MergeForm
from enterprises.models import Enterprise, EnterpriseTaxCode
from enterprises.models.enterprises import personal_number_in
from enterprises.views.enterprises import enterprise_seen

MOST_CANDIDATES = 20


@require_http_methods(["GET", "HEAD", "POST"])
def enterprise_merge(request: UserRequest, pk: int) -> HttpResponse:
    """Merge an enterprise into another: choose it, see both sides, say whose records stay."""
    source = enterprise_seen(request, pk)
    require(policies.can_merge(request.user, source))
    target = _target(request, source)
    if target is None:
        return _choice(request, source)
    require(policies.can_merge(request.user, target))
    collisions = [one for _part, one in merging.collisions_of(source, target)]
    form = MergeForm(request.POST or None, source=source, target=target, collisions=collisions)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.enterprise_merge(
                source=source,
                target=target,
                versions=form.versions,
                choices=form.choices,
                from_source=form.from_source,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        if outcome.done:
            told = _("%(source)s was merged into %(target)s.")
            messages.success(request, told % {"source": source, "target": target})
            return redirect(target)
    context: dict[str, Any] = {
        "source": source,
        "target": target,
        "form": form,
        "moving": _moving(source, target),
    }
    return render(request, "enterprises/enterprise_merge.html", context)


def _target(request: UserRequest, source: Enterprise) -> Enterprise | None:
    """Return the enterprise that stays, if one was chosen that the person sees."""
    chosen = request.GET.get("vao", "")
    if not chosen.isdecimal() or len(chosen) > 18 or int(chosen) == source.pk:
        return None
    others = Enterprise.objects.visible_to(request.user).unmerged()
    related = ("area", "former_district", "territory", "merged_into")
    return others.select_related(*related).filter(pk=int(chosen)).first()


def _choice(request: UserRequest, source: Enterprise) -> HttpResponse:
    query = normalise(request.GET.get("q", "").replace("\x00", ""))[:200]
    if number := personal_number_in(query):
        return _chosen_by_number(request, source, number)
    found = selectors.candidates_for_merger(request.user, source, query)
    candidates = list(found.select_related("area")[: MOST_CANDIDATES + 1])
    context = {
        "source": source,
        "query": query,
        "candidates": candidates[:MOST_CANDIDATES],
        "more": len(candidates) > MOST_CANDIDATES,
    }
    return render(request, "enterprises/enterprise_merge_choice.html", context)


def _chosen_by_number(request: UserRequest, source: Enterprise, number: str) -> HttpResponse:
    """Lead on to the enterprise of a personal number, which leaves the address at once."""
    others = Enterprise.objects.visible_to(request.user).unmerged().exclude(pk=source.pk)
    target = others.with_tax_code(number).first()
    url = reverse("enterprise_merge", args=[source.pk])
    if target is None:
        messages.error(request, _("No enterprise that you see has this tax code."))
        return redirect(url)
    return redirect(f"{url}?vao={target.pk}")


def _moving(source: Enterprise, target: Enterprise) -> list[tuple[str, int, int]]:
    """Return how many records of each kind both sides have, where there are any."""
    counted = [
        (part.label, part.of(source).count(), part.of(target).count())
        for part in merging.parts()
        # The page names the codes themselves.
        if part.model is not EnterpriseTaxCode
    ]
    return [row for row in counted if row[1] or row[2]]
