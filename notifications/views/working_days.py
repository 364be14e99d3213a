"""The working calendar: public holidays, and what the office says of single days."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.calendar import days_off, weekends_worked
from core.http import domain_errors_in_form
from notifications import policies, services
from notifications.forms import WorkingDayOverrideForm
from notifications.models import WorkingDayOverride

FORM = "notifications/working_day_override_form.html"
# The library knows the lunar calendar for these years.
FIRST_YEAR, LAST_YEAR = 2021, 2099


@require_safe
def working_day_list(request: UserRequest) -> HttpResponse:
    """Show the days off of a year and the entries that stand above them."""
    this_year = timezone.localdate().year
    year = _year(request, this_year)
    overrides = list(WorkingDayOverride.objects.filter(day__year=year))
    overridden = {override.day for override in overrides}
    context = {
        "year": year,
        "years": range(this_year - 1, this_year + 3),
        "overrides": overrides,
        "days": [(day, name, day in overridden) for day, name in _special_days(year)],
        "decision": policies.can_edit_working_days(request.user),
    }
    return render(request, "notifications/working_day_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def working_day_override_add(request: UserRequest) -> HttpResponse:
    """Add an entry to the calendar."""
    _administrators_only(request)
    form = WorkingDayOverrideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with domain_errors_in_form(form) as outcome:
            override = services.working_day_override_add(**form.values, by=request.user)
        if outcome.done:
            return _kept(request, override)
    return _page(request, form, _("A day worked or off by decision"))


@require_http_methods(["GET", "HEAD", "POST"])
def working_day_override_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change an entry of the calendar."""
    override = get_object_or_404(WorkingDayOverride, pk=pk)
    _administrators_only(request)
    sent = request.POST if request.method == "POST" else None
    title = str(override)
    form = WorkingDayOverrideForm(sent, instance=override)
    if form.is_valid():
        with domain_errors_in_form(form) as outcome:
            override = services.working_day_override_edit(
                override=override, values=form.values, version=form.seen_version, by=request.user
            )
        if outcome.done:
            return _kept(request, override)
    return _page(request, form, title)


@require_http_methods(["GET", "HEAD", "POST"])
def working_day_override_delete(request: UserRequest, pk: int) -> HttpResponse:
    """Ask whether an entry shall go, and take it out of the calendar."""
    override = get_object_or_404(WorkingDayOverride, pk=pk)
    _administrators_only(request)
    back = override.get_absolute_url()
    if request.method == "POST":
        services.working_day_override_delete(override=override, by=request.user)
        messages.success(request, _("The entry is deleted."))
        return redirect(back)
    context = {
        "override": override,
        "title": _("Delete this entry? %(entry)s") % {"entry": override},
        "lead": _("The day then follows the public holidays and weekends again."),
        "submit": _("Delete"),
        "cancel_url": back,
    }
    return render(request, "notifications/working_day_override_delete.html", context)


def _special_days(year: int) -> list[tuple[dt.date, str]]:
    """Return the days off of a year with their names; a day that is worked instead has none."""
    worked = dict.fromkeys(weekends_worked(year), "")
    return sorted((days_off(year) | worked).items())


def _year(request: HttpRequest, this_year: int) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this_year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _administrators_only(request: UserRequest) -> None:
    decision = policies.can_edit_working_days(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)


def _kept(request: UserRequest, override: WorkingDayOverride) -> HttpResponse:
    messages.success(request, _("The working calendar is saved."))
    return redirect(override)


def _page(request: UserRequest, form: WorkingDayOverrideForm, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": _("Save"),
        "cancel_url": reverse("working_day_list"),
    }
    return render(request, FORM, context)
