"""Nominations from the side of who nominates: draft, check, submission, withdrawal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation, User
from accounts.requests import UserRequest
from core.http import domain_errors_as_messages, domain_errors_in_form, require
from core.lists import list_page
from core.registers import panels
from enterprises import nomination_policies as policies
from enterprises import nomination_selectors as selectors
from enterprises import services
from enterprises.choices import DossierState, NominationState
from enterprises.mend_fields import mend_labels
from enterprises.models import Enterprise, Nomination, NominationRound
from enterprises.nomination_filters import NominationFilter
from enterprises.nomination_forms import NominationForm, NominationSeenForm, WithdrawForm
from enterprises.nomination_rules import Obstacle, ground_of, obstacles
from enterprises.nomination_tables import STATE_CHIPS, NominationTable
from enterprises.views.rounds import require_here, round_seen

CHECK = "kiem-tra"


@require_safe
def nomination_list(request: UserRequest) -> HttpResponseBase:
    """List the nominations that the person sees: a unit officer's own, all that came in."""
    require_here(request)
    user = request.user

    def filters(*args: Any, **kwargs: Any) -> NominationFilter:
        return NominationFilter(*args, user=user, **kwargs)

    taking = NominationRound.objects.taking_nominations(timezone.localdate())
    return list_page(
        request,
        queryset=selectors.nominations_listed(user),
        filter_class=filters,
        table_class=NominationTable,
        template="enterprises/nomination_list.html",
        export_name="de-cu",
        context={
            "own": bool(policies.organisations_of(user)),
            "open_round": taking.order_by("closes_on").first(),
        },
    )


@require_safe
def nomination_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show a nomination: what it says, its files, every step, and what may be done."""
    nomination = nomination_seen(request, pk)
    user = request.user
    state = nomination.standing_state
    reviews = bool(policies.can_read_review(user))
    steps = selectors.all_steps(nomination) if reviews else selectors.told_steps(nomination)
    context = {
        "nomination": nomination,
        "state": state,
        "chip": STATE_CHIPS[state],
        "title": heading(nomination),
        "seen": enterprise_is_seen(user, nomination),
        "steps": steps,
        "letters": selectors.files_of([nomination])[nomination.pk].letters,
        "mend": mend_labels(nomination.mend_fields),
        "edit": policies.can_edit_nomination(user, nomination),
        "withdraw": policies.can_withdraw(user, nomination),
        "discard": policies.can_discard(user, nomination),
        "reviews": reviews,
        "panels": panels.render("nomination", request, nomination),
    }
    return render(request, "enterprises/nomination_detail.html", context)


def heading(nomination: Nomination) -> str:
    """Return the sentence that says how a nomination stands."""
    told = {
        NominationState.DRAFT: _("%(name)s: a draft, not submitted yet"),
        NominationState.SUBMITTED: _("%(name)s: submitted, the Department reviews it"),
        NominationState.RETURNED: _("%(name)s: to be mended by %(day)s"),
        NominationState.WITHDRAWN: _("%(name)s: withdrawn"),
        DossierState.SHORTLISTED: _("%(name)s: on the shortlist"),
        DossierState.SELECTED: _("%(name)s: selected for support"),
        DossierState.NOT_SELECTED: _("%(name)s: not selected"),
    }[nomination.standing_state]
    day = f"{nomination.mend_by:%d/%m/%Y}" if nomination.mend_by else ""
    return told % {"name": nomination.enterprise_name, "day": day}


def enterprise_is_seen(user: User, nomination: Nomination) -> bool:
    """Whether the person sees more of the enterprise than its name."""
    enterprise = nomination.enterprise
    if enterprise is None:
        return False
    return Enterprise.objects.visible_to(user).filter(pk=enterprise.pk).exists()


@sensitive_post_parameters("tax_code")
@require_http_methods(["GET", "HEAD", "POST"])
def nomination_add(request: UserRequest, pk: int) -> HttpResponse:
    """Begin a nomination in a round."""
    one = round_seen(request, pk)
    require(policies.can_nominate(request.user, one))
    organisations = policies.organisations_of(request.user)
    form = NominationForm(
        *_typed(request),
        one=one,
        organisations=organisations,
        instance=Nomination(round=one),
        initial={"task": request.GET.get("task")},
    )
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            nomination = services.nomination_add(
                one=one,
                organisation=_chosen(form, organisations),
                values=form.values,
                files=form.brought,
                by=request.user,
            )
        if outcome.done:
            return _saved(request, nomination)
    return _form_page(request, form, one, _("Nominate an enterprise"), one.get_absolute_url())


@sensitive_post_parameters("tax_code")
@require_http_methods(["GET", "HEAD", "POST"])
def nomination_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Go on with a draft, or mend what was returned; with ``?kiem-tra`` what lacks is told."""
    nomination = nomination_seen(request, pk)
    require(policies.can_edit_nomination(request.user, nomination))
    options: dict[str, Any] = {"one": nomination.round, "organisations": [nomination.organisation]}
    name = nomination.enterprise_name
    form = NominationForm(*_typed(request), instance=nomination, **options)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            nomination = services.nomination_edit(
                nomination=nomination,
                values=form.values,
                files=form.brought,
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            return _saved(request, nomination)
    elif request.method != "POST" and CHECK in request.GET:
        form = _told_what_lacks(request, nomination, form, options)
    title = _("Nomination of %(name)s") % {"name": name}
    back = nomination.get_absolute_url()
    return _form_page(request, form, nomination.round, title, back, nomination)


def _told_what_lacks(
    request: UserRequest, nomination: Nomination, form: NominationForm, options: dict[str, Any]
) -> NominationForm:
    """Return the form as it is saved, with everything that stands in the way of submitting it."""
    found = _obstacles(request, nomination)
    if not found:
        return form
    saved = {name: form[name].value() for name in form.fields}
    saved = {name: "" if value is None else value for name, value in saved.items()}
    told = NominationForm(saved, instance=nomination, **options)
    told.is_valid()
    told.tell(found)
    return told


def _obstacles(request: UserRequest, nomination: Nomination) -> list[Obstacle]:
    ground = ground_of(
        nomination.round,
        nomination.organisation,
        [nomination],
        request.user,
        timezone.localdate(),
    )
    return obstacles(nomination, ground)


def _saved(request: UserRequest, nomination: Nomination) -> HttpResponse:
    """Lead on: to the check page, back to the form with what lacks, or to the draft."""
    if "check" not in request.POST:
        told = _("Saved: %(name)s. Nobody else sees it before you submit it.")
        messages.success(request, told % {"name": nomination.enterprise_name})
        return redirect(nomination)
    if _obstacles(request, nomination):
        return redirect(f"{reverse('nomination_edit', args=[nomination.pk])}?{CHECK}=1")
    return redirect("nomination_submit", nomination.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_submit(request: UserRequest, pk: int) -> HttpResponse:
    """Show the answers to be checked, then submit them."""
    nomination = nomination_seen(request, pk)
    require(policies.can_submit(request.user, nomination))
    found = _obstacles(request, nomination)
    form = NominationSeenForm(
        request.POST if request.method == "POST" else None, instance=nomination
    )
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.nomination_submit(
                nomination=nomination, version=form.seen_version, by=request.user
            )
        if outcome.done:
            told = _("Submitted: %(name)s. The Department has been told.")
            messages.success(request, told % {"name": nomination.enterprise_name})
            return redirect(nomination)
        nomination = nomination_seen(request, pk)
        found = _obstacles(request, nomination)
    files = selectors.files_of([nomination])[nomination.pk]
    name = nomination.enterprise_name
    title = _("Check before you submit: %(name)s") % {"name": name}
    if found:
        title = _("Not ready to be submitted yet: %(name)s") % {"name": name}
    context = {
        "nomination": nomination,
        "form": form,
        "obstacles": found,
        "title": title,
        "letters": files.letters,
        "files": files.evidence,
        "edit_url": reverse("nomination_edit", args=[nomination.pk]),
    }
    return render(request, "enterprises/nomination_submit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take a nomination back."""
    nomination = nomination_seen(request, pk)
    require(policies.can_withdraw(request.user, nomination))
    form = WithdrawForm(request.POST if request.method == "POST" else None, instance=nomination)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.nomination_withdraw(
                nomination=nomination,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            told = _("Withdrawn: %(name)s. Its place is free again.")
            messages.success(request, told % {"name": nomination.enterprise_name})
            return redirect(nomination)
    context = {
        "nomination": nomination,
        "form": form,
        "title": _("Withdraw the nomination of %(name)s") % {"name": nomination.enterprise_name},
        "submit": _("Withdraw the nomination"),
        "cancel_url": nomination.get_absolute_url(),
        "cancel_label": _("Go back"),
    }
    return render(request, "enterprises/nomination_act.html", context)


@require_POST
def nomination_discard(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    nomination = nomination_seen(request, pk)
    one = nomination.round
    with domain_errors_as_messages(request) as outcome:
        services.nomination_discard(nomination=nomination, by=request.user)
    if outcome.done:
        messages.success(request, _("The draft was discarded."))
    return redirect(one)


def nomination_seen(request: UserRequest, pk: int) -> Nomination:
    """Return a nomination that the person sees."""
    rows = selectors.nominations_listed(request.user).select_related(
        "new_area", "submitted_by", "drafted_by", "batch", "enterprise__area"
    )
    return get_object_or_404(rows, pk=pk)


def _chosen(form: NominationForm, organisations: list[Organisation]) -> Organisation:
    chosen: Organisation = form.cleaned_data.get("organisation") or organisations[0]
    return chosen


def _typed(request: UserRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _form_page(
    request: UserRequest,
    form: NominationForm,
    one: NominationRound,
    title: str,
    back: str,
    nomination: Nomination | None = None,
) -> HttpResponse:
    returned = nomination is not None and nomination.state == NominationState.RETURNED
    context = {
        "form": form,
        "one": one,
        "nomination": nomination,
        "returned": returned,
        "mend": mend_labels(nomination.mend_fields) if nomination else [],
        "title": title,
        "cancel_url": back,
        "letters": selectors.files_of_letter(nomination) if nomination else [],
    }
    return render(request, "enterprises/nomination_form.html", context)
