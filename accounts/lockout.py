"""Failed logins lock an account for a while, and the network address that they come from.

allauth counts too, but its lock is over as soon as the first failure is old enough, and whoever
succeeds with the second factor wipes what others failed at the same address.
"""

import hashlib
import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Limit:
    """How often attempts of one account, or from one address, may fail."""

    kind: str
    name: str
    failures: int

    def _key(self, part: object) -> str:
        name = hashlib.sha256(self.name.encode()).hexdigest()
        return f"lockout:{self.kind}:{name}:{part}"

    def _minutes(self) -> list[str]:
        now = int(time.time() // MINUTE)
        window = int(settings.LOGIN_LOCK.total_seconds() // MINUTE)
        return [self._key(now - ago) for ago in range(window + 1)]

    @property
    def locked(self) -> bool:
        """Whether attempts are refused at this moment."""
        return bool(cache.get(self._key("until"), 0) > time.time())

    @property
    def reached(self) -> bool:
        """Whether as many attempts failed, or are under way, as may."""
        return self.count() >= self.failures

    def count(self) -> int:
        """Return how many attempts failed, or are under way, in the window of the lock."""
        return sum(cache.get_many(self._minutes()).values())

    def take(self) -> str:
        """Count an attempt before it is tried, and return where it is counted."""
        place = self._minutes()[0]
        cache.add(place, 0, settings.LOGIN_LOCK.total_seconds() + 2 * MINUTE)
        cache.incr(place)
        return place

    def lock(self) -> bool:
        """Refuse attempts from now on; whether they were not refused before."""
        span = settings.LOGIN_LOCK.total_seconds()
        cache.delete_many(self._minutes())
        return cache.add(self._key("until"), time.time() + span, span)


class Attempt:
    """One attempt to log in.

    It is counted before the password is looked at, so that many at once do not get more tries
    than one after the other.
    """

    def __init__(self, *, account: str, address: str) -> None:
        self.account = Limit("account", account.lower(), settings.LOGIN_FAILURES_OF_ACCOUNT)
        self.address = Limit("address", network(address), settings.LOGIN_FAILURES_OF_ADDRESS)
        self.limits = (self.account, self.address)
        self.places: list[str] = []

    def begin(self) -> bool:
        """Count the attempt; whether it may be tried."""
        if any(limit.locked for limit in self.limits):
            return False
        self.places = [limit.take() for limit in self.limits]
        if any(limit.count() > limit.failures for limit in self.limits):
            self.forget()
            return False
        return True

    def forget(self) -> None:
        """Take the attempt back: it did not fail."""
        for place in self.places:
            if cache.get(place):
                cache.decr(place)

    def fail(self) -> list[Limit]:
        """Leave the attempt counted, and return what it locked."""
        return [limit for limit in self.limits if limit.reached and limit.lock()]


def network(address: str) -> str:
    """Return what is counted as one address: of IPv6 the network that a customer gets."""
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed)
