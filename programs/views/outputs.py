"""The documents and lists that indicators ask for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from core.forms import SeenReasonForm, seen_form
from core.http import domain_errors_in_form, require
from programs import policies, services
from programs.forms import OutputForm
from programs.models import Indicator, Output, Plan
from programs.views.plans import plan_context


@require_http_methods(["GET", "HEAD", "POST"])
def output_add(request: UserRequest, plan_code: str, code: str) -> HttpResponse:
    """Record an output of an indicator."""
    context = plan_context(request, plan_code)
    indicators = Indicator.objects.visible_to(request.user).of_plan(context["plan"])
    indicator = get_object_or_404(indicators.select_related("plan"), code=code)
    require(policies.can_record_output(request.user))
    form = OutputForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.output_add(indicator=indicator, values=form.values, by=request.user)
        if outcome.done:
            messages.success(request, _("Recorded."))
            return redirect(indicator)
    context |= {
        "title": _("Record an output of %(code)s") % {"code": indicator.code},
        "lead": indicator.name,
        "subject": indicator,
        "form": form,
        "submit": _("Save"),
        "cancel_url": indicator.get_absolute_url(),
    }
    return render(request, "programs/plan_proposal_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def output_edit(request: UserRequest, plan_code: str, pk: int) -> HttpResponse:
    """Correct an output."""
    context = plan_context(request, plan_code)
    output = _output(request, context["plan"], pk)
    require(policies.can_change_output(request.user, output))
    form = OutputForm(request.POST or None, instance=output)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.output_edit(
                output=output, values=form.values, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("Saved."))
            return redirect(output.indicator)
    context |= {
        "title": _("Correct the output “%(name)s”") % {"name": output},
        "lead": _("A correction holds on every date."),
        "subject": output.indicator,
        "form": form,
        "submit": _("Save"),
        "cancel_url": output.indicator.get_absolute_url(),
    }
    return render(request, "programs/plan_proposal_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def output_void(request: UserRequest, plan_code: str, pk: int) -> HttpResponse:
    """Void an output that was recorded wrongly."""
    context = plan_context(request, plan_code)
    output = _output(request, context["plan"], pk)
    require(policies.can_change_output(request.user, output))
    form = seen_form(SeenReasonForm, Output)(request.POST or None, instance=output)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            reason = form.cleaned_data["reason"]
            services.output_void(
                output=output, reason=reason, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("Voided: %(name)s.") % {"name": output})
            return redirect(output.indicator)
    context |= {
        "title": _("Void the output “%(name)s”") % {"name": output},
        "lead": _("It leaves every date, as if it had never been entered."),
        "subject": output.indicator,
        "form": form,
        "submit": _("Take back"),
        "cancel_url": output.indicator.get_absolute_url(),
    }
    return render(request, "programs/plan_proposal_form.html", context)


def _output(request: UserRequest, plan: Plan, pk: int) -> Output:
    rows = Output.objects.visible_to(request.user).standing().select_related("indicator__plan")
    return get_object_or_404(rows.filter(indicator__plan=plan), pk=pk)
