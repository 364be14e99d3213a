"""The thresholds of size, which the Department keeps."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from core.days import day_asked
from core.forms import ReasonForm
from core.http import domain_errors_as_messages, domain_errors_in_form, require
from enterprises import policies, services
from enterprises.forms.thresholds import SizeThresholdForm
from enterprises.models import SizeThreshold
from enterprises.views.enterprises import require_reader


@require_safe
def size_threshold_list(request: UserRequest) -> HttpResponse:
    """Show the thresholds in force on a day, and those that wait for a second person."""
    require_reader(request)
    day, day_form = day_asked(request)
    standing = SizeThreshold.objects.select_related("recorded_by", "approved_by")
    waiting = [
        (threshold, policies.can_approve_threshold(request.user, threshold))
        for threshold in standing.waiting()
    ]
    context = {
        "day": day,
        "day_form": day_form,
        "thresholds": standing.in_force(day),
        "waiting": waiting,
        "add": policies.can_edit_register(request.user),
    }
    return render(request, "enterprises/size_threshold_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def size_threshold_add(request: UserRequest) -> HttpResponse:
    """Enter a threshold, which another person approves."""
    require_reader(request)
    require(policies.can_edit_register(request.user))
    form = SizeThresholdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.size_threshold_add(values=form.values, by=request.user)
        if outcome.done:
            messages.success(request, _("Entered; it counts once another person approves it."))
            return redirect("size_threshold_list")
    context = {
        "title": _("Add a size threshold"),
        "lead": _("A programme lead who did not enter it approves it."),
        "form": form,
        "submit": _("Save"),
        "cancel_url": reverse("size_threshold_list"),
    }
    return render(request, "enterprises/size_threshold_form.html", context)


@require_POST
def size_threshold_approve(request: UserRequest, pk: int) -> HttpResponse:
    """Let a threshold count."""
    threshold = _threshold(request, pk)
    with domain_errors_as_messages(request) as outcome:
        services.size_threshold_approve(threshold=threshold, by=request.user)
    if outcome.done:
        messages.success(request, _("Approved: %(name)s.") % {"name": threshold})
    return redirect("size_threshold_list")


@require_http_methods(["GET", "HEAD", "POST"])
def size_threshold_void(request: UserRequest, pk: int) -> HttpResponse:
    """Take a threshold back that was entered wrongly."""
    threshold = _threshold(request, pk)
    require(policies.can_void_threshold(request.user, threshold))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            reason = form.cleaned_data["reason"]
            services.size_threshold_void(threshold=threshold, reason=reason, by=request.user)
        if outcome.done:
            messages.success(request, _("Voided: %(name)s.") % {"name": threshold})
            return redirect("size_threshold_list")
    context = {
        "title": _("Void the threshold %(name)s") % {"name": threshold},
        "lead": _("It leaves every date, as if it had never been entered."),
        "form": form,
        "submit": _("Take back"),
        "cancel_url": reverse("size_threshold_list"),
    }
    return render(request, "enterprises/size_threshold_form.html", context)


def _threshold(request: UserRequest, pk: int) -> SizeThreshold:
    require_reader(request)
    return get_object_or_404(SizeThreshold.objects.standing(), pk=pk)
