"""The review of nominations: the queue, a dossier, and the steps, for one or for many at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.decisions import Decision
from core.http import domain_errors_in_form, require
from core.lists import list_page
from core.registers import panels
from enterprises import nomination_policies as policies
from enterprises import nomination_selectors as selectors
from enterprises import services
from enterprises.choices import DossierState, NominationAct
from enterprises.models import Dossier
from enterprises.nomination_filters import DossierFilter
from enterprises.nomination_forms import ConflictForm, ReturnForm, ReviewForm, default_mend_by
from enterprises.nomination_tables import STATE_CHIPS, DossierTable
from enterprises.views.nominations import nomination_seen

SLUGS = {
    NominationAct.SHORTLIST: "so-tuyen",
    NominationAct.PROPOSE: "de-xuat-chon",
    NominationAct.TAKE_BACK: "rut-de-xuat",
    NominationAct.SELECT: "xac-nhan-chon",
    NominationAct.REFUSE: "khong-chon",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What a step of the review is called on its page and on its button."""

    title: str | Promise
    button: str | Promise
    hint: str | Promise
    service: Callable[..., list[Dossier]]


WORDS = {
    NominationAct.SHORTLIST: Words(
        gettext_lazy("Put on the shortlist"),
        gettext_lazy("Put on the shortlist"),
        gettext_lazy("For the Department only; leave it empty if there is nothing to say."),
        services.dossier_shortlist,
    ),
    NominationAct.PROPOSE: Words(
        gettext_lazy("Propose the selection"),
        gettext_lazy("Propose the selection"),
        gettext_lazy("For the lead who confirms it: why these enterprises."),
        services.dossier_propose,
    ),
    NominationAct.TAKE_BACK: Words(
        gettext_lazy("Take the proposal back"),
        gettext_lazy("Back to the shortlist"),
        gettext_lazy("The person who proposed it reads it."),
        services.dossier_take_back,
    ),
    NominationAct.SELECT: Words(
        gettext_lazy("Confirm the selection"),
        gettext_lazy("Confirm the selection"),
        gettext_lazy("For the Department only; leave it empty if there is nothing to say."),
        services.dossier_select,
    ),
    NominationAct.REFUSE: Words(
        gettext_lazy("Do not select"),
        gettext_lazy("Do not select"),
        gettext_lazy("Everyone who nominated the enterprise reads it."),
        services.dossier_refuse,
    ),
}


@require_safe
def dossier_list(request: UserRequest) -> HttpResponseBase:
    """List what is under review, by due date, with boxes for steps over many at once."""
    user = request.user
    if not policies.can_read_review(user):
        raise Http404

    def filters(*args: Any, **kwargs: Any) -> DossierFilter:
        return DossierFilter(*args, user=user, **kwargs)

    under_review = Dossier.objects.filter(state__in=policies.UNDER_REVIEW)
    return list_page(
        request,
        queryset=selectors.dossiers_listed(user),
        filter_class=filters,
        table_class=DossierTable,
        template="enterprises/dossier_list.html",
        export_name="ho-so-de-cu",
        context={
            "waiting": under_review.count(),
            "reviews": policies.can_review(user),
            "acts": [
                (reverse(f"dossier_{act}"), WORDS[act].button) for act in policies.acts_of(user)
            ],
        },
        table_options={"user": user, "all_chosen": "all" in request.GET},
    )


@require_safe
def dossier_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show a dossier: every nomination on it, every step, conflicts, and what may be done."""
    dossier = get_object_or_404(selectors.dossiers_listed(request.user), pk=pk)
    user = request.user
    rows = selectors.nominations_listed(user).filter(dossier=dossier).order_by("submitted_at")
    found = list(rows)
    files = selectors.files_of(found)
    for one in found:
        # The conflicts are read already.
        one.dossier = dossier
    nominations = [
        {
            "nomination": one,
            "chip": STATE_CHIPS[one.state],
            "files": files[one.pk].evidence,
            "letters": files[one.pk].letters,
            "give_back": policies.can_return(user, one),
        }
        for one in found
    ]
    state = DossierState(dossier.state)
    context = {
        "dossier": dossier,
        "state": state,
        "chip": STATE_CHIPS[state],
        "title": _title(dossier),
        "nominations": nominations,
        "steps": selectors.all_steps_of(dossier),
        "conflicts": dossier.conflicts.select_related("reviewer"),
        "acts": [
            (
                f"{reverse(f'dossier_{act}')}?dossier={dossier.pk}:{dossier.version}",
                WORDS[act].button,
                decision,
            )
            for act, decision in policies.possible_acts(user, dossier)
        ],
        "conflict": policies.can_declare_conflict(user, dossier),
        "reviews": policies.can_review(user),
        "panels": panels.render("dossier", request, dossier),
    }
    return render(request, "enterprises/dossier_detail.html", context)


def _title(dossier: Dossier) -> str:
    values = {
        "name": dossier.enterprise,
        "task": dossier.task.code,
        "day": f"{dossier.round.review_by:%d/%m/%Y}",
    }
    told = {
        DossierState.WAITING: _("%(name)s for %(task)s: to be reviewed by %(day)s"),
        DossierState.RETURNED: _("%(name)s for %(task)s: returned, to be mended"),
        DossierState.SHORTLISTED: _("%(name)s for %(task)s: on the shortlist"),
        DossierState.PROPOSED: _("%(name)s for %(task)s: a second person decides"),
        DossierState.SELECTED: _("%(name)s for %(task)s: selected"),
        DossierState.NOT_SELECTED: _("%(name)s for %(task)s: not selected"),
        DossierState.WITHDRAWN: _("%(name)s for %(task)s: withdrawn"),
    }[DossierState(dossier.state)]
    return told % values


def named(act: NominationAct) -> Callable[..., HttpResponse]:
    """Return the view of a step: ``dossier_select``."""

    def of_act(request: UserRequest) -> HttpResponse:
        return _review(request, act)

    of_act.__name__ = of_act.__qualname__ = f"dossier_{act}"
    of_act.__doc__ = _review.__doc__
    return require_http_methods(["GET", "HEAD", "POST"])(of_act)


def _review(request: UserRequest, act: NominationAct) -> HttpResponse:
    """Show what a step would do to the dossiers that were chosen, then take it, for all or none."""
    if not policies.can_read_review(request.user):
        raise Http404
    require(policies.can_review(request.user))
    asked = request.POST if request.method == "POST" else request.GET
    chosen = dict(_as_seen(value) for value in asked.getlist("dossier"))
    if not chosen:
        messages.error(request, _("Nothing is ticked; tick the dossiers that are meant."))
        return redirect("dossier_list")
    rows = list(selectors.dossiers_listed(request.user).filter(pk__in=chosen))
    if len(rows) != len(chosen):
        raise Http404
    judged = [(row, chosen[row.pk], policies.can_review_by(request.user, row, act)) for row in rows]
    step, words = policies.REVIEW_ACTS[act], WORDS[act]
    if request.method == "POST" or len(judged) == 1:
        _require_all([decision for _row, _version, decision in judged], stale=_stale(judged))
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        needs_reason=step.needs_reason,
        hint=str(words.hint),
    )
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            done = words.service(
                asked=[(row, version) for row, version, _decision in judged],
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        if outcome.done:
            return _done(request, act, done)
    return _preview(request, act, judged, form)


def _as_seen(value: str) -> tuple[int, int]:
    key, _colon, version = value.partition(":")
    if not (key.isascii() and key.isdigit() and version.isascii() and version.isdigit()):
        raise Http404
    return int(key[:18]), int(version[:9])


def _stale(judged: list[tuple[Dossier, int, Decision]]) -> bool:
    """Whether somebody was faster: the service then tells who, when and what."""
    return any(row.version != version for row, version, _decision in judged)


def _require_all(decisions: list[Decision], *, stale: bool) -> None:
    refused = [decision.reason for decision in decisions if not decision]
    if refused and not stale:
        raise PermissionDenied(" ".join(dict.fromkeys(refused)))


def _preview(
    request: UserRequest,
    act: NominationAct,
    judged: list[tuple[Dossier, int, Decision]],
    form: ReviewForm,
) -> HttpResponse:
    words = WORDS[act]
    able = [(row, version) for row, version, decision in judged if decision]
    refused = [(row, decision.reason) for row, _version, decision in judged if not decision]
    number = len(able)
    if len(judged) == 1:
        title = f"{words.title}: {judged[0][0]}"
    else:
        told = ngettext("%(act)s: %(count)d enterprise", "%(act)s: %(count)d enterprises", number)
        title = told % {"act": words.title, "count": number}
    context = {
        "title": title,
        "able": able,
        "refused": refused,
        "form": form,
        "submit": words.button,
        "cancel_url": judged[0][0].get_absolute_url()
        if len(judged) == 1
        else reverse("dossier_list"),
        "cancel_label": _("Go back"),
        "single": judged[0][0] if len(judged) == 1 else None,
    }
    return render(request, "enterprises/dossier_review.html", context)


def _done(request: UserRequest, act: NominationAct, done: list[Dossier]) -> HttpResponse:
    told = {
        NominationAct.SHORTLIST: ngettext(
            "%(count)d enterprise is on the shortlist.",
            "%(count)d enterprises are on the shortlist.",
            len(done),
        ),
        NominationAct.PROPOSE: ngettext(
            "%(count)d selection is proposed; a second person confirms it.",
            "%(count)d selections are proposed; a second person confirms them.",
            len(done),
        ),
        NominationAct.TAKE_BACK: ngettext(
            "%(count)d proposal is taken back.", "%(count)d proposals are taken back.", len(done)
        ),
        NominationAct.SELECT: ngettext(
            "%(count)d enterprise is selected; who nominated it has been told.",
            "%(count)d enterprises are selected; who nominated them has been told.",
            len(done),
        ),
        NominationAct.REFUSE: ngettext(
            "%(count)d enterprise is not selected; who nominated it has been told why.",
            "%(count)d enterprises are not selected; who nominated them has been told why.",
            len(done),
        ),
    }[act]
    messages.success(request, told % {"count": len(done)})
    if len(done) == 1:
        return redirect(done[0])
    return redirect(f"{reverse('dossier_list')}?round={done[0].round_id}&state=any")


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_return(request: UserRequest, pk: int) -> HttpResponse:
    """Send a nomination back to be mended."""
    nomination = nomination_seen(request, pk)
    require(policies.can_return(request.user, nomination))
    initial = {"until": default_mend_by(nomination.round, timezone.localdate())}
    form = ReturnForm(
        request.POST if request.method == "POST" else None, instance=nomination, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.nomination_return(
                nomination=nomination,
                reason=form.cleaned_data["reason"],
                fields=form.cleaned_data["fields_to_mend"],
                mend_by=form.cleaned_data["until"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            told = _("Returned: %(what)s. The organisation has been told.")
            messages.success(request, told % {"what": nomination})
            return redirect(nomination.dossier or nomination)
    context = {
        "nomination": nomination,
        "form": form,
        "title": _("Return the nomination of %(name)s") % {"name": nomination.enterprise_name},
        "lead": str(nomination.organisation),
        "submit": _("Return it"),
        "cancel_url": reverse("dossier_detail", args=[nomination.dossier_id]),
        "cancel_label": _("Go back"),
        "from_review": True,
    }
    return render(request, "enterprises/nomination_act.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conflict_declare(request: UserRequest, pk: int) -> HttpResponse:
    """Declare a conflict of interest."""
    dossier = get_object_or_404(selectors.dossiers_listed(request.user), pk=pk)
    require(policies.can_declare_conflict(request.user, dossier))
    form = ConflictForm(request.POST if request.method == "POST" else None, instance=dossier)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.conflict_declare(
                dossier=dossier, reason=form.cleaned_data["reason"], by=request.user
            )
        if outcome.done:
            told = _("Noted: you take no part in the review of %(what)s.")
            messages.success(request, told % {"what": dossier})
            return redirect(dossier)
    context = {
        "form": form,
        "dossier": dossier,
        "title": _("Declare a conflict of interest: %(what)s") % {"what": dossier},
        "lead": _("You take no part in its review any more; this cannot be taken back."),
        "submit": _("Declare it"),
        "cancel_url": dossier.get_absolute_url(),
        "cancel_label": _("Go back"),
    }
    return render(request, "enterprises/conflict_declare.html", context)
