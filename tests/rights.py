"""The rights table: for every address, what each kind of person gets for GET and for POST.

A room lists its rows in ``tests/<room>/rights.py`` as ``ROWS``; ``tests/house/test_rights.py``
tries them all, and an address without a row fails. ``Row.make`` creates what the address needs and
returns a ``Target``. Whoever is in none of a row's sets finds nothing there: 404.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from accounts.choices import OrganisationKind, Role
from accounts.models import Organisation, User
from programs.models import Plan
from programs.plan_file import read_plan_file
from tests import factories

# People beside those of the roles: a unit officer of another department, someone without a role.
ELSEWHERE = "unit_officer_elsewhere"
NO_ROLE = "no_role"
PEOPLE = (*(role.value for role in Role), ELSEWHERE, NO_ROLE)
UNIT_OFFICERS = frozenset({Role.UNIT_OFFICER.value, ELSEWHERE})

ALL = frozenset(PEOPLE)
WORKERS = ALL - {NO_ROLE}
DOST = frozenset({Role.PROGRAMME_OFFICER.value, Role.PROGRAMME_LEAD.value})
REVIEWERS = frozenset({Role.ADMINISTRATOR.value, Role.PROGRAMME_LEAD.value})


def people(*roles: Role | str) -> frozenset[str]:
    """A set of people by their roles."""
    return frozenset(str(role) for role in roles)


class World:
    """The people and records that the rows share; made at first need."""

    def __init__(self) -> None:
        self.numbers = count(1)

    @cached_property
    def plan(self) -> Plan:
        """Plan 191."""
        return factories.load(read_plan_file(factories.PLAN_191))

    @cached_property
    def dost(self) -> Organisation:
        """The Department of Science and Technology."""
        return factories.organisation(OrganisationKind.DOST)

    @cached_property
    def department(self) -> Organisation:
        """The department of the unit officer."""
        return factories.organisation(OrganisationKind.DEPARTMENT)

    @cached_property
    def users(self) -> dict[str, User]:
        """One person of each kind."""
        made = {}
        for name in PEOPLE:
            made[name] = factories.user(email=f"{name}@quyen.invalid")
            if name == NO_ROLE:
                continue
            role = Role.UNIT_OFFICER if name == ELSEWHERE else Role(name)
            in_dost = name in DOST | {Role.ADMINISTRATOR.value}
            where = self.dost if in_dost else None
            where = self.department if name == Role.UNIT_OFFICER.value else where
            factories.membership(made[name], role, where)
        return made

    def user(self, who: Role | str) -> User:
        """The person of this kind."""
        return self.users[str(who)]


@dataclass(frozen=True)
class Target:
    """Where to send the requests of a row: arguments of the address, query, and a valid POST."""

    args: tuple[Any, ...] = ()
    query: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """What happens at one address.

    ``get`` and ``post`` hold who may (200 or 302); ``get_refused`` and ``post_refused`` who sees
    the thing but may not: 403 with the reason. Everyone else gets 404. ``None`` for a method says
    that the address does not take it: 405 for everyone (404 is also right, where it is not there
    for them). Someone without a role gets 403 with the reason everywhere, but for the pages
    ``without_role``: those of their own account.
    """

    name: str
    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    get_refused: frozenset[str] = frozenset()
    post_refused: frozenset[str] = frozenset()
    make: Callable[[World], Target] = lambda _world: Target()
    without_role: bool = False

    def allowed(self, method: str) -> frozenset[str] | None:
        """Return who may, or ``None`` where the address does not take the method."""
        named = self.get if method == "get" else self.post
        return named if named is None or self.without_role else named - {NO_ROLE}

    def expected(self, method: str, who: str) -> set[int]:
        """Return the answers that are right for this person."""
        if who == NO_ROLE and not self.without_role:
            return {403}
        allowed = self.allowed(method)
        refused = self.get_refused if method == "get" else self.post_refused
        if allowed is None:
            return {405, 404, 403}
        if who in allowed:
            return {200, 302}
        return {403} if who in refused else {404}


def days_ago(days: int) -> dt.date:
    """Return a day before today."""
    return dt.date.today() - dt.timedelta(days=days)  # noqa: DTZ011 - a day of the tests


def names(rows: Iterable[Row]) -> list[str]:
    """Return the addresses that the rows are about."""
    return [row.name for row in rows]
