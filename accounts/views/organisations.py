"""Organisations: the list, the page of each, and what administrators change."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import policies, services
from accounts.forms.organisations import OrganisationCreateForm, OrganisationForm
from accounts.models import Organisation
from accounts.organisation_lists import OrganisationFilter, OrganisationTable
from accounts.requests import UserRequest
from accounts.selectors import memberships_visible_to
from accounts.views.scope import require_work
from core.http import domain_errors_in_form, require
from core.lists import list_page
from core.registers import panels


@require_safe
def organisation_list(request: UserRequest) -> HttpResponseBase:
    """List the organisations as at a day."""
    require_work(request)
    organisations = Organisation.objects.visible_to(request.user)
    today = organisations.valid_at(timezone.localdate()).count()
    return list_page(
        request,
        queryset=organisations.select_related("area", "parent"),
        filter_class=OrganisationFilter,
        table_class=OrganisationTable,
        template="accounts/organisation_list.html",
        export_name="co-quan",
        context={"today": today, "decision": policies.can_edit_organisations(request.user)},
    )


@require_safe
def organisation_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show an organisation: its dates, what came before and after, who works there."""
    organisation = organisation_of(request, pk)
    today = timezone.localdate()
    members = memberships_visible_to(request.user).filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "today": today,
        "before": organisation.predecessions.select_related("predecessor"),
        "after": organisation.successions.select_related("successor"),
        "branches": organisation.branches.valid_at(today),
        "members": members.ending_from(today).select_related("user"),
        "sectors": organisation.sector_labels,
        "decision": policies.can_edit_organisations(request.user),
        "panels": panels.render("organisation", request, organisation),
    }
    return render(request, "accounts/organisation_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_create(request: UserRequest) -> HttpResponse:
    """Add an organisation."""
    require_work(request)
    require(policies.can_edit_organisations(request.user))
    form = OrganisationCreateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            made = services.organisation_create(**form.values, by=request.user)
        if outcome.done:
            messages.success(request, _("%(name)s was added.") % {"name": made})
            return redirect(made)
    return render(request, "accounts/organisation_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct the record of an organisation."""
    organisation = organisation_of(request, pk)
    name = str(organisation)
    require(policies.can_edit_organisations(request.user))
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.organisation_edit(
                organisation=organisation,
                values=form.values,
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("The changes were saved."))
            return redirect(organisation)
    context = {"form": form, "organisation": organisation, "name": name}
    return render(request, "accounts/organisation_form.html", context)


def organisation_of(request: UserRequest, pk: int) -> Organisation:
    """Return an organisation that the person may see."""
    organisations = Organisation.objects.visible_to(request.user)
    return get_object_or_404(organisations.select_related("parent", "area"), pk=pk)
