"""The figures beside the lines of the menu, on every page."""

import logging

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.models import User
from core.registers import worklist

logger = logging.getLogger(__name__)

# Acts of others show after so many seconds at the latest; a person's own show at once.
SECONDS = 60


def worklist_count(user: User) -> int:
    """Return how many things wait for the person.

    Every room is asked, which no other page should pay for each time: the figure is kept for a
    minute, by day. Without the cache it is computed.
    """
    try:
        kept: int | None = cache.get(_key(user))
    except RedisError:
        return len(worklist.items(user))
    if kept is None:
        kept = len(worklist.items(user))
        worklist_count_keep(user, kept)
    return kept


def worklist_count_keep(user: User, count: int) -> None:
    """Keep a figure that was just computed."""
    try:
        cache.set(_key(user), count, SECONDS)
    except RedisError:
        logger.warning("The cache does not answer; the menu is counted anew on every page.")


def worklist_count_forget(user: User) -> None:
    """Forget the figure after an act of the person."""
    try:
        cache.delete(_key(user))
    except RedisError:
        logger.warning("The cache does not answer; the menu is counted anew on every page.")


def _key(user: User) -> str:
    return f"worklist:{user.pk}:{timezone.localdate()}"
