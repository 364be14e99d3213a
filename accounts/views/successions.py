"""Recording which organisation or area continues which: enter, check, record."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import policies, services
from accounts.forms.successions import AreaSuccessionForm, AssignmentForm, SuccessionForm
from accounts.requests import UserRequest
from accounts.views.areas import area_of
from accounts.views.organisations import organisation_of
from core.http import domain_errors_in_form, require

ASSIGNED = "assigned"


@require_http_methods(["GET", "HEAD", "POST"])
def succession_record(request: UserRequest, pk: int) -> HttpResponse:
    """Record that organisations continue this one; what passes on is checked before."""
    organisation = organisation_of(request, pk)
    require(policies.can_edit_organisations(request.user))
    step = request.POST.get("step", "")
    form = SuccessionForm(request.POST or None, predecessor=organisation, more=step == "more")
    context: dict[str, Any] = {"form": form, "organisation": organisation}
    if step in {"check", "record"} and form.is_valid():
        on = form.cleaned_data["on"]
        with domain_errors_in_form(form) as outcome:
            preview = services.succession_preview(
                predecessor=organisation, successors=form.successors, on=on
            )
        if outcome.done:
            assignment = AssignmentForm(
                request.POST if step == "record" else None,
                prefix=ASSIGNED,
                heirs=preview.heirs,
                default=preview.default,
                memberships=preview.memberships,
                pieces=preview.pieces,
            )
            if step == "record" and assignment.is_valid():
                with domain_errors_in_form(form) as outcome:
                    services.succession_record(
                        predecessor=organisation,
                        successors=form.successors,
                        by=request.user,
                        memberships=assignment.memberships,
                        work=assignment.work,
                        **form.decision,
                    )
                if outcome.done:
                    messages.success(request, _("The succession was recorded."))
                    return redirect(organisation)
            else:
                context |= {
                    "preview": preview,
                    "assignment": assignment,
                    "later": on > timezone.localdate(),
                }
                return render(request, "accounts/succession_check.html", context)
    elif step in {"more", "back"}:
        form.unjudged()
    return render(request, "accounts/succession_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def area_succession_record(request: UserRequest, pk: int) -> HttpResponse:
    """Record that areas continue this one."""
    area = area_of(request, pk)
    require(policies.can_edit_organisations(request.user))
    step = request.POST.get("step", "")
    form = AreaSuccessionForm(request.POST or None, predecessor=area, more=step == "more")
    if step == "record" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.area_succession_record(
                predecessor=area, successors=form.successors, by=request.user, **form.decision
            )
        if outcome.done:
            messages.success(request, _("The succession was recorded."))
            return redirect(area)
    elif step == "more":
        form.unjudged()
    context = {"form": form, "area": area}
    return render(request, "accounts/area_succession_form.html", context)
