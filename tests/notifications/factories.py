"""Notices, mails and work that waits, for tests."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from accounts.models import User
from core.registers import worklist
from core.registers.worklist import Item
from notifications.models import Notice, OutboxMail
from notifications.services import notice_send
from notifications.services.reminders import REMINDER

# Markup in a text: nothing of it may ever work as markup.
MARKUP = '<img src=x onerror="alert(1)">'

_numbers = count(1)


def notice(person: User, **values: Any) -> Notice:
    """A notice in a person's inbox, new."""
    values = {"kind": REMINDER, "title": "Cần xem lại", "url": "/tim-kiem/?q=ISO", **values}
    (made,) = notice_send(to=[person], **values)
    return made


def mail(**values: Any) -> OutboxMail:
    """A mail in the outbox."""
    number = next(_numbers)
    values = {
        "to": f"nguoi{number}@vidu.invalid",
        "from_email": "nscl@vidu.invalid",
        "subject": f"Thư {number}",
        "body": "Nội dung",
        "message_id": f"<{number}@vidu.invalid>",
        **values,
    }
    return OutboxMail.objects.create(**values)


def item(key: str = "viec:1", due: dt.date | None = None, **values: Any) -> Item:
    """A thing that waits."""
    values = {"title": "Duyệt đề cử", "url": "/ke-hoach/", "detail": "", **values}
    return Item(key=key, due=due, **values)


@contextmanager
def work(items: dict[int, list[Item]], label: str = "Đề cử") -> Iterator[None]:
    """Let these things wait for the people of these keys, and nothing else for anybody."""
    before = list(worklist._providers)
    worklist._providers[:] = [worklist.Provider(label, lambda person: items.get(person.pk, []), 10)]
    try:
        yield
    finally:
        worklist._providers[:] = before
