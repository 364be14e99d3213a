"""Administrative areas: the list, the page of each, and what administrators change."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import policies, services
from accounts.forms.organisations import AreaCreateForm, AreaForm
from accounts.models import AdministrativeArea
from accounts.organisation_lists import AreaFilter, AreaTable
from accounts.requests import UserRequest
from accounts.views.scope import require_work
from core.http import domain_errors_in_form, require
from core.lists import list_page
from core.registers import panels


@require_safe
def area_list(request: UserRequest) -> HttpResponseBase:
    """List the areas as at a day."""
    require_work(request)
    areas = AdministrativeArea.objects.visible_to(request.user)
    today = areas.valid_at(timezone.localdate()).count()
    return list_page(
        request,
        queryset=areas.select_related("parent"),
        filter_class=AreaFilter,
        table_class=AreaTable,
        template="accounts/area_list.html",
        export_name="dia-ban",
        context={"today": today, "decision": policies.can_edit_organisations(request.user)},
    )


@require_safe
def area_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show an area: its dates, what came before and after, who governs it."""
    area = area_of(request, pk)
    context = {
        "area": area,
        "today": timezone.localdate(),
        "before": area.predecessions.select_related("predecessor"),
        "after": area.successions.select_related("successor"),
        "parts": area.parts.count(),
        "organisations": area.organisations.order_by("valid_from", "name"),
        "decision": policies.can_edit_organisations(request.user),
        "panels": panels.render("administrative_area", request, area),
    }
    return render(request, "accounts/area_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def area_create(request: UserRequest) -> HttpResponse:
    """Add an area."""
    require_work(request)
    require(policies.can_edit_organisations(request.user))
    form = AreaCreateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            made = services.area_create(values=form.values, by=request.user)
        if outcome.done:
            messages.success(request, _("%(name)s was added.") % {"name": made})
            return redirect(made)
    return render(request, "accounts/area_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def area_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct the record of an area."""
    area = area_of(request, pk)
    name = str(area)
    require(policies.can_edit_organisations(request.user))
    form = AreaForm(request.POST or None, instance=area)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.area_edit(
                area=area, values=form.values, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("The changes were saved."))
            return redirect(area)
    return render(request, "accounts/area_form.html", {"form": form, "area": area, "name": name})


def area_of(request: UserRequest, pk: int) -> AdministrativeArea:
    """Return an area that the person may see."""
    areas = AdministrativeArea.objects.visible_to(request.user)
    return get_object_or_404(areas.select_related("parent"), pk=pk)
