"""Telling people something, in their inbox at once and by mail as they chose."""

from collections.abc import Iterable

from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from core.registers import notices
from core.text import search_key
from notifications.models import Notice
from notifications.selectors import digest_readers
from notifications.services.letters import address, letter

TITLE_LENGTH = 200


@transaction.atomic
def notice_send(
    *, kind: str, to: Iterable[User], title: str, text: str = "", url: str = "", key: str = ""
) -> list[Notice]:
    """Tell people something, in the transaction of the act that it is about.

    ``kind`` is one that a room registered, ``url`` a path of the portal. With a ``key`` nobody is
    told the same thing twice, whoever tells it again. Closed accounts get nothing. Returns the
    notices that are new.

    Raises ``ValueError`` for a kind that no room registered.
    """
    if not notices.known(kind):
        raise ValueError(f"The kind of notice {kind} is registered by no room.")
    people = {person.pk: person for person in to if person.is_active}
    if key:
        _alone_with(key)
        told = Notice.objects.filter(key=key, recipient__in=people.keys())
        for pk in told.values_list("recipient_id", flat=True):
            del people[pk]
    in_digest = digest_readers(people.values())
    now = timezone.now()
    title = Truncator(title).chars(TITLE_LENGTH)
    made = [
        Notice(
            recipient=person,
            kind=kind,
            title=title,
            text=text,
            url=url,
            key=key,
            at=now,
            mailed_at=None if person.pk in in_digest else now,
            search_key=search_key(f"{title} {text}"),
        )
        for person in people.values()
    ]
    Notice.objects.bulk_create(made)
    mails = [_mail(notice) for notice in made if notice.mailed_at]
    if mails:
        get_connection().send_messages(mails)
    return made


@transaction.atomic
def notice_read(*, notice: Notice, by: User) -> None:
    """Note that a person has read a notice of theirs.

    The trail is of acts on records: what people read is not kept there.
    """
    Notice.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=timezone.now())


@transaction.atomic
def notices_read(*, by: User) -> int:
    """Note that a person has read their whole inbox; returns how many notices were new."""
    return Notice.objects.visible_to(by).unread().update(read_at=timezone.now())


def _alone_with(key: str) -> None:
    """Let two who tell the same thing at the same moment wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"notice {key}"])


def _mail(notice: Notice) -> EmailMessage:
    context = {"notice": notice, "url": address(notice.safe_url)}
    return letter(notice.recipient, notice.title, "notice", context)
