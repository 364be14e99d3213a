"""The portal always has an administrator."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Membership, User
from accounts.models.memberships import MembershipQuerySet
from core.errors import DomainError


def administrators_lock() -> None:
    """Let whoever removes an administrator wait for whoever does so at the same moment."""
    held = Membership.objects.filter(role=Role.ADMINISTRATOR).select_related("user")
    list(held.select_for_update(of=("self", "user")).order_by("pk"))


def require_administrator_without(
    *, membership: Membership | None = None, user: User | None = None, day: dt.date | None = None
) -> None:
    """Refuse unless another administrator is there from the day on and has no end.

    Ask after ``administrators_lock``: what others do at the same moment counts.
    """
    lasting = _lasting_administrators(day or timezone.localdate())
    if membership is not None:
        lasting = lasting.exclude(pk=membership.pk)
    if user is not None:
        lasting = lasting.exclude(user=user)
    if not lasting.exists():
        raise DomainError(
            _(
                "Nobody else would administer the portal without an end date; give another person "
                "the role of administrator first."
            )
        )


def _lasting_administrators(day: dt.date) -> MembershipQuerySet:
    held = Membership.objects.valid_at(day).filter(role=Role.ADMINISTRATOR, valid_to__isnull=True)
    held = held.filter(user__is_active=True, user__disabled_idle_at__isnull=True)
    return held if settings.DEMO else held.exclude(user__is_demo=True)
