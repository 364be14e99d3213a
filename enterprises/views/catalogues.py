"""The repository of standards, the catalogue of tools, and the coefficients of TFP."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.days import day_asked
from core.forms import SeenForm, seen_form
from core.http import domain_errors_in_form, require
from core.registers import panels
from enterprises import record_policies as policies
from enterprises import services
from enterprises.catalogue_forms import (
    CoefficientsForm,
    ImprovementToolForm,
    StandardForm,
)
from enterprises.models import ImprovementTool, ProductivityCoefficients, Standard
from enterprises.productivity import DEFAULT_SHARES
from enterprises.record_forms import VoidForm
from enterprises.record_selectors import (
    CERTIFICATES_SHOWN,
    certificates_at,
    declarations_at,
    replacement_chain,
)
from enterprises.views.lists import workers_only

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def standard_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show a standard, what it replaced, what replaced it, and who uses it."""
    standard = get_object_or_404(Standard.objects.visible_to(request.user), pk=pk)
    day, _form = day_asked(request)
    declarations = declarations_at(request.user, day).filter(standard=standard)
    certificates = certificates_at(request.user, day).filter(standard=standard, issued_on__lte=day)
    context = {
        "standard": standard,
        "day": day,
        "chain": replacement_chain(standard),
        "declarations": declarations[:CERTIFICATES_SHOWN],
        "declaration_count": declarations.count(),
        "certificates": certificates[:CERTIFICATES_SHOWN],
        "certificate_count": certificates.count(),
        "decision": policies.can_keep_records(request.user),
        "panels": panels.render("standard", request, standard),
    }
    return render(request, "enterprises/standard_detail.html", context)


@require_http_methods(METHODS)
def standard_add(request: UserRequest) -> HttpResponse:
    """Put a standard into the repository."""
    workers_only(request)
    require(policies.can_keep_records(request.user))
    form = StandardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            standard = services.standard_add(values=form.values, by=request.user)
        if outcome.done:
            messages.success(request, _("Recorded: %(what)s.") % {"what": standard})
            return redirect(standard)
    return _form_page(request, form, _("Add a standard"), "standard_list")


@require_http_methods(METHODS)
def standard_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a standard, or note what became of it."""
    standard = get_object_or_404(Standard.objects.visible_to(request.user), pk=pk)
    require(policies.can_keep_records(request.user))
    form = StandardForm(request.POST if request.method == "POST" else None, instance=standard)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            standard = services.standard_edit(
                standard=standard, values=form.values, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("Saved: %(what)s.") % {"what": standard})
            return redirect(standard)
    return _form_page(request, form, _("Correct a standard"), "standard_list")


@require_http_methods(METHODS)
def improvement_tool_add(request: UserRequest) -> HttpResponse:
    """Put a tool into the catalogue."""
    workers_only(request)
    require(policies.can_keep_records(request.user))
    form = ImprovementToolForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            tool = services.improvement_tool_add(values=form.values, by=request.user)
        if outcome.done:
            messages.success(request, _("Recorded: %(what)s.") % {"what": tool})
            return redirect("improvement_tool_list")
    return _form_page(request, form, _("Add a tool"), "improvement_tool_list")


@require_http_methods(METHODS)
def improvement_tool_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct the name of a tool or its other names."""
    tool = get_object_or_404(ImprovementTool.objects.visible_to(request.user), pk=pk)
    require(policies.can_keep_records(request.user))
    form = ImprovementToolForm(request.POST if request.method == "POST" else None, instance=tool)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            tool = services.improvement_tool_edit(
                tool=tool, values=form.values, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("Saved: %(what)s.") % {"what": tool})
            return redirect("improvement_tool_list")
    return _form_page(request, form, _("Correct a tool"), "improvement_tool_list")


@require_safe
def coefficients_list(request: UserRequest) -> HttpResponse:
    """Show the coefficients of TFP: in force, waiting, and replaced."""
    workers_only(request)
    rows = ProductivityCoefficients.objects.visible_to(request.user).standing()
    user = request.user
    listed = [
        (
            one,
            policies.can_approve_coefficients(user, one),
            policies.can_void_coefficients(user, one),
        )
        for one in rows.select_related("recorded_by", "approved_by")
    ]
    context = {
        "listed": listed,
        "in_force": rows.in_force_on(day_asked(request)[0]),
        "decision": policies.can_keep_records(user),
        "default": {name: float(share) for name, share in DEFAULT_SHARES._asdict().items()},
    }
    return render(request, "enterprises/coefficients_list.html", context)


@require_http_methods(METHODS)
def coefficients_add(request: UserRequest) -> HttpResponse:
    """Enter coefficients; another person approves them."""
    workers_only(request)
    require(policies.can_keep_records(request.user))
    form = CoefficientsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            made = services.coefficients_add(values=form.values, by=request.user)
        if outcome.done:
            messages.success(request, _("Recorded: %(what)s.") % {"what": made})
            messages.info(request, _("It counts as soon as another person has approved it."))
            return redirect("coefficients_list")
    return _form_page(request, form, _("Enter coefficients of TFP"), "coefficients_list")


@require_http_methods(METHODS)
def coefficients_approve(request: UserRequest, pk: int) -> HttpResponse:
    """Put coefficients in force."""
    coefficients = _coefficients(request, pk)
    require(policies.can_approve_coefficients(request.user, coefficients))
    typed = request.POST if request.method == "POST" else None
    form = seen_form(SeenForm, ProductivityCoefficients)(typed, instance=coefficients)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.coefficients_approve(
                coefficients=coefficients, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("Approved: %(what)s.") % {"what": coefficients})
            return redirect("coefficients_list")
    day = f"{coefficients.valid_from:%d/%m/%Y}"
    lead = _("In force from %(day)s, by %(basis)s; entered by %(who)s.") % {
        "day": day,
        "basis": coefficients.basis,
        "who": coefficients.recorded_by or "–",
    }
    title = _("Approve: %(what)s") % {"what": coefficients}
    return _form_page(request, form, title, "coefficients_list", submit=_("Approve"), lead=lead)


@require_http_methods(METHODS)
def coefficients_void(request: UserRequest, pk: int) -> HttpResponse:
    """Void coefficients that still wait."""
    coefficients = _coefficients(request, pk)
    require(policies.can_void_coefficients(request.user, coefficients))
    typed = request.POST if request.method == "POST" else None
    form = seen_form(VoidForm, ProductivityCoefficients)(typed, instance=coefficients)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.coefficients_void(
                coefficients=coefficients,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("Voided: %(what)s.") % {"what": coefficients})
            return redirect("coefficients_list")
    title = _("Void: %(what)s") % {"what": coefficients}
    return _form_page(request, form, title, "coefficients_list", submit=_("Void"))


def _coefficients(request: UserRequest, pk: int) -> ProductivityCoefficients:
    """Return coefficients for those who keep records; for others there are none."""
    if not policies.can_keep_records(request.user):
        raise Http404
    rows = ProductivityCoefficients.objects.visible_to(request.user)
    return get_object_or_404(rows, pk=pk)


def _form_page(
    request: UserRequest, form: object, title: str, back: str, submit: str = "", lead: str = ""
) -> HttpResponse:
    labels = {
        "standard_list": _("Standards"),
        "improvement_tool_list": _("Improvement tools"),
        "coefficients_list": _("Coefficients of TFP"),
    }
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit or _("Save"),
        "cancel_url": reverse(back),
        "back_label": labels[back],
    }
    return render(request, "enterprises/catalogue_form.html", context)
