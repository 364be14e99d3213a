"""Who stands in for a lead."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import policies, services
from accounts.deputy_forms import DeputyEndForm, DeputyForm
from accounts.deputy_tables import DeputyFilter, DeputyTable
from accounts.models import Deputy
from accounts.requests import UserRequest
from accounts.views.scope import reviewers_only
from core.http import domain_errors_in_form
from core.lists import list_page


@require_safe
@reviewers_only
def deputy_list(request: UserRequest) -> HttpResponseBase:
    """List who stands in for which lead, today and at any time."""
    return list_page(
        request,
        queryset=Deputy.objects.visible_to(request.user).select_related(
            "lead", "deputy", "organisation"
        ),
        filter_class=DeputyFilter,
        table_class=DeputyTable,
        template="accounts/deputy_list.html",
        export_name="thay-mat",
        context={"record": policies.can_record_deputies(request.user)},
        table_options={"by": request.user},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def deputy_record(request: UserRequest) -> HttpResponseBase:
    """Say who stands in for a lead, from when to when."""
    decision = policies.can_record_deputies(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
    form = DeputyForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            deputy = services.deputy_record(**form.values, by=request.user)
        if outcome.done:
            told = _("Recorded: %(deputy)s, from %(first)s to %(last)s.")
            first, last = (day.strftime("%d/%m/%Y") for day in form.days)
            values = {"deputy": deputy, "first": first, "last": last}
            messages.success(request, told % values)
            return redirect("deputy_list")
    return render(request, "accounts/deputy_record.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def deputy_end(request: UserRequest, pk: int) -> HttpResponse:
    """End a deputy at once, with the reason."""
    deputies = Deputy.objects.visible_to(request.user)
    deputy = get_object_or_404(deputies.select_related("lead", "deputy", "organisation"), pk=pk)
    decision = policies.can_end_deputy(request.user, deputy)
    if not decision:
        raise PermissionDenied(decision.reason)
    form = DeputyEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            reason = form.cleaned_data["reason"]
            services.deputy_end(deputy=deputy, reason=reason, by=request.user)
        if outcome.done:
            messages.success(request, _("Ended: %(deputy)s.") % {"deputy": deputy})
            return redirect("deputy_list")
    return render(request, "accounts/deputy_end.html", {"form": form, "deputy": deputy})
