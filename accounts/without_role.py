"""Why a person has no role today."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import position
from accounts.services.memberships import TAKEN_BACK
from audit.models import Entry


def why_without_role(user: User) -> str:
    """Return what became of the last role, or when the next one begins, if there is any."""
    today = timezone.localdate()
    held = user.memberships.select_related("organisation")
    ended = held.filter(valid_to__lt=today).order_by("-valid_to", "-pk").first()
    last_day = ended.valid_to if ended and ended.valid_to else dt.date.min
    entry = Entry.objects.filter(act=TAKEN_BACK, before__user=user.audit_name).first()
    if entry and entry.before and timezone.localdate(entry.at) > last_day:
        told = _("Your role (%(role)s) was taken back on %(day)s.")
        return _told(told, entry.before["position"], timezone.localdate(entry.at))
    if ended:
        return _told(_("Your role (%(role)s) ended on %(day)s."), position(ended), last_day)
    upcoming = held.filter(valid_from__gt=today).order_by("valid_from", "pk").first()
    if upcoming:
        told = _("Your role (%(role)s) begins on %(day)s.")
        return _told(told, position(upcoming), upcoming.valid_from)
    return ""


def _told(sentence: str, role: str, day: dt.date) -> str:
    return sentence % {"role": role, "day": f"{day:%d/%m/%Y}"}
