"""The agreement on a support case."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from budgets import services
from budgets.forms import SupportAgreementForm
from budgets.support_costs import implied_state_money
from core.forms import SeenForm, SeenReasonForm, seen_form
from core.http import domain_errors_in_form, require
from documents.choices import AttachmentKind
from documents.services import attachment_upload
from enterprises import support_policies as policies
from enterprises.choices import SupportAct
from enterprises.models import SupportCase, SupportRule
from enterprises.support_limits import given_before


@require_http_methods(["GET", "HEAD", "POST"])
def support_agreement_propose(request: UserRequest, pk: int) -> HttpResponse:
    """Propose who pays what."""
    case = _case(request, pk)
    require(policies.can_act(request.user, case, SupportAct.AGREEMENT_PROPOSE))
    files = request.FILES if request.method == "POST" else None
    form = SupportAgreementForm(_typed(request), files, instance=case)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome, transaction.atomic():
            services.support_agreement_propose(
                case=_case(request, pk),
                values=form.values,
                total=form.cleaned_data["total"],
                version=form.seen_version,
                by=request.user,
            )
            if scan := form.cleaned_data.get("scan"):
                kind = AttachmentKind.CONTRACT
                attachment_upload(record=case, title="", kind=kind, file=scan, by=request.user)
        if outcome.done:
            messages.success(request, _("The agreement is proposed; a programme lead approves it."))
            return redirect(case)
    title = _("Propose the agreement: %(case)s") % {"case": case}
    lead = _("A programme lead approves it; until then it counts nowhere.")
    return _page(request, case, form, title, lead, _("Propose the agreement"), asks=True)


@require_http_methods(["GET", "HEAD", "POST"])
def support_agreement_approve(request: UserRequest, pk: int) -> HttpResponse:
    """Approve what was proposed."""
    case = _case(request, pk)
    require(policies.can_act(request.user, case, SupportAct.AGREE))
    form = seen_form(SeenForm, SupportCase)(_typed(request), instance=case)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.support_agreement_approve(
                case=case, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("The agreement is approved."))
            return redirect(case)
    title = _("Approve the agreement: %(case)s") % {"case": case}
    return _page(request, case, form, title, "", _("Approve the agreement"))


@require_http_methods(["GET", "HEAD", "POST"])
def support_agreement_return(request: UserRequest, pk: int) -> HttpResponse:
    """Send a proposed agreement back, with a reason."""
    case = _case(request, pk)
    require(policies.can_act(request.user, case, SupportAct.AGREEMENT_RETURN))
    form = seen_form(SeenReasonForm, SupportCase)(_typed(request), instance=case)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.support_agreement_return(
                case=case,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("Returned; who proposed it has been told."))
            return redirect(case)
    title = _("Return the agreement: %(case)s") % {"case": case}
    lead = _("Who proposed it reads the reason and mends it.")
    return _page(request, case, form, title, lead, _("Return it"))


def _case(request: UserRequest, pk: int) -> SupportCase:
    rows = SupportCase.objects.visible_to(request.user).select_related(
        "enterprise", "task__phase", "task__plan", "agreement_by"
    )
    return get_object_or_404(rows, pk=pk)


def _page(
    request: UserRequest,
    case: SupportCase,
    form: Any,
    title: str,
    lead: str,
    submit: str,
    *,
    asks: bool = False,
) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit,
        "cancel_url": case.get_absolute_url(),
        "cancel_label": _("Go back"),
        "proposed": not asks,
        **limits_of(case, case.agreed_on or timezone.localdate()),
    }
    return render(request, "budgets/support_agreement.html", context)


def limits_of(case: SupportCase, day: dt.date) -> dict[str, Any]:
    """Return what bounds the agreement on a day, as its pages show it."""
    rules = SupportRule.objects.binding(case.task, day).order_by("kind")
    implied = implied_state_money(case.task, day)
    share = case.state_share
    return {
        "rules": [(rule, given_before(case.enterprise, rule.kind, case)) for rule in rules],
        "rules_day": day,
        "implied": implied,
        "above_implied": bool(implied and share and share > implied),
    }


def _typed(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None
