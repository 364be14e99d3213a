"""When a session was last used, noted every few minutes for the list of sessions."""

import time

from django.contrib.sessions.backends.base import SessionBase

NOTED, EVERY = "use_noted", 300


def note(session: SessionBase) -> None:
    """Note the use of a session now, at login for the first time."""
    session[NOTED] = time.time()


def is_due(session: SessionBase) -> bool:
    """Whether a use is to be noted again; sessions that no login began are not listed."""
    noted: float | None = session.get(NOTED)
    return noted is not None and time.time() - noted > EVERY
