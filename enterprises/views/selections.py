"""What a round has selected, and the decision on it."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.http import domain_errors_in_form, require
from core.lists import ListFilter, ListTable, list_page
from core.registers import panels
from enterprises import nomination_policies as policies
from enterprises import nomination_selectors as selectors
from enterprises import services
from enterprises.models import Dossier
from enterprises.nomination_tables import DossierTable
from enterprises.round_forms import DecisionForm
from enterprises.views.rounds import round_seen


class SelectionFilter(ListFilter):
    """Selected enterprises by words."""

    class Meta:
        model = Dossier
        fields = ("q",)


class SelectionTable(DossierTable):
    """What was selected, with the decision."""

    lasting_columns: ClassVar = frozenset({"enterprise"})
    first_columns: ClassVar = frozenset({"tax_code", "task", "named_by", "cost", "decision"})

    decision = tables.Column(gettext_lazy("Decision"), linkify=False, orderable=False)

    class Meta(ListTable.Meta):
        model = Dossier
        fields = ("enterprise", "tax_code", "task", "named_by", "cost", "decision")
        exclude = ("choose", "round", "submitted_at", "due", "state")
        order_by = ("task", "enterprise")
        caption = gettext_lazy("Selected enterprises")


@require_safe
def selection_list(request: UserRequest, pk: int) -> HttpResponseBase:
    """List what a round has selected, for the annex to the decision."""
    one = round_seen(request, pk)
    if not policies.can_read_review(request.user):
        raise Http404
    selected = selectors.dossiers_listed(request.user).selected().filter(round=one)
    record = policies.can_record_decision(request.user, one)
    return list_page(
        request,
        queryset=selected.select_related("decision"),
        filter_class=SelectionFilter,
        table_class=SelectionTable,
        template="enterprises/selection_list.html",
        export_name="duoc-chon",
        context={
            "one": one,
            "selected": selected.count(),
            "unnamed": selected.filter(decision__isnull=True).count(),
            "record": record,
            "panels": panels.render("selection_list", request, one),
        },
        table_options={"user": request.user, "all_chosen": False},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def selection_decision_record(request: UserRequest, pk: int) -> HttpResponse:
    """Record the decision by which the selection is approved."""
    one = round_seen(request, pk)
    if not policies.can_read_review(request.user):
        raise Http404
    require(policies.can_record_decision(request.user, one))
    form = DecisionForm(request.POST if request.method == "POST" else None, initial=_issuer())
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            instrument = services.selection_decision_record(
                one=one, values=form.cleaned_data, by=request.user
            )
        if outcome.done:
            told = _("Recorded: decision %(what)s.")
            messages.success(request, told % {"what": instrument})
            return redirect("selection_list", pk)
    unnamed = one.dossiers.selected().filter(decision__isnull=True)
    context: dict[str, Any] = {
        "one": one,
        "form": form,
        "unnamed": unnamed.select_related("enterprise", "task"),
        "title": _("Record the decision on the selection: %(round)s") % {"round": one},
        "lead": _("It names every selected enterprise below."),
        "submit": _("Record the decision"),
        "cancel_url": reverse("selection_list", args=[pk]),
        "cancel_label": _("Go back"),
    }
    return render(request, "enterprises/selection_decision.html", context)


def _issuer() -> dict[str, str]:
    return {"issuer": _("Department of Science and Technology")}
