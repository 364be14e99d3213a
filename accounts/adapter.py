"""How allauth logs people in here."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import last_seen, policies
from accounts.lockout import Attempt
from accounts.models import User
from accounts.selectors import with_second_factor
from accounts.services import idle_account_ask, login_locked, password_set


class PortalAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: people are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every sign-up."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password, at login or later, unless too many were wrong."""
        email = credentials.get("email", "")
        attempt = Attempt(account=email, address=self.get_client_ip(request))
        if not attempt.begin():
            raise self.validation_error("too_many_login_attempts")
        try:
            user: User | None = super().authenticate(request, **credentials)
        except ValidationError:
            attempt.forget()
            raise
        if user:
            attempt.forget()
        elif attempt.account in attempt.fail():
            login_locked(email=email)
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again, but for whoever has logged in just now."""
        request = self.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0)
        recent: bool = time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not recent and bool(super().is_reauthentication_required(app=app, **kwargs))

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Stop whoever may not log in after the password and before the session."""
        if not policies.can_log_in(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, whose use is noted from now on."""
        super().login(request, user)
        last_seen.note(request.session)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Mail the way back to whoever proved by the password that the idle account is theirs."""
        if not user.is_active or not user.disabled_idle_at:
            return super().respond_user_inactive(request, user)
        idle_account_ask(email=user.email, link=request.build_absolute_uri)
        return redirect("idle_account_sent")

    def set_password(self, user: User, password: str) -> None:
        """Set a password by the service, whichever page asked for it."""
        password_set(user=user, password=password)


class PortalAuthenticationBackend(AuthenticationBackend):
    """Logs in by e-mail whoever the policy lets in, and cuts off whoever it no longer does."""

    def user_can_authenticate(self, user: User) -> bool:
        """Ask the policy."""
        return bool(policies.can_log_in(user))

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, unless they may no longer log in."""
        user = with_second_factor(User.objects.filter(pk=user_id)).first()
        return user if user and self.user_can_authenticate(user) else None
