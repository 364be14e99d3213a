"""The pages on which records of an enterprise are added, corrected, ended and voided.

One set of views for all kinds; ``enterprises.record_urls`` gives each kind its addresses.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.decisions import Decision
from core.form_fields import DayField
from core.forms import seen_form
from core.http import domain_errors_in_form
from enterprises import record_policies as policies
from enterprises.choices import ApprovalState, ProposedAct
from enterprises.kinds import KEY_LIST_ENTRY, Record, RecordKind
from enterprises.models import Enterprise, KeyListEntry
from enterprises.record_forms import FORMS, VoidForm, end_form_of
from enterprises.services import acts_of

View = Callable[..., HttpResponseBase]
SUGGESTED_YEARS = 3


@require_http_methods(["GET", "HEAD", "POST"])
def record_add(request: UserRequest, pk: int, *, kind: RecordKind) -> HttpResponse:
    """Record a fact about an enterprise; the address may carry a first choice."""
    enterprise = _enterprise(request, pk)
    _require(policies.can_record(request.user, enterprise))
    form_class = FORMS[kind.name]
    initial = {name: request.GET[name] for name in kind.fields if name in request.GET}
    form = form_class(_typed(request), enterprise=enterprise, initial=initial)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            acts = acts_of(kind)
            record = acts.add(enterprise=enterprise, values=form.values, by=request.user)
        if outcome.done:
            return _done(request, kind, record, _("Recorded: %(what)s."))
    return _page(request, kind, enterprise, form, _("Add: %(what)s"), _("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
def record_edit(request: UserRequest, pk: int, record_pk: int, *, kind: RecordKind) -> HttpResponse:
    """Correct a record."""
    enterprise, record = _record(request, pk, record_pk, kind)
    name = str(record)
    _require(policies.can_edit(request.user, kind, record))
    form = FORMS[kind.name](
        _typed(request), enterprise=enterprise, instance=record, initial=_proposed(record)
    )
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            record = acts_of(kind).edit(
                record=record, values=form.values, version=form.seen_version, by=request.user
            )
        if outcome.done:
            return _done(request, kind, record, _("Saved: %(what)s."))
    return _page(
        request, kind, enterprise, form, _("Correct: %(what)s"), _("Save"), record, name=name
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record_end(request: UserRequest, pk: int, record_pk: int, *, kind: RecordKind) -> HttpResponse:
    """End a record on a day; withdraw a certificate."""
    enterprise, record = _record(request, pk, record_pk, kind)
    name = str(record)
    _require(policies.can_end(request.user, kind, record))
    form = end_form_of(kind)(_typed(request), kind=kind, instance=record)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            record = acts_of(kind).end(
                record=record, values=form.values, version=form.seen_version, by=request.user
            )
        if outcome.done:
            return _done(request, kind, record, _("The end is recorded: %(what)s."))
    withdrawal = kind.end_date == "withdrawn_on"
    title = _("Withdraw: %(what)s") if withdrawal else _("End: %(what)s")
    return _page(request, kind, enterprise, form, title, _("Save"), record, name=name)


@require_http_methods(["GET", "HEAD", "POST"])
def record_void(request: UserRequest, pk: int, record_pk: int, *, kind: RecordKind) -> HttpResponse:
    """Void a record that was never true."""
    enterprise, record = _record(request, pk, record_pk, kind)
    name = str(record)
    _require(policies.can_void(request.user, kind, record))
    form = seen_form(VoidForm, kind.model)(_typed(request), instance=record)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            record = acts_of(kind).void(
                record=record,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            return _done(request, kind, record, _("Voided: %(what)s."))
    lead = _(
        "Void only what was never true, such as a typing error; it then counts on no day. "
        "What has ended or was withdrawn is ended instead."
    )
    title = _("Void: %(what)s")
    return _page(request, kind, enterprise, form, title, _("Void"), record, name=name, lead=lead)


@require_safe
def certificate_expiry_hint(request: UserRequest, pk: int) -> HttpResponse:
    """Suggest an expiry for the day of issue that was typed; the paper decides."""
    _enterprise(request, pk)
    day = _day(request.GET.get("issued_on", ""))
    context = {"suggested": day and _years_later(day, SUGGESTED_YEARS), "years": SUGGESTED_YEARS}
    return render(request, "enterprises/partials/expiry_hint.html", context)


def named(view: View, name: str, kind: RecordKind) -> View:
    """Return the view of a kind under the name of its act: ``product_add``."""

    def of_kind(request: UserRequest, **arguments: int) -> HttpResponseBase:
        return view(request, kind=kind, **arguments)

    of_kind.__name__ = of_kind.__qualname__ = name
    of_kind.__doc__ = view.__doc__
    return of_kind


def _enterprise(request: UserRequest, pk: int) -> Enterprise:
    return get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)


def _record(
    request: UserRequest, pk: int, record_pk: int, kind: RecordKind
) -> tuple[Enterprise, Record]:
    enterprise = _enterprise(request, pk)
    return enterprise, get_object_or_404(kind.records_of(enterprise), pk=record_pk)


def _require(decision: Decision) -> None:
    if not decision:
        raise PermissionDenied(decision.reason)


def _typed(request: UserRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _proposed(record: Record) -> dict[str, Any]:
    """Return the values of a proposed correction, so that it can be corrected in turn."""
    proposal = getattr(record, "proposal", None) or {}
    values = proposal.get("values", {}) if proposal.get("act") == ProposedAct.EDIT else {}
    return {
        name: KeyListEntry._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
        for name, value in values.items()
    }


def _done(request: UserRequest, kind: RecordKind, record: Record, sentence: str) -> HttpResponse:
    messages.success(request, sentence % {"what": f"{kind.label} – {record}"})
    if kind is KEY_LIST_ENTRY and record.approval in policies.WAITING:
        if record.approval == ApprovalState.NEW:
            told = _("It counts as soon as another person has approved it.")
        else:
            told = _("The entry stays as it is until another person has approved the change.")
        messages.info(request, told)
    enterprise = kind.enterprise_of(record)
    return redirect(f"{enterprise.get_absolute_url()}#{kind.anchor}")


def _page(
    request: UserRequest,
    kind: RecordKind,
    enterprise: Enterprise,
    form: forms.BaseForm,
    title: str,
    submit: str,
    record: Record | None = None,
    *,
    name: str = "",
    lead: str = "",
) -> HttpResponse:
    context = {
        "kind": kind,
        "enterprise": enterprise,
        "form": form,
        "title": title % {"what": f"{kind.label}: {name}" if name else kind.label},
        "submit": submit,
        "record": record,
        "lead": lead,
        "cancel_url": f"{enterprise.get_absolute_url()}#{kind.anchor}",
        # “Hủy” beside “Hủy bỏ hồ sơ” would mislead.
        "cancel_label": _("Go back"),
    }
    return render(request, "enterprises/record_form.html", context)


def _day(text: str) -> dt.date | None:
    try:
        day: dt.date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return day


def _years_later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
