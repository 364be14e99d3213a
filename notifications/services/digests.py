"""One mail a day with what is new in an inbox."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from notifications.models import Notice
from notifications.services.letters import address, letter


def digests_send() -> int:
    """Mail everyone what they have neither read nor got by mail yet; returns how many mails."""
    waiting = Notice.objects.not_mailed().values("recipient")
    people = User.objects.filter(is_active=True, pk__in=waiting).order_by("pk")
    return sum(digest_send(user=person) for person in people)


@transaction.atomic
def digest_send(*, user: User) -> bool:
    """Mail a person the new notices of their inbox, each in one digest only."""
    new = list(Notice.objects.visible_to(user).not_mailed().select_for_update().order_by("at"))
    if not new:
        return False
    told = ngettext("%(count)d new notice", "%(count)d new notices", len(new))
    lines = [(notice, address(notice.safe_url)) for notice in new]
    letter(user, told % {"count": len(new)}, "digest", {"lines": lines}).send()
    Notice.objects.filter(pk__in=[notice.pk for notice in new]).update(mailed_at=timezone.now())
    return True
