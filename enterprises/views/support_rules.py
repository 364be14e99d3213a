"""The rules of support, which the Department keeps."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.days import day_asked
from core.http import domain_errors_in_form, require
from enterprises import services
from enterprises import support_policies as policies
from enterprises.models import SupportRule
from enterprises.models.support_rules import EVERY_KIND, kind_labels
from enterprises.support_forms import (
    RuleEndForm,
    RuleReasonForm,
    RuleSeenForm,
    SupportRuleForm,
)


@require_safe
def support_rule_list(request: UserRequest) -> HttpResponse:
    """Show the rules in force on a day, and those that nobody approved yet."""
    _reader(request)
    user = request.user
    day, day_form = day_asked(request)
    rows = SupportRule.objects.visible_to(user).select_related("recorded_by", "returned_by")
    labels = {"": str(EVERY_KIND), **kind_labels()}
    context = {
        "day": day,
        "day_form": day_form,
        "rules": [
            (rule, labels.get(rule.kind, rule.kind), policies.can_end_rule(user, rule),
             policies.can_void_rule(user, rule))
            for rule in rows.in_force(day)
        ],
        "waiting": [
            (rule, labels.get(rule.kind, rule.kind), policies.can_decide_rule(user, rule),
             policies.can_void_rule(user, rule))
            for rule in rows.proposed()
        ],
        "add": policies.can_propose_rule(user),
    }  # fmt: skip
    return render(request, "enterprises/support_rule_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def support_rule_add(request: UserRequest) -> HttpResponse:
    """Enter a rule, which another person approves."""
    _reader(request)
    require(policies.can_propose_rule(request.user))
    form = SupportRuleForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.support_rule_add(values=form.values, by=request.user)
        if outcome.done:
            messages.success(request, _("Entered; it binds once another person approves it."))
            return redirect("support_rule_list")
    title = _("Add a rule of support")
    lead = _("A programme lead who did not enter it approves it.")
    return _page(request, form, title, lead, _("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
def support_rule_approve(request: UserRequest, pk: int) -> HttpResponse:
    """Let a rule bind."""
    rule = _rule(request, pk)
    require(policies.can_decide_rule(request.user, rule))
    form = RuleSeenForm(_typed(request), instance=rule)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.support_rule_approve(rule=rule, version=form.seen_version, by=request.user)
        if outcome.done:
            messages.success(request, _("Approved: %(name)s.") % {"name": rule})
            return redirect("support_rule_list")
    title = _("Approve the rule: %(name)s") % {"name": rule}
    lead = _("A rule of this kind without an end then ends on the day before it begins.")
    return _page(request, form, title, lead, _("Approve"), rule)


@require_http_methods(["GET", "HEAD", "POST"])
def support_rule_return(request: UserRequest, pk: int) -> HttpResponse:
    """Send a rule back, with a reason."""
    rule = _rule(request, pk)
    require(policies.can_decide_rule(request.user, rule))
    form = RuleReasonForm(_typed(request), instance=rule)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.support_rule_return(
                rule=rule,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("Returned: %(name)s.") % {"name": rule})
            return redirect("support_rule_list")
    title = _("Return the rule: %(name)s") % {"name": rule}
    return _page(request, form, title, "", _("Return it"), rule)


@require_http_methods(["GET", "HEAD", "POST"])
def support_rule_end(request: UserRequest, pk: int) -> HttpResponse:
    """Say until when a rule binds."""
    rule = _rule(request, pk)
    require(policies.can_end_rule(request.user, rule))
    form = RuleEndForm(_typed(request), instance=rule)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.support_rule_end(
                rule=rule,
                valid_to=form.cleaned_data["valid_to"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("The end is recorded: %(what)s.") % {"what": rule})
            return redirect("support_rule_list")
    title = _("End the rule: %(name)s") % {"name": rule}
    return _page(request, form, title, _("The day itself still belongs to it."), _("Save"), rule)


@require_http_methods(["GET", "HEAD", "POST"])
def support_rule_void(request: UserRequest, pk: int) -> HttpResponse:
    """Take a rule back that was entered wrongly."""
    rule = _rule(request, pk)
    require(policies.can_void_rule(request.user, rule))
    form = RuleReasonForm(_typed(request), instance=rule)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.support_rule_void(
                rule=rule,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("Voided: %(name)s.") % {"name": rule})
            return redirect("support_rule_list")
    title = _("Void the rule: %(name)s") % {"name": rule}
    lead = _("It leaves every date, as if it had never been entered.")
    return _page(request, form, title, lead, _("Take back"), rule)


def _reader(request: UserRequest) -> None:
    if not policies.can_read_rules(request.user):
        raise Http404


def _rule(request: UserRequest, pk: int) -> SupportRule:
    _reader(request)
    rules = SupportRule.objects.visible_to(request.user).filter(voided_at__isnull=True)
    return get_object_or_404(rules, pk=pk)


def _page(
    request: UserRequest,
    form: Any,
    title: str,
    lead: str,
    submit: str,
    rule: SupportRule | None = None,
) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "rule": rule,
        "submit": submit,
        "cancel_url": reverse("support_rule_list"),
    }
    return render(request, "enterprises/support_rule_form.html", context)


def _typed(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None
