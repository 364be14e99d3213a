"""Nomination rounds: list, page, and what the Department does with them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import UserRequest
from core.http import domain_errors_in_form, require
from core.lists import list_page
from enterprises import nomination_policies as policies
from enterprises import nomination_selectors as selectors
from enterprises import services
from enterprises.choices import DossierState, RoundState
from enterprises.models import NominationRound
from enterprises.models.nominations import STANDING
from enterprises.nomination_filters import RoundFilter
from enterprises.nomination_tables import ROUND_CHIPS, STATE_CHIPS, RoundTable
from enterprises.round_forms import RoundCloseForm, RoundExtendForm, RoundForm, RoundSeenForm
from programs.current import current_plan


@require_safe
def round_list(request: UserRequest) -> HttpResponseBase:
    """List the rounds that the person sees, with what they may know of each."""
    require_here(request)
    return list_page(
        request,
        queryset=_counted(request.user),
        filter_class=RoundFilter,
        table_class=RoundTable,
        template="enterprises/round_list.html",
        export_name="dot-de-cu",
        context={
            "prepare": policies.can_review(request.user),
            "open_rounds": NominationRound.objects.visible_to(request.user)
            .taking_nominations(timezone.localdate())
            .count(),
        },
    )


def _counted(user: User) -> Any:
    """Return rounds with how much was nominated and selected: a unit officer's own only."""
    rounds = NominationRound.objects.visible_to(user)
    if policies.can_read_review(user):
        named = Q(dossiers__state__in=[s for s in DossierState if s != DossierState.WITHDRAWN])
        chosen = Q(dossiers__state=DossierState.SELECTED)
        return rounds.annotate(
            nominated=Count("dossiers", filter=named), selected=Count("dossiers", filter=chosen)
        )
    own = Q(
        nominations__organisation__in=policies.scope_of(user).organisations,
        nominations__state__in=STANDING,
    )
    chosen = own & Q(nominations__dossier__state=DossierState.SELECTED)
    return rounds.annotate(
        nominated=Count("nominations", filter=own), selected=Count("nominations", filter=chosen)
    )


@require_safe
def round_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show a round: to who nominates their own part of it, to the Department all of it."""
    one = round_seen(request, pk)
    user = request.user
    reads_all = bool(policies.can_read_review(user))
    context = {
        "one": one,
        "state": one.state,
        "chip": ROUND_CHIPS[one.state],
        "tasks": one.round_tasks.select_related("task").order_by("task__position"),
        "extensions": one.extensions.select_related("by"),
        "reviews": policies.can_review(user),
        "reads_all": reads_all,
    }
    if reads_all:
        counts = selectors.counts_by_state(one)
        context |= {
            "title": _title_for_all(one, counts),
            "counts": [(s, s.label, number) for s, number in counts.items() if number],
            "organisations": selectors.by_organisation(one),
            "acts": _acts(user, one),
        }
    if policies.organisations_of(user):
        context |= _own_part(user, one)
    return render(request, "enterprises/round_detail.html", context)


def _title_for_all(one: NominationRound, counts: Any) -> str:
    waiting = sum(counts[state] for state in policies.UNDER_REVIEW)
    values = {"round": one, "waiting": waiting, "selected": counts[DossierState.SELECTED]}
    if not sum(counts.values()):
        return _("%(round)s: nothing nominated yet") % values
    if not waiting:
        return _("%(round)s: everything is decided, %(selected)s selected") % values
    told = ngettext(
        "%(round)s: %(waiting)s enterprise to decide on, %(selected)s selected",
        "%(round)s: %(waiting)s enterprises to decide on, %(selected)s selected",
        waiting,
    )
    return told % values


def _own_part(user: User, one: NominationRound) -> dict[str, Any]:
    """Return what an officer of a department or commune sees of a round: only what is theirs."""
    organisations = policies.organisations_of(user)
    quotas = [(place, selectors.quota_of(one, place)) for place in organisations]
    left = sum(quota.left for _place, quota in quotas)
    own = selectors.nominations_listed(user).filter(round=one).order_by("-drafted_at")
    rows = [(n, STATE_CHIPS[n.standing_state], n.standing_state.label) for n in own]
    return {
        "title": _title_for_nominator(one, left),
        "quotas": quotas,
        "nominations": rows,
        "nominate": policies.can_nominate(user, one),
        "left": left,
    }


def _title_for_nominator(one: NominationRound, left: int) -> str:
    values = {"round": one, "left": left, "last": f"{one.closes_on:%d/%m/%Y}"}
    match one.state:
        case RoundState.OPEN if left:
            told = ngettext(
                "%(round)s: %(left)s place left for you until %(last)s",
                "%(round)s: %(left)s places left for you until %(last)s",
                left,
            )
        case RoundState.OPEN:
            told = _("%(round)s: all your places are taken")
        case RoundState.UPCOMING:
            told = _("%(round)s: opens soon")
        case _other:
            told = _("%(round)s: takes no more nominations")
    return told % values


def _acts(user: User, one: NominationRound) -> list[tuple[str, str, Any]]:
    """Return what may be done with a round: what, where, and whether or why not."""
    acts = [
        ("round_open", _("Open the round"), policies.can_open(user, one)),
        ("round_edit", _("Correct the round"), policies.can_edit_round(user, one)),
    ]
    if one.opened_at:
        acts = [
            ("round_extend", _("Extend the round"), policies.can_extend(user, one)),
            ("round_close", _("Close the round"), policies.can_close(user, one)),
        ]
    return [(label, reverse(name, args=[one.pk]), decision) for name, label, decision in acts]


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: UserRequest) -> HttpResponse:
    """Prepare a round."""
    require_here(request)
    require(policies.can_review(request.user))
    plan = current_plan(request)
    if plan is None:
        raise Http404
    form = RoundForm(_posted(request), plan=plan)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            one = services.round_create(plan=plan, values=form.values, by=request.user)
        if outcome.done:
            told = _("Prepared: %(round)s. Nobody else sees it before you open it.")
            messages.success(request, told % {"round": one})
            return redirect(one)
    title = _("Prepare a nomination round")
    return _round_form(request, form, title, reverse("round_list"))


@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a round that is not open yet."""
    one = round_seen(request, pk)
    require(policies.can_edit_round(request.user, one))
    name = str(one)
    form = RoundForm(_posted(request), plan=one.plan, instance=one)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.round_edit(
                one=one, values=form.values, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("Saved: %(name)s.") % {"name": form.values["title"]})
            return redirect("round_detail", pk)
    title = _("Correct: %(what)s") % {"what": name}
    return _round_form(request, form, title, reverse("round_detail", args=[pk]))


def _round_form(request: UserRequest, form: RoundForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "submit": _("Save"), "cancel_url": back}
    return render(request, "enterprises/round_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_open(request: UserRequest, pk: int) -> HttpResponse:
    """Show once more what will be read by everyone, then open the round."""
    one = round_seen(request, pk)
    require(policies.can_open(request.user, one))
    form = RoundSeenForm(_posted(request), instance=one)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.round_open(one=one, version=form.seen_version, by=request.user)
        if outcome.done:
            told = _("“%(round)s” is open; every unit officer has been told.")
            messages.success(request, told % {"round": one})
            return redirect(one)
    title = _("Open “%(round)s”?") % {"round": one}
    lead = _("From then on its tasks, quota and criteria stand; its days only get later.")
    return _act_page(request, one, form, title, _("Open the round"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
def round_extend(request: UserRequest, pk: int) -> HttpResponse:
    """Let a round close later."""
    one = round_seen(request, pk)
    require(policies.can_extend(request.user, one))
    initial = {"review_by": one.review_by}
    form = RoundExtendForm(_posted(request), instance=one, initial=initial)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.round_extend(
                one=one,
                closes_on=form.cleaned_data["closes_on"],
                review_by=form.cleaned_data["review_by"],
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            told = _("“%(round)s” takes nominations until %(day)s.")
            day = f"{form.cleaned_data['closes_on']:%d/%m/%Y}"
            messages.success(request, told % {"round": one, "day": day})
            return redirect("round_detail", pk)
    title = _("Extend: %(what)s") % {"what": one}
    lead = _("It takes nominations until %(day)s now.") % {"day": f"{one.closes_on:%d/%m/%Y}"}
    return _act_page(request, one, form, title, _("Extend the round"), lead)


@require_http_methods(["GET", "HEAD", "POST"])
def round_close(request: UserRequest, pk: int) -> HttpResponse:
    """Close a round for good."""
    one = round_seen(request, pk)
    require(policies.can_close(request.user, one))
    early = one.closes_on >= timezone.localdate()
    form = RoundCloseForm(_posted(request), instance=one, early=early)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.round_close(
                one=one,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("“%(round)s” is closed.") % {"round": one})
            return redirect("round_detail", pk)
    title = _("Close: %(what)s") % {"what": one}
    lead = _("Nothing more is taken, and it cannot be opened again. The review goes on.")
    return _act_page(request, one, form, title, _("Close the round"), lead)


def _act_page(
    request: UserRequest,
    one: NominationRound,
    form: forms.BaseForm,
    title: str,
    submit: str,
    lead: str,
) -> HttpResponse:
    context = {
        "one": one,
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit,
        "cancel_url": one.get_absolute_url(),
        "cancel_label": _("Go back"),
        "tasks": one.round_tasks.select_related("task").order_by("task__position"),
        "shows_round": isinstance(form, RoundSeenForm) and not form.fields.keys() - {"version"},
    }
    return render(request, "enterprises/round_act.html", context)


def round_seen(request: UserRequest, pk: int) -> NominationRound:
    """Return a round that the person sees."""
    rounds = NominationRound.objects.visible_to(request.user)
    return get_object_or_404(rounds.select_related("plan", "opened_by", "closed_by"), pk=pk)


def require_here(request: UserRequest) -> None:
    """Answer whoever has nothing to do with rounds that the page is not there."""
    if not policies.can_see_rounds(request.user):
        raise Http404


def _posted(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None
