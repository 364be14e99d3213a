"""A session ends when nobody did anything for a while, and after a working day at the latest."""

import datetime as dt
from enum import StrEnum

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

BEGAN, SEEN = "session_began", "session_seen"
# Sent by a page that asks by itself: the person does nothing.
QUIET_HEADER = "X-Portal-Quiet"


class End(StrEnum):
    """Why a session ended, as the address of the login page says it."""

    IDLE = "idle"
    ABSOLUTE = "absolute"
    # Signed out elsewhere, or closed out.
    GONE = "gone"


def now() -> float:
    """Return the moment in seconds since 1970."""
    return timezone.now().timestamp()


def begin(session: SessionBase) -> None:
    """Start both clocks, at login."""
    session[BEGAN] = session[SEEN] = now()


def session_begins(*, request: HttpRequest, **_signal: object) -> None:
    """Start both clocks when somebody has logged in."""
    begin(request.session)


def see(session: SessionBase) -> None:
    """Note that the person did something; written only when it makes a difference."""
    if now() - session.get(SEEN, 0) > settings.SESSION_IDLE.total_seconds() / 60:
        session[SEEN] = now()


def seconds_left(session: SessionBase) -> tuple[float, float]:
    """Return how long the session lasts without doing anything, and how long at most."""
    idle: dt.timedelta = settings.SESSION_IDLE
    absolute: dt.timedelta = settings.SESSION_ABSOLUTE
    at = now()
    return (
        session[SEEN] + idle.total_seconds() - at,
        session[BEGAN] + absolute.total_seconds() - at,
    )


def ended(session: SessionBase) -> End | None:
    """Return why the session is over, or nothing while it lasts."""
    if BEGAN not in session or SEEN not in session:
        # Began before there were limits.
        begin(session)
    idle, absolute = seconds_left(session)
    if absolute <= 0:
        return End.ABSOLUTE
    return End.IDLE if idle <= 0 else None


def ask_after(session: SessionBase) -> int:
    """Return after how many seconds a page that stands open has to warn of the end."""
    warning: dt.timedelta = settings.SESSION_WARNING
    idle: dt.timedelta = settings.SESSION_IDLE
    _idle_left, absolute_left = seconds_left(session)
    first_end = min(idle.total_seconds(), absolute_left)
    return round(max(first_end - warning.total_seconds(), 0))
