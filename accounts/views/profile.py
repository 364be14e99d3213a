"""The pages of one's own account: who am I, and where am I signed in."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.devices import device_label
from accounts.requests import UserRequest
from accounts.selectors import sessions_of


@require_safe
def profile(request: UserRequest) -> HttpResponse:
    """Show a person their own account."""
    context = {
        "memberships": request.user.memberships.select_related("organisation").order_by(
            "-valid_from", "-pk"
        ),
        "factors": Authenticator.objects.filter(user=request.user).order_by("created_at", "pk"),
        "session_count": sessions_of(request.user).count(),
    }
    return render(request, "accounts/profile.html", context)


@require_safe
def session_list(request: UserRequest) -> HttpResponse:
    """Show a person where they are signed in."""
    here = request.session.session_key
    sessions = [
        (session, device_label(session.user_agent), session.session_key == here)
        for session in sessions_of(request.user)
    ]
    return render(request, "accounts/session_list.html", {"sessions": sessions})


@require_POST
def session_end(request: UserRequest, pk: int) -> HttpResponse:
    """Sign out on one device."""
    session = get_object_or_404(sessions_of(request.user), pk=pk)
    here = session.session_key == request.session.session_key
    services.session_end(session=session, by=request.user)
    if here:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, _("That device is signed out."))
    return redirect("session_list")


@require_POST
def session_end_all(request: UserRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    services.session_end_all(by=request.user)
    request.session.flush()
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")
