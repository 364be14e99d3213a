"""Support cases: the list as at a day, a case with its way, and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.days import day_asked
from core.forms import SeenForm
from core.http import domain_errors_in_form, require
from core.lists import list_page
from core.registers import panels
from documents.choices import AttachmentKind
from documents.policies import sheet_for
from documents.services import attachment_upload
from enterprises import policies as room
from enterprises import services
from enterprises import support_policies as policies
from enterprises import support_selectors as selectors
from enterprises.choices import SupportAct
from enterprises.models import SupportCase, SupportMilestone
from enterprises.models.support_cases import OUTCOMES
from enterprises.support_filters import SupportCaseFilter
from enterprises.support_forms import (
    AcceptanceForm,
    CancelForm,
    CaseReasonForm,
    CaseSeenForm,
    DayOfCaseForm,
    MilestoneDoneForm,
    MilestoneForm,
    MilestoneReasonForm,
)
from enterprises.support_outcomes import label_of
from enterprises.support_tables import STATE_CHIPS, SupportCaseTable


@dataclass(frozen=True, slots=True)
class Words:
    """A step as its page and its button call it, the form that it takes, and its service."""

    slug: str
    title: str | Promise
    button: str | Promise
    lead: str | Promise
    done: str | Promise
    form: type[SeenForm]
    service: Callable[..., SupportCase]


STEPS = {
    SupportAct.START: Words(
        "bat-dau",
        gettext_lazy("Begin the work: %(case)s"),
        gettext_lazy("Note the beginning"),
        gettext_lazy("The day on which the work began by the agreement."),
        gettext_lazy("The work has begun."),
        DayOfCaseForm,
        services.support_case_start,
    ),
    SupportAct.ACCEPT: Words(
        "nghiem-thu/duyet",
        gettext_lazy("Accept: %(case)s"),
        gettext_lazy("Accept"),
        gettext_lazy("From the day of the acceptance on the enterprise counts in the task."),
        gettext_lazy("Accepted; the enterprise counts in the task."),
        CaseSeenForm,
        services.support_case_accept,
    ),
    SupportAct.ACCEPTANCE_RETURN: Words(
        "nghiem-thu/tra-lai",
        gettext_lazy("Return the acceptance: %(case)s"),
        gettext_lazy("Return it"),
        gettext_lazy("Who proposed it reads the reason and mends it."),
        gettext_lazy("Returned; who proposed it has been told."),
        CaseReasonForm,
        services.support_case_acceptance_return,
    ),
    SupportAct.CLOSE: Words(
        "dong",
        gettext_lazy("Close the case: %(case)s"),
        gettext_lazy("Close the case"),
        gettext_lazy("Close it when nothing is left to do; it still counts."),
        gettext_lazy("The case is closed."),
        DayOfCaseForm,
        services.support_case_close,
    ),
    SupportAct.CANCEL: Words(
        "huy",
        gettext_lazy("Cancel the case: %(case)s"),
        gettext_lazy("Cancel the case"),
        gettext_lazy("It ends without an acceptance and does not count. This is not taken back."),
        gettext_lazy("The case is cancelled; who nominated the enterprise has been told."),
        CancelForm,
        services.support_case_cancel,
    ),
    SupportAct.STEP_BACK: Words(
        "lui-buoc",
        gettext_lazy("Take back the last step: %(case)s"),
        gettext_lazy("Take back the last step"),
        gettext_lazy(
            "For a step that was entered wrongly: the case stands where it stood before, and the "
            "figures are corrected."
        ),
        gettext_lazy("The last step is taken back."),
        CaseReasonForm,
        services.support_case_step_back,
    ),
    SupportAct.VOID: Words(
        "huy-ban-ghi",
        gettext_lazy("Void the case: %(case)s"),
        gettext_lazy("Void the case"),
        gettext_lazy(
            "Only for a case that never was, such as a typing error: it leaves every date."
        ),
        gettext_lazy("The case is voided."),
        CaseReasonForm,
        services.support_case_void,
    ),
}


@require_safe
def support_case_list(request: UserRequest) -> HttpResponseBase:
    """List the cases as at a day; the numbers of the task pages lead here."""
    if not room.can_read_register(request.user):
        raise Http404
    day, _form = day_asked(request)
    cases = selectors.cases_listed(request.user, day)
    filters = partial(SupportCaseFilter, user=request.user, day=day)
    return list_page(
        request,
        queryset=cases,
        filter_class=filters,
        table_class=SupportCaseTable,
        template="enterprises/support_case_list.html",
        export_name="HoTro",
        sheet=sheet_for(request.user, "HoTro"),
        table_options={"day": day},
        context={"day": day},
        told_of=lambda listed: {"enterprises": selectors.distinct_enterprises(listed)},
    )


@require_safe
def support_case_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show a case: its way, money, outcome, milestones, files, and what the next step lacks."""
    case = case_seen(request, pk)
    user = request.user
    leads_on = selectors.next_act(case)
    milestones = [
        (one, policies.can_finish_milestone(user, one)) for one in case.milestones.standing()
    ]
    context = {
        "case": case,
        "state": case.state,
        "chip": STATE_CHIPS[case.state],
        "title": _title(case),
        "works": policies.can_work_on_cases(user),
        "acts": [
            (reverse(f"support_case_{act}", args=[case.pk]), STEPS[act].button, decision, act)
            for act, decision in policies.possible_acts(user, case)
            if act in STEPS
        ],
        "propose_acceptance": policies.can_act(user, case, SupportAct.ACCEPTANCE_PROPOSE),
        "leads_on": leads_on,
        "lacking": [] if case.is_voided else list(selectors.lacking_for_next(case)),
        "outcome": label_of(case.outcome) if case.outcome else "",
        "milestones": milestones,
        "keeps": policies.can_keep_milestones(user, case),
        "steps": case.steps.select_related("by"),
        "agreement_panels": panels.render("support_case_agreement", request, case),
        "panels": panels.render("support_case", request, case),
    }
    return render(request, "enterprises/support_case_detail.html", context)


def _title(case: SupportCase) -> str:
    values = {"name": case.enterprise, "task": case.task.code, "day": _day(case)}
    if case.is_voided:
        return _("%(name)s, %(task)s: voided") % values
    told = {
        "selected": _("%(name)s, %(task)s: selected on %(day)s, not agreed yet"),
        "agreed": _("%(name)s, %(task)s: agreed on %(day)s, not begun yet"),
        "in_progress": _("%(name)s, %(task)s: in progress since %(day)s"),
        "accepted": _("%(name)s, %(task)s: accepted on %(day)s"),
        "closed": _("%(name)s, %(task)s: closed on %(day)s"),
        "cancelled": _("%(name)s, %(task)s: cancelled on %(day)s"),
    }[case.state.value]
    return told % values


def _day(case: SupportCase) -> str:
    day = {
        "selected": case.selected_on,
        "agreed": case.agreed_on,
        "in_progress": case.started_on,
        "accepted": case.accepted_on,
        "closed": case.closed_on,
        "cancelled": case.cancelled_on,
    }[case.state.value]
    return f"{day:%d/%m/%Y}" if day else "…"


def named(act: SupportAct) -> Callable[..., HttpResponse]:
    """Return the view of a step: ``support_case_start``."""

    def of_act(request: UserRequest, pk: int) -> HttpResponse:
        return _step(request, pk, act)

    of_act.__name__ = of_act.__qualname__ = f"support_case_{act}"
    of_act.__doc__ = _step.__doc__
    return require_http_methods(["GET", "HEAD", "POST"])(of_act)


def _step(request: UserRequest, pk: int, act: SupportAct) -> HttpResponse:
    """Show what a step asks for, then take it."""
    case = case_seen(request, pk)
    require(policies.can_act(request.user, case, act))
    words = STEPS[act]
    form = words.form(_typed(request), instance=case)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            asked = {n: v for n, v in form.cleaned_data.items() if n != "version"}
            words.service(case=case, version=form.seen_version, by=request.user, **asked)
        if outcome.done:
            messages.success(request, str(words.done))
            return redirect(case)
    return act_page(
        request,
        case,
        form,
        title=words.title % {"case": case},
        lead=words.lead,
        submit=words.button,
        shows_acceptance=act in {SupportAct.ACCEPT, SupportAct.ACCEPTANCE_RETURN},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def support_case_acceptance_propose(request: UserRequest, pk: int) -> HttpResponse:
    """Enter the acceptance record, which a second person accepts."""
    case = case_seen(request, pk)
    require(policies.can_act(request.user, case, SupportAct.ACCEPTANCE_PROPOSE))
    files = request.FILES if request.method == "POST" else None
    form = AcceptanceForm(_typed(request), files, instance=case)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome, transaction.atomic():
            services.support_case_acceptance_propose(
                case=SupportCase.objects.get(pk=pk),
                values=form.acceptance,
                version=form.seen_version,
                by=request.user,
            )
            if scan := form.cleaned_data.get("scan"):
                kind = AttachmentKind.MINUTES
                attachment_upload(record=case, title="", kind=kind, file=scan, by=request.user)
        if outcome.done:
            told = _("The acceptance is proposed; a programme lead accepts it.")
            messages.success(request, told)
            return redirect(case)
    return act_page(
        request,
        case,
        form,
        title=_("Propose the acceptance: %(case)s") % {"case": case},
        lead=_("A programme lead accepts it; until then the case is still in progress."),
        submit=_("Propose the acceptance"),
    )


# --- Milestones -------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def support_milestone_add(request: UserRequest, pk: int) -> HttpResponse:
    """Plan a step of the work."""
    case = case_seen(request, pk)
    require(policies.can_keep_milestones(request.user, case))
    form = MilestoneForm(_typed(request), instance=SupportMilestone(case=case))
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.support_milestone_add(case=case, by=request.user, **form.cleaned_data)
        if outcome.done:
            messages.success(request, _("The milestone is planned."))
            return redirect(case)
    title = _("Add a milestone: %(case)s") % {"case": case}
    return act_page(request, case, form, title=title, lead="", submit=_("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
def support_milestone_done(request: UserRequest, pk: int, milestone_pk: int) -> HttpResponse:
    """Note that a step of the work is done."""
    case, milestone = _milestone(request, pk, milestone_pk)
    form = MilestoneDoneForm(_typed(request), instance=milestone)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.support_milestone_done(
                milestone=milestone,
                on=form.cleaned_data["on"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("The milestone is done."))
            return redirect(case)
    title = _("Done: %(milestone)s") % {"milestone": milestone}
    return act_page(request, case, form, title=title, lead=str(case), submit=_("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
def support_milestone_void(request: UserRequest, pk: int, milestone_pk: int) -> HttpResponse:
    """Take a step of the work out of the plan of a case."""
    case, milestone = _milestone(request, pk, milestone_pk)
    form = MilestoneReasonForm(_typed(request), instance=milestone)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.support_milestone_void(
                milestone=milestone,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("The milestone is taken out."))
            return redirect(case)
    title = _("Take out: %(milestone)s") % {"milestone": milestone}
    return act_page(request, case, form, title=title, lead=str(case), submit=_("Take out"))


def _milestone(
    request: UserRequest, pk: int, milestone_pk: int
) -> tuple[SupportCase, SupportMilestone]:
    case = case_seen(request, pk)
    standing = case.milestones.standing().select_related("case__enterprise", "case__task__phase")
    milestone = get_object_or_404(standing, pk=milestone_pk)
    require(policies.can_finish_milestone(request.user, milestone))
    return case, milestone


# --- Parts of pages ---------------------------------------------------------------------------


def case_seen(request: UserRequest, pk: int) -> SupportCase:
    """Return a case that the person sees, with what its pages show; else 404."""
    rows = SupportCase.objects.visible_to(request.user).select_related(
        "enterprise__area", "task__phase", "task__plan", "dossier__decision", *OUTCOMES
    )
    people = ("agreement_by", "agreement_approved_by", "acceptance_by", "acceptance_approved_by")
    return get_object_or_404(rows.select_related(*people), pk=pk)


def act_page(
    request: UserRequest,
    case: SupportCase,
    form: Any,
    *,
    title: str,
    lead: Any,
    submit: Any,
    shows_acceptance: bool = False,
) -> HttpResponse:
    """Show the page of a step of a case."""
    context = {
        "case": case,
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit,
        "cancel_url": case.get_absolute_url(),
        "cancel_label": _("Go back"),
        "shows_acceptance": shows_acceptance,
        "outcome": label_of(case.outcome) if case.outcome else "",
    }
    return render(request, "enterprises/support_act.html", context)


def _typed(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None
