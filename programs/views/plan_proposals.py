"""What staff decide about a plan: entering, correcting, approving, returning, taking back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from core.forms import NOT_SEEN, SeenForm, SeenReasonForm, seen_form
from core.http import domain_errors_as_messages, domain_errors_in_form, require
from programs import policies, services
from programs.decisions import KINDS, MEASURE, TARGET, Kind, Subject
from programs.forms import (
    MeasureKeyForm,
    ProposalForm,
    form_of,
)
from programs.models import Plan
from programs.models.decided import Decided
from programs.proposals import proposals_of
from programs.selectors import measure_in_force, target_in_force
from programs.views.plans import plan_context


@require_safe
def plan_proposal_list(request: UserRequest, plan_code: str) -> HttpResponse:
    """Show what waits for a second person, what came back, and what was decided."""
    context = plan_context(request, plan_code)
    found = proposals_of(request.user, context["plan"])
    context |= {
        "waiting": [one for one in found if one.row.waits],
        "returned": [one for one in found if one.row.is_proposed and not one.row.waits],
        "decided": [one for one in found if not one.row.is_proposed],
    }
    return render(request, "programs/plan_proposal_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_proposal_add(request: UserRequest, plan_code: str, kind: str, code: str) -> HttpResponse:
    """Enter a decision about a part of the plan."""
    context = plan_context(request, plan_code)
    known = _kind(kind)
    subject = _subject(request, context["plan"], known, code)
    require(policies.can_propose(request.user))
    key = str(request.GET.get("do") or getattr(subject, "measure_key", ""))
    initial = {} if request.method == "POST" else _initial(known, subject, key)
    form = form_of(known, subject, key, data=request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.plan_proposal_add(
                kind=known, subject=subject, values=form.values, by=request.user
            )
        if outcome.done:
            messages.success(request, _("Entered; it counts once another person approves it."))
            return redirect("plan_proposal_list", plan_code)
    title = str(known.title) % {"code": subject.code}
    return _form_page(request, context, known, subject, form, title)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_proposal_edit(request: UserRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    """Correct what waits or was returned."""
    context = plan_context(request, plan_code)
    known = _kind(kind)
    row = _row(request, context["plan"], known, pk)
    require(policies.can_mend(request.user, row))
    subject = known.subject_of(row)
    key = str(request.GET.get("do") or getattr(row, "measure_key", ""))
    form = form_of(known, subject, key, data=request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.plan_proposal_edit(
                row=row, values=form.values, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("Saved; it waits for approval again."))
            return redirect("plan_proposal_list", plan_code)
    title = _("Correct: %(what)s") % {"what": f"{known.label} {subject.code}"}
    return _form_page(request, context, known, subject, form, title)


@require_POST
def plan_proposal_approve(request: UserRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    """Let a decision count."""
    context = plan_context(request, plan_code)
    row = _row(request, context["plan"], _kind(kind), pk)
    require(policies.can_decide(request.user, row))
    form = seen_form(SeenForm, type(row))(request.POST, instance=row)
    if not form.is_valid():
        messages.error(request, NOT_SEEN)
        return redirect("plan_proposal_list", plan_code)
    with domain_errors_as_messages(request) as outcome:
        services.plan_proposal_approve(row=row, version=form.seen_version, by=request.user)
    if outcome.done:
        messages.success(request, _("Approved; figures follow it from its day on."))
    return redirect("plan_proposal_list", plan_code)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_proposal_return(request: UserRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    """Give a decision back to the person who entered it."""
    context = plan_context(request, plan_code)
    known = _kind(kind)
    row = _row(request, context["plan"], known, pk)
    require(policies.can_decide(request.user, row))
    form = seen_form(SeenReasonForm, known.model)(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.plan_proposal_return(
                row=row,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("Returned; the person who entered it reads the reason."))
            return redirect("plan_proposal_list", plan_code)
    return _reason_page(request, context, known, row, form, _("Return %(what)s"), _("Return"))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_proposal_void(request: UserRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    """Withdraw what waits, or take back what was decided wrongly."""
    context = plan_context(request, plan_code)
    known = _kind(kind)
    row = _row(request, context["plan"], known, pk)
    require(policies.can_take_back(request.user, row))
    form = seen_form(SeenReasonForm, known.model)(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.plan_proposal_void(
                row=row,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("Taken back; it leaves every date."))
            return redirect("plan_proposal_list", plan_code)
    return _reason_page(request, context, known, row, form, _("Take back %(what)s"), _("Take back"))


def _kind(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _subject(request: UserRequest, plan: Plan, kind: Kind, code: str) -> Subject:
    for model in kind.subjects:
        rows = model.objects.visible_to(request.user).of_plan(plan).select_related("plan")
        if hasattr(model, "phase"):
            rows = rows.select_related("phase")
        if found := rows.filter(code=code).first():
            return found
    raise Http404


def _row(request: UserRequest, plan: Plan, kind: Kind, pk: int) -> Decided:
    rows = kind.rows(request.user, plan).filter(recorded_by__isnull=False, voided_at__isnull=True)
    row: Decided = get_object_or_404(rows, pk=pk)
    return row


def _initial(kind: Kind, subject: Any, measure_key: str) -> dict[str, Any]:
    """What is in force now, to be changed."""
    if kind is TARGET:
        now = target_in_force(subject.targets.standing(), subject.phase.window.last)
        return {"low": now.low, "high": now.high, "due_year": now.due_year} if now else {}
    if kind is MEASURE:
        subject.standing_choices = list(subject.measure_choices.standing())
        key, parameters = measure_in_force(subject, timezone.localdate())
        return {"measure_parameters": parameters} if key == measure_key else {}
    return {}


def _form_page(
    request: UserRequest,
    context: dict[str, Any],
    kind: Kind,
    subject: Subject,
    form: ProposalForm,
    title: str,
) -> HttpResponse:
    measure = getattr(form, "measure", None)
    context |= {
        "title": title,
        "lead": _("A programme lead who did not enter it approves it; until then nothing changes."),
        "subject": subject,
        "form": form,
        "submit": _("Send for approval"),
        "cancel_url": subject.get_absolute_url(),
        "measure": measure,
        "measure_form": MeasureKeyForm({"do": measure.key if measure else ""})
        if kind is MEASURE
        else None,
    }
    return render(request, "programs/plan_proposal_form.html", context)


def _reason_page(
    request: UserRequest,
    context: dict[str, Any],
    kind: Kind,
    row: Decided,
    form: SeenForm,
    title: str,
    submit: str,
) -> HttpResponse:
    subject = kind.subject_of(row)
    context |= {
        "title": title % {"what": f"{kind.label} {subject.code}"},
        "lead": kind.told(row),
        "subject": subject,
        "form": form,
        "submit": submit,
        "cancel_url": reverse("plan_proposal_list", args=[context["plan"].code]),
    }
    return render(request, "programs/plan_proposal_form.html", context)
