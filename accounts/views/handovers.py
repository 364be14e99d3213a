"""Somebody leaves: who takes over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import policies, services
from accounts.deputy_forms import HandoverForm
from accounts.deputy_tables import HandoverFilter, HandoverTable
from accounts.models import Handover
from accounts.requests import UserRequest
from accounts.services.handovers import lasting_memberships
from accounts.views.scope import reviewers_only
from core.http import domain_errors_in_form
from core.lists import list_page
from core.registers import handovers as register


@require_safe
@reviewers_only
def handover_list(request: UserRequest) -> HttpResponseBase:
    """List who left and what they handed over."""
    return list_page(
        request,
        queryset=Handover.objects.visible_to(request.user).select_related(
            "leaver", "colleague", "organisation"
        ),
        filter_class=HandoverFilter,
        table_class=HandoverTable,
        template="accounts/handover_list.html",
        export_name="ban-giao",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def handover_record(request: UserRequest) -> HttpResponseBase:
    """Record who leaves and who takes over; the second page shows what will happen."""
    form = HandoverForm(request.POST or None, by=request.user)
    if request.method != "POST" or "change" in request.POST or not form.is_valid():
        return render(request, "accounts/handover_record.html", {"form": form})
    values = form.values
    decision = policies.can_hand_over(request.user, values["organisation"])
    if not decision:
        raise PermissionDenied(decision.reason)
    if "confirmed" not in request.POST:
        context = {
            "form": form,
            "values": values,
            "ending": lasting_memberships(
                values["leaver"], values["organisation"], values["last_day"]
            ),
            "waiting": register.waiting(values["leaver"], values["organisation"]),
        }
        return render(request, "accounts/handover_check.html", context)
    with domain_errors_in_form(form) as outcome:
        handover = services.handover_record(**values, by=request.user)
    if not outcome.done:
        return render(request, "accounts/handover_record.html", {"form": form})
    messages.success(request, _("Recorded: %(handover)s.") % {"handover": handover})
    return redirect("handover_list")
