"""Reminding people of what waits for them: once at 7 working days, at 1, and when overdue."""

import datetime as dt
import logging

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.models import Notice
from notifications.selectors import Horizon, Waiting, people_at_work, waiting_for, working_days
from notifications.services.notices import notice_send

logger = logging.getLogger(__name__)

REMINDER = "reminder"


class RemindersIncompleteError(Exception):
    """Some people could not be reminded; the next run tries them again."""


def reminders_send(*, day: dt.date) -> int:
    """Remind everyone of what is near or over on a working day; returns how many reminders.

    A run that was missed is made up for: what is sent is the stage that the day has reached.
    Raises ``RemindersIncompleteError`` after everyone else was reminded.
    """
    days = working_days()
    if not days.is_working_day(day):
        return 0
    horizon = Horizon.of(day, days)
    sent = failed = 0
    for person in people_at_work(day):
        try:
            sent += len(_remind(person, horizon))
        except Exception:
            logger.exception("Person %d could not be reminded.", person.pk)
            failed += 1
    if failed:
        raise RemindersIncompleteError(f"{failed} people could not be reminded.")
    return sent


@transaction.atomic
def _remind(person: User, horizon: Horizon) -> list[Notice]:
    made: list[Notice] = []
    for waiting in waiting_for(person, horizon):
        if waiting.stage:
            made += notice_send(
                kind=REMINDER,
                to=[person],
                title=f"{capfirst(waiting.told)}: {waiting.item.title}",
                text="\n".join(filter(None, (_due_line(waiting), waiting.item.detail))),
                url=waiting.item.url,
                key=reminder_key(waiting),
            )
    return made


def reminder_key(waiting: Waiting) -> str:
    """Name a reminder for ever: another due date, after an extension, is another reminder."""
    return f"{REMINDER}:{waiting.stage}:{waiting.item.due}:{waiting.item.key}"


def _due_line(waiting: Waiting) -> str:
    line = _("%(kind)s, due %(due)s")
    return line % {"kind": waiting.kind, "due": f"{waiting.item.due:%d/%m/%Y}"}
