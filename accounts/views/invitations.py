"""The pages of invitations: for administrators, and for whoever holds a link."""

from allauth.account.forms import LoginForm
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import policies, services
from accounts.choices import Role
from accounts.models import Invitation
from accounts.people_filters import InvitationFilter
from accounts.people_forms import InvitationForm, NewPasswordForm
from accounts.people_tables import INVITATION_CHIPS, InvitationTable
from accounts.requests import UserRequest
from accounts.selectors import invitations_visible_to
from accounts.views.scope import reviewers_only
from core.http import domain_errors_as_messages, domain_errors_in_form, require
from core.lists import list_page
from core.registers import panels

TOKEN = "invitation_token"  # noqa: S105 - where the session keeps it


@require_safe
@reviewers_only
def invitation_list(request: UserRequest) -> HttpResponseBase:
    """List who was invited, and what became of it."""
    invitations = invitations_visible_to(request.user).with_state(timezone.now())
    return list_page(
        request,
        queryset=invitations.select_related("organisation"),
        filter_class=InvitationFilter,
        table_class=InvitationTable,
        template="accounts/invitation_list.html",
        export_name="loi-moi",
        context={
            "open_count": Invitation.objects.open().count(),
            "may_administer": policies.can_administer(request.user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reviewers_only
def invitation_create(request: UserRequest) -> HttpResponse:
    """Invite a person."""
    require(policies.can_administer(request.user))
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.role_values
        with domain_errors_in_form(form) as outcome:
            services.invitation_create(
                email=form.cleaned_data["email"],
                full_name=form.cleaned_data["full_name"],
                organisation=values["organisation"],
                role=Role(values["role"]),
                valid_from=values["valid_from"],
                valid_to=values["valid_to"],
                address=_address(request),
                by=request.user,
            )
        if outcome.done:
            email = form.cleaned_data["email"]
            told = _("The invitation is on its way to %(email)s.")
            messages.success(request, told % {"email": email})
            return redirect("invitation_list")
    context = {
        "title": _("Invite a person"),
        "lead": _(
            "They get a link by mail, choose a password and set up a second factor; from the "
            "first day on they hold the role."
        ),
        "form": form,
        "submit": _("Send the invitation"),
        "cancel_url": reverse("invitation_list"),
    }
    return render(request, "accounts/invitation_form.html", context)


@require_safe
def invitation_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show an invitation and what can be done with it."""
    invitation = _visible(request, pk)
    context = {
        "invitation": invitation,
        "chip": INVITATION_CHIPS[invitation.state],
        "may_change": policies.can_change_invitation(request.user, invitation),
        "panels": panels.render("invitation", request, invitation),
    }
    return render(request, "accounts/invitation_detail.html", context)


@require_POST
def invitation_resend(request: UserRequest, pk: int) -> HttpResponse:
    """Send an invitation again."""
    invitation = _visible(request, pk)
    with domain_errors_as_messages(request) as outcome:
        services.invitation_resend(
            invitation=invitation, address=_address(request), by=request.user
        )
    if outcome.done:
        told = _("The invitation is on its way to %(email)s.")
        messages.success(request, told % {"email": invitation.email})
    return redirect("invitation_detail", pk)


@require_POST
def invitation_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    invitation = _visible(request, pk)
    with domain_errors_as_messages(request) as outcome:
        services.invitation_withdraw(invitation=invitation, by=request.user)
    if outcome.done:
        messages.success(request, _("The invitation is withdrawn; its link opens nothing."))
    return redirect("invitation_detail", pk)


@login_not_required
@never_cache
@require_safe
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token in the session, so that no address that is logged or sent on holds it."""
    request.session[TOKEN] = token
    return redirect("invitation_accept")


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Let whoever holds the link choose a password, and log them in."""
    if request.user.is_authenticated:
        return render(request, "accounts/invitation_signed_in.html")
    token = request.session.get(TOKEN, "")
    invitation = services.invitation_of(token)
    decision = policies.can_accept(invitation)
    if invitation is None or not decision:
        request.session.pop(TOKEN, None)
        services.invitation_refused(token=token)
        context = {"reason": decision.reason}
        return render(request, "accounts/invitation_refused.html", context, status=404)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password1"]
        with domain_errors_in_form(form) as outcome:
            services.invitation_accept(token=token, password=password)
        if outcome.done:
            del request.session[TOKEN]
            return _log_in(request, invitation.email, password)
    page = {"form": form, "invitation": invitation}
    return render(request, "accounts/invitation_accept.html", page)


def _log_in(request: HttpRequest, email: str, password: str) -> HttpResponse:
    """Log in by the same way as everyone, with its limits and a new session."""
    form = LoginForm({"login": email, "password": password}, request=request)
    if form.is_valid():
        answer: HttpResponse = form.login(request, redirect_url=reverse("home"))
        return answer
    messages.success(request, _("Your account is ready; sign in with your new password."))
    return redirect("account_login")


def _visible(request: UserRequest, pk: int) -> Invitation:
    visible = invitations_visible_to(request.user).select_related(
        "organisation", "invited_by", "user"
    )
    return get_object_or_404(visible, pk=pk)


def _address(request: HttpRequest) -> services.Address:
    def address(token: str) -> str:
        return request.build_absolute_uri(reverse("invitation_open", args=[token]))

    return address
