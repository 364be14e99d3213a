"""Acts on sessions: seen, ended."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record


def session_seen(*, key: str | None) -> None:
    """Note that a session is in use."""
    UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())


@transaction.atomic
def session_end(*, session: UserSession, by: User) -> None:
    """Sign a person out on one device of theirs."""
    record(act="session_end", by=by, target=by, after={"remote_address": session.ip})
    _end([session.session_key])


@transaction.atomic
def session_end_all(*, by: User) -> int:
    """Sign a person out everywhere; returns on how many devices."""
    ended = sessions_drop(user=by)
    record(act="session_end_all", by=by, target=by, after={"sessions": ended})
    return ended


def sessions_drop(*, user: User, keep: str | None = None) -> int:
    """End the sessions of a person, but for the one with the key ``keep``, as part of an act."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    keys = list(sessions.values_list("session_key", flat=True))
    _end(keys)
    return len(keys)


def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
