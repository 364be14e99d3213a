"""Accounts that nobody uses: a notice, then disabled, then opened again by whoever reads the mail.

TCVN 14423: accounts idle for 45 days are disabled. Demo accounts stay; so does the administrator
without whom nobody could help the others.
"""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policies
from accounts.choices import Role
from accounts.models import Membership, User
from accounts.selectors import IDLE_AFTER, last_seen
from audit.actors import System
from audit.services import record
from core.errors import DomainError

logger = logging.getLogger(__name__)

NOTICE = dt.timedelta(days=7)
# The nightly run does not begin on the second.
SLACK = dt.timedelta(hours=1)
LINK_LASTS = dt.timedelta(days=3)
ONE_MAIL_IN = dt.timedelta(minutes=10)
SALT = "accounts.idle_account"
BY = System("idle_accounts_check")


def idle_accounts_check(*, now: dt.datetime) -> tuple[int, int]:
    """Warn and disable who is due; return how many were warned and how many disabled.

    Nobody is disabled who was not warned at least 7 days before, however late the run.
    """
    idle = User.objects.filter(is_active=True, is_demo=False, disabled_idle_at__isnull=True)
    idle = idle.alias(seen=last_seen())
    disabled = sum(
        _each(_disable, user, now)
        for user in idle.filter(
            seen__lte=now - IDLE_AFTER,
            idle_warned_at__gte=F("seen"),
            idle_warned_at__lte=now - NOTICE + SLACK,
        ).order_by("pk")
    )
    due = idle.filter(seen__lte=now - IDLE_AFTER + NOTICE).order_by("pk")
    warned = sum(_each(_warn, user, now) for user in due.exclude(idle_warned_at__gte=F("seen")))
    return warned, disabled


def idle_account_ask(*, email: str, link: Callable[[str], str]) -> None:
    """Mail the link that opens an idle account again; nothing is told about any other address.

    ``link`` makes an address of the portal whole.
    """
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None or user.disabled_idle_at is None:
        return
    if not cache.add(f"idle_account_ask:{user.pk}", 1, ONE_MAIL_IN.total_seconds()):
        return
    url = link(reverse("idle_account_reopen", args=[link_token(user)]))
    _mail(user, "idle_account_link", _("Open your account again"), {"url": url})


def idle_account_of(token: str) -> User:
    """Return whose account a link opens.

    Raises ``DomainError`` when the link is not ours, too old, or was used.
    """
    told = _("This link is not valid any more; ask for a new one.")
    try:
        read: dict[str, Any] = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        raise DomainError(told) from None
    user = User.objects.filter(pk=read["user"], is_active=True).first()
    if user is None or user.disabled_idle_at is None or _moment(user) != read["disabled"]:
        raise DomainError(told)
    return user


@transaction.atomic
def idle_account_reopen(*, token: str) -> User:
    """Open an idle account again; whoever has the link reads the mail of the account.

    They still log in with the password and the second factor.
    """
    user = User.objects.select_for_update().get(pk=idle_account_of(token).pk)
    idle_account_of(token)
    before = {"disabled_idle_at": user.disabled_idle_at}
    user.disabled_idle_at, user.idle_warned_at = None, None
    user.reopened_at = timezone.now()
    user.save(update_fields=["disabled_idle_at", "idle_warned_at", "reopened_at"])
    after = {"disabled_idle_at": None, "reopened_at": user.reopened_at}
    record(act="idle_account_reopen", by=user, target=user, before=before, after=after)
    return user


def link_token(user: User) -> str:
    """Return what a link carries that opens the account again, once."""
    return signing.dumps({"user": user.pk, "disabled": _moment(user)}, salt=SALT)


def _moment(user: User) -> str:
    return user.disabled_idle_at.isoformat() if user.disabled_idle_at else ""


def _each(act: Callable[[User, dt.datetime], bool], user: User, now: dt.datetime) -> bool:
    """Act on one person; what fails for them is tried again next night, the others go on."""
    try:
        with transaction.atomic():
            locked = User.objects.select_for_update(skip_locked=True).filter(
                pk=user.pk,
                last_login=user.last_login,
                idle_warned_at=user.idle_warned_at,
                disabled_idle_at=None,
            )
            found = locked.first()
            return found is not None and act(found, now)
    except Exception:
        logger.exception("The idle account %d could not be looked after.", user.pk)
        return False


def _warn(user: User, now: dt.datetime) -> bool:
    user.idle_warned_at = now
    user.save(update_fields=["idle_warned_at"])
    on = timezone.localtime(now + NOTICE).strftime("%d/%m/%Y")
    _mail(user, "idle_account_notice", _("Your account will be closed for disuse"), {"on": on})
    return True


def _disable(user: User, now: dt.datetime) -> bool:
    if _is_last_administrator(user):
        logger.warning("The idle account %d is of the last administrator and stays.", user.pk)
        return False
    user.disabled_idle_at = now
    user.save(update_fields=["disabled_idle_at"])
    after = {"disabled_idle_at": now}
    record(act="idle_account_disable", by=BY, target=user, after=after)
    _mail(user, "idle_account_disabled", _("Your account was closed for disuse"), {})
    return True


def _is_last_administrator(user: User) -> bool:
    today = Membership.objects.valid_at(timezone.localdate()).filter(role=Role.ADMINISTRATOR)
    # Two nightly runs at once must not disable each other's last one.
    held = list(today.select_for_update(of=("self",)).select_related("user").order_by("pk"))
    if user.pk not in {one.user_id for one in held}:
        return False
    return not any(policies.can_log_in(one.user) for one in held if one.user_id != user.pk)


def _mail(user: User, template: str, subject: str, context: dict[str, Any]) -> None:
    text = render_to_string(f"accounts/email/{template}.txt", context)
    send_mail(subject, text, None, [user.email])
