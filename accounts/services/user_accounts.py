"""Acts of administrators on the accounts of people, and what guards them."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policies
from accounts.choices import Role
from accounts.models import User
from accounts.services.administrators import administrators_lock, require_administrator_without
from accounts.services.sessions import sessions_drop
from audit.actors import System
from audit.services import record
from core.errors import DomainError


@transaction.atomic
def user_edit(*, user: User, full_name: str, by: User) -> User:
    """Correct the name of a person."""
    policies.can_administer(by).require()
    user = User.objects.select_for_update().get(pk=user.pk)
    before = {"full_name": user.full_name}
    user.full_name = full_name
    user.full_clean(exclude=["password"])
    user.save(update_fields=["full_name"])
    record(act="user_edit", by=by, target=user, before=before, after={"full_name": full_name})
    return user


@transaction.atomic
def user_close(*, user: User, reason: str, by: User) -> User:
    """Close an account: its sessions end, its roles give nothing while it is closed."""
    administrators_lock()
    policies.can_close(by, user).require()
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise DomainError(_("This account is closed already."))
    if user.memberships.filter(role=Role.ADMINISTRATOR).exists():
        require_administrator_without(user=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions_drop(user=user)
    _record_active(user, act="user_close", by=by, reason=reason)
    return user


@transaction.atomic
def user_reopen(*, user: User, reason: str, by: User) -> User:
    """Open a closed account again, with the roles that it still holds."""
    policies.can_close(by, user).require()
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise DomainError(_("This account is open already."))
    # An account that stood idle before it was closed is not closed for disuse at once.
    user.is_active, user.disabled_idle_at, user.idle_warned_at = True, None, None
    user.reopened_at = timezone.now()
    user.save(update_fields=["is_active", "disabled_idle_at", "idle_warned_at", "reopened_at"])
    _record_active(user, act="user_reopen", by=by, reason=reason)
    return user


def _record_active(user: User, *, act: str, by: User, reason: str) -> None:
    record(
        act=act,
        by=by,
        target=user,
        before={"is_active": not user.is_active},
        after={"is_active": user.is_active},
        reason=reason,
    )


@transaction.atomic
def user_mfa_reset(*, user: User, reason: str, by: User) -> None:
    """Take away the second factors of a person who lost them, and end their sessions.

    At the next login the person sets up a new one before anything else.
    """
    policies.can_reset_second_factor(by, user).require()
    user = User.objects.select_for_update().get(pk=user.pk)
    held = Authenticator.objects.filter(user=user)
    kinds = list(held.order_by("type", "pk").values_list("type", flat=True))
    if not kinds:
        raise DomainError(_("This account has no second factor to take away."))
    held.delete()
    ended = sessions_drop(user=user)
    record(
        act="user_mfa_reset",
        by=by,
        target=user,
        before={"second_factors": kinds},
        after={"second_factors": [], "sessions": ended},
        reason=reason,
    )


@transaction.atomic
def second_factor_changed(*, user: User, act: str, kind: str, keep: str | None = None) -> None:
    """Note that a person added, removed or renewed a second factor of their own.

    With the first one every other session of theirs ends: it began with the password alone.
    """
    kinds = {"second_factors": [kind]}
    before, after = (kinds, {}) if act == "second_factor_remove" else ({}, kinds)
    record(act=act, by=user, target=user, before=before, after=after)
    factors = Authenticator.objects.filter(user=user).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    if act == "second_factor_add" and factors.count() == 1:
        sessions_drop(user=user, keep=keep)


@transaction.atomic
def login_locked(*, email: str) -> None:
    """Note that too many wrong passwords locked an account; an unknown address leaves no trace."""
    if user := User.objects.filter(email=email.lower()).first():
        record(act="login_locked", by=System("login"), target=user)
