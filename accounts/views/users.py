"""The pages of people: who has an account, and what administrators do with it."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import policies, services
from accounts.choices import Role
from accounts.devices import device_label
from accounts.models import Membership, User
from accounts.people_filters import UserFilter
from accounts.people_forms import MembershipEndForm, RoleForm, UserForm
from accounts.people_tables import UserTable
from accounts.requests import UserRequest
from accounts.selectors import (
    memberships_visible_to,
    sessions_of,
    users_visible_to,
    with_roles,
    with_second_factor,
    with_user_state,
)
from accounts.views.scope import reviewers_only
from core.forms import ReasonForm
from core.http import domain_errors_in_form, require
from core.lists import list_page
from core.registers import panels

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@reviewers_only
def user_list(request: UserRequest) -> HttpResponseBase:
    """List the people who have an account."""
    users = with_user_state(with_second_factor(users_visible_to(request.user)), timezone.now())
    return list_page(
        request,
        queryset=with_roles(users),
        filter_class=UserFilter,
        table_class=UserTable,
        template="accounts/user_list.html",
        export_name="nguoi-dung",
        context={
            "user_count": users.filter(is_active=True).count(),
            "may_administer": policies.can_administer(request.user),
        },
    )


@require_safe
def user_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show what a person may do, their second factor, sessions and history."""
    user = _visible(request, pk)
    today = timezone.localdate()
    context = {
        "person": user,
        "memberships": [
            (membership, _time_state(membership, today))
            for membership in user.memberships.select_related("organisation").order_by(
                "-valid_from", "-pk"
            )
        ],
        "factors": Authenticator.objects.filter(user=user).order_by("created_at", "pk"),
        "sessions": [(one, device_label(one.user_agent)) for one in sessions_of(user)],
        "may_administer": policies.can_administer(request.user),
        "may_change_roles": policies.can_change_roles(request.user, user),
        "may_close": policies.can_close(request.user, user),
        "may_reset": policies.can_reset_second_factor(request.user, user),
        "panels": panels.render("user", request, user),
    }
    return render(request, "accounts/user_detail.html", context)


@form_methods
def user_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct the name of a person."""
    user = _visible(request, pk)
    require(policies.can_administer(request.user))
    form = UserForm(request.POST or None, instance=User.objects.get(pk=user.pk))

    def act() -> None:
        services.user_edit(user=user, full_name=form.cleaned_data["full_name"], by=request.user)

    page = {"title": _("Correct the name of %(name)s") % {"name": user}, "submit": _("Save")}
    return _answer(request, user, form, act, page, _("The name has been changed."))


@form_methods
def user_close(request: UserRequest, pk: int) -> HttpResponse:
    """Close an account."""
    user = _visible(request, pk)
    require(policies.can_close(request.user, user))
    form = ReasonForm(request.POST or None)

    def act() -> None:
        services.user_close(user=user, reason=form.cleaned_data["reason"], by=request.user)

    page = {
        "title": _("Close the account of %(name)s") % {"name": user},
        "lead": _("Whoever is signed in with it is cut off at once. It can be opened again."),
        "submit": _("Close the account"),
    }
    return _answer(request, user, form, act, page, _("The account is closed."))


@form_methods
def user_reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    user = _visible(request, pk)
    require(policies.can_close(request.user, user))
    form = ReasonForm(request.POST or None)

    def act() -> None:
        services.user_reopen(user=user, reason=form.cleaned_data["reason"], by=request.user)

    page = {
        "title": _("Open the account of %(name)s again") % {"name": user},
        "lead": _("The roles that it still holds give their rights again at once."),
        "submit": _("Open the account"),
    }
    return _answer(request, user, form, act, page, _("The account is open again."))


@form_methods
def user_mfa_reset(request: UserRequest, pk: int) -> HttpResponse:
    """Take away the second factors of a person who lost them."""
    user = _visible(request, pk)
    require(policies.can_reset_second_factor(request.user, user))
    form = ReasonForm(request.POST or None)

    def act() -> None:
        services.user_mfa_reset(user=user, reason=form.cleaned_data["reason"], by=request.user)

    page = {
        "title": _("Reset the second factor of %(name)s") % {"name": user},
        "lead": _(
            "First make sure by telephone or in person who asks. Phone, passkeys and recovery "
            "codes stop working, all sessions end, and at the next sign-in the person sets up a "
            "new second factor."
        ),
        "submit": _("Reset the second factor"),
    }
    return _answer(request, user, form, act, page, _("The second factor has been reset."))


@form_methods
def membership_grant(request: UserRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    user = _visible(request, pk)
    require(policies.can_change_roles(request.user, user))
    form = RoleForm(request.POST or None)

    def act() -> None:
        values = form.role_values
        role = Role(values.pop("role"))
        services.membership_grant(user=user, role=role, by=request.user, **values)

    page = {"title": _("Give %(name)s a role") % {"name": user}, "submit": _("Give the role")}
    return _answer(request, user, form, act, page, _("The role has been given."))


@form_methods
def membership_end(request: UserRequest, pk: int) -> HttpResponse:
    """Let a role end."""
    visible = memberships_visible_to(request.user).select_related("user", "organisation")
    membership = get_object_or_404(visible, pk=pk)
    user = membership.user
    require(policies.can_change_roles(request.user, user))
    form = MembershipEndForm(request.POST or None)

    def act() -> None:
        services.membership_end(
            membership=membership,
            last_day=form.chosen_last_day,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )

    page = {
        "title": _("End a role of %(name)s") % {"name": user},
        "lead": f"{membership.get_role_display()}, {membership.organisation}",
        "submit": _("End the role"),
    }
    return _answer(request, user, form, act, page, _("The end of the role is recorded."))


def _visible(request: UserRequest, pk: int) -> User:
    return get_object_or_404(with_second_factor(users_visible_to(request.user)), pk=pk)


def _time_state(membership: Membership, today: Any) -> str:
    if membership.valid_from > today:
        return "upcoming"
    return "ended" if membership.valid_to and membership.valid_to < today else "valid"


def _answer(
    request: UserRequest,
    user: User,
    form: forms.BaseForm,
    act: Callable[[], None],
    page: dict[str, str],
    done: str,
) -> HttpResponse:
    """Do the act when its form is sent and right; else show the form."""
    back = reverse("user_detail", args=[user.pk])
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            act()
        if outcome.done:
            messages.success(request, done)
            return redirect(back)
    context = {**page, "form": form, "cancel_url": back, "person": user}
    return render(request, "accounts/user_form.html", context)
