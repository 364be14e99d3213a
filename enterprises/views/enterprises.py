"""The register of enterprises: list, page, look-up, and the acts on one of them."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import User
from accounts.requests import UserRequest
from core.days import day_asked
from core.decisions import Decision
from core.http import domain_errors_as_messages, domain_errors_in_form, require
from core.lists import list_page
from core.registers import panels
from documents.policies import sheet_for
from enterprises import policies, selectors, services
from enterprises.filters.enterprises import EnterpriseFilter
from enterprises.forms.enterprises import (
    EndForm,
    EnterpriseCreateForm,
    EnterpriseForm,
    LookupForm,
    TaxCodeChangeForm,
)
from enterprises.models import Enterprise
from enterprises.models.enterprises import is_personal_number, personal_number_in
from enterprises.searching import lead_by_personal_number
from enterprises.size import size_at, thresholds_at
from enterprises.tables.enterprises import CHIPS, EnterpriseTable

SHORTEST_CODE = 10


class EnterpriseRequest(UserRequest):
    """A request for the page of an enterprise; panels show it as at this day."""

    as_at: dt.date


@require_safe
def enterprise_list(request: UserRequest) -> HttpResponseBase:
    """List the enterprises that the person sees, as at a day."""
    require_reader(request)
    if found := _by_personal_number(request):
        return found
    day, _form = day_asked(request)
    thresholds = thresholds_at(day)
    return list_page(
        request,
        queryset=selectors.rows_of_list(request.user, day, thresholds),
        filter_class=partial(EnterpriseFilter, day=day, thresholds=thresholds),
        table_class=EnterpriseTable,
        template="enterprises/enterprise_list.html",
        # The sheet of the data workbook into which the list can be imported again.
        export_name="DoanhNghiep",
        sheet=sheet_for(request.user, "DoanhNghiep"),
        context={"day": day, "add": policies.can_edit_register(request.user)},
        table_options={
            "day": day,
            "codes_in_full": bool(policies.can_see_personal_number(request.user)),
        },
    )


def _by_personal_number(request: UserRequest) -> HttpResponse | None:
    """Lead to the one enterprise of a personal number: the number leaves the address at once."""
    typed = request.GET.get("q", "")
    if not personal_number_in(typed):
        return None
    found = lead_by_personal_number(request.user, typed)
    if found is None:
        messages.error(request, _("No enterprise that you see has this tax code."))
    address = found or reverse("enterprise_list")
    htmx = getattr(request, "htmx", None)
    return HttpResponseClientRedirect(address) if htmx else redirect(address)


@require_safe
def enterprise_detail(request: EnterpriseRequest, pk: int) -> HttpResponse:
    """Show an enterprise as at a day: profile, size and why, codes, contacts, what hangs on it."""
    enterprise = enterprise_seen(request, pk)
    day, day_form = day_asked(request)
    request.as_at = day
    user = request.user
    seen = Enterprise.objects.visible_to(user)
    in_full = enterprise.is_personal and bool(policies.can_see_personal_number(user))
    state = selectors.state_at(enterprise, day)
    context = {
        "enterprise": enterprise,
        "day": day,
        "day_form": day_form,
        "state": state,
        "chip": CHIPS[state],
        "size": size_at(enterprise, day),
        "tax_code": enterprise.tax_code if in_full else enterprise.shown_tax_code,
        "in_full": in_full,
        "codes": selectors.shown_codes(enterprise, in_full=in_full),
        "departments": enterprise.managing_departments.order_by("name"),
        "contacts": enterprise.contacts.standing(),
        "merged": seen.filter(merged_into=enterprise).order_by("merged_at"),
        "leads_on": seen.filter(merged=enterprise).exists(),
        "edit": policies.can_edit_enterprise(user, enterprise),
        "verify": policies.can_verify(user, enterprise),
        "acts": _acts(user, enterprise),
        "panels": panels.render("enterprise", request, enterprise),
    }
    return render(request, "enterprises/enterprise_detail.html", context)


def _acts(user: User, enterprise: Enterprise) -> list[tuple[str, str, Decision]]:
    """Return what may be done with an enterprise by a form: what, where, and whether or why not."""
    edit = policies.can_edit_enterprise(user, enterprise)
    acts = (
        ("enterprise_edit", _("Edit the profile"), edit),
        ("enterprise_change_tax_code", _("Change the tax code"), edit),
        ("enterprise_end", _("Note that it has ended"), policies.can_end(user, enterprise)),
        ("enterprise_merge", _("Merge into another"), policies.can_merge(user, enterprise)),
    )
    return [
        (label, reverse(name, args=[enterprise.pk]), decision) for name, label, decision in acts
    ]


@sensitive_post_parameters("mst", "tax_code")
@require_http_methods(["GET", "HEAD", "POST"])
def enterprise_lookup(request: UserRequest) -> HttpResponse:
    """Find the enterprise of a tax code, while it is typed or by the button.

    It is posted, so that a personal number stands in no address and no log.
    """
    require_reader(request)
    asked = request.POST if request.method == "POST" else request.GET
    typed = asked.get("mst") or asked.get("tax_code") or ""
    htmx = getattr(request, "htmx", None)
    # Nothing is wrong with a code that is still being typed.
    whole = not htmx or sum(one.isdigit() for one in typed) >= SHORTEST_CODE
    form = LookupForm({"mst": typed}) if typed and whole else LookupForm()
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        tax_code = form.cleaned_data["mst"]
        if request.method != "POST" and is_personal_number(tax_code):
            return redirect("enterprise_lookup")
        context |= {"asked": True, "found": selectors.look_up(request.user, tax_code)}
    if htmx:
        return render(request, "enterprises/partials/looked_up.html", context)
    return render(request, "enterprises/enterprise_lookup.html", context)


@sensitive_post_parameters("tax_code")
@require_http_methods(["GET", "HEAD", "POST"])
def enterprise_create(request: UserRequest) -> HttpResponse:
    """Register an enterprise."""
    require_reader(request)
    require(policies.can_edit_register(request.user))
    form = EnterpriseCreateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            enterprise = services.enterprise_create(values=form.values, by=request.user)
        if outcome.done:
            messages.success(request, _("Registered: %(name)s.") % {"name": enterprise})
            return redirect(enterprise)
    context = {
        "title": _("Register an enterprise"),
        "lead": _("Look the tax code up first: it may be here under an older code."),
        "form": form,
        "submit": _("Register"),
        "cancel_url": reverse("enterprise_list"),
    }
    return render(request, "enterprises/enterprise_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enterprise_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct or bring up to date what is known of an enterprise."""
    enterprise = enterprise_seen(request, pk)
    require(policies.can_edit_enterprise(request.user, enterprise))
    form = EnterpriseForm(request.POST or None, instance=enterprise)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.enterprise_edit(
                enterprise=enterprise,
                values=form.values,
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("Saved: %(name)s.") % {"name": form.values["name"]})
            return redirect(enterprise)
    title = _("Edit: %(name)s") % {"name": enterprise}
    return act_page(request, enterprise, form, title, _("Save"))


@sensitive_post_parameters("tax_code")
@require_http_methods(["GET", "HEAD", "POST"])
def enterprise_change_tax_code(request: UserRequest, pk: int) -> HttpResponse:
    """Give an enterprise another tax code."""
    enterprise = enterprise_seen(request, pk)
    require(policies.can_edit_enterprise(request.user, enterprise))
    form = TaxCodeChangeForm(request.POST or None, instance=enterprise)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.enterprise_change_tax_code(
                enterprise=enterprise,
                tax_code=form.cleaned_data["tax_code"],
                changed_on=form.cleaned_data["changed_on"],
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("The tax code was changed."))
            return redirect(enterprise)
    title = _("Change the tax code: %(name)s") % {"name": enterprise}
    return act_page(request, enterprise, form, title, _("Change the code"))


@require_http_methods(["GET", "HEAD", "POST"])
def enterprise_end(request: UserRequest, pk: int) -> HttpResponse:
    """Note that an enterprise ended."""
    enterprise = enterprise_seen(request, pk)
    require(policies.can_end(request.user, enterprise))
    form = EndForm(request.POST or None, instance=enterprise)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.enterprise_end(
                enterprise=enterprise,
                ended_on=form.cleaned_data["ended_on"],
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("Noted: %(name)s has ended.") % {"name": enterprise})
            return redirect(enterprise)
    title = _("Note the end: %(name)s") % {"name": enterprise}
    return act_page(request, enterprise, form, title, _("Note the end"))


@require_POST
def enterprise_verify(request: UserRequest, pk: int) -> HttpResponse:
    """Confirm an enterprise that a unit named."""
    enterprise = enterprise_seen(request, pk)
    with domain_errors_as_messages(request) as outcome:
        services.enterprise_verify(enterprise=enterprise, by=request.user)
    if outcome.done:
        messages.success(request, _("Verified: %(name)s.") % {"name": enterprise})
    return redirect(enterprise)


def require_reader(request: UserRequest) -> None:
    """Let nobody in who has nothing to do with enterprises."""
    if not policies.can_read_register(request.user):
        raise Http404


def enterprise_seen(request: UserRequest, pk: int) -> Enterprise:
    """Return the enterprise if the person sees it; otherwise there is none."""
    rows = Enterprise.objects.visible_to(request.user)
    related = ("area", "former_district", "territory", "verified_by", "merged_into")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def act_page(
    request: UserRequest, enterprise: Enterprise, form: forms.BaseForm, title: str, submit: str
) -> HttpResponse:
    """Show the form of an act on an enterprise."""
    context = {
        "enterprise": enterprise,
        "title": title,
        "form": form,
        "submit": submit,
        "cancel_url": enterprise.get_absolute_url(),
    }
    return render(request, "enterprises/enterprise_form.html", context)
