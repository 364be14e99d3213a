"""Opening an account again that was closed because nobody used it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.idle_forms import IdleAccountForm
from accounts.services.idle_accounts import idle_account_of
from core.errors import DomainError


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def idle_account_ask(request: HttpRequest) -> HttpResponse:
    """Ask for the link; the answer is the same whatever the address."""
    form = IdleAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        services.idle_account_ask(email=email, link=request.build_absolute_uri)
        return redirect("idle_account_sent")
    return render(request, "accounts/idle_account_ask.html", {"form": form})


@login_not_required
@require_safe
def idle_account_sent(request: HttpRequest) -> HttpResponse:
    """Say where to look for the link."""
    return render(request, "accounts/idle_account_sent.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def idle_account_reopen(request: HttpRequest, token: str) -> HttpResponse:
    """Open the account again, when the person presses the button: mail programs open links too."""
    try:
        user = services.idle_account_reopen(token=token) if request.method == "POST" else None
        if user is None:
            user = idle_account_of(token)
    except DomainError as error:
        context = {"told": error.message}
        return render(request, "accounts/idle_account_refused.html", context, status=400)
    if request.method == "POST":
        messages.success(request, _("Your account is open again. Sign in to use it."))
        return redirect("account_login")
    return render(request, "accounts/idle_account_reopen.html", {"person": user})
