"""What a unit officer answers for: organisations and areas, with those they took over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.choices import Role
from accounts.models import AreaSuccession, Succession, User


@dataclass(frozen=True, slots=True)
class Scope:
    """Keys of organisations and of areas."""

    organisations: frozenset[int]
    areas: frozenset[int]


def scope_of(user: User) -> Scope:
    """Return what the person answers for as a unit officer today, read once per request.

    Whoever took over the whole of an organisation or area answers for it too. One that was split
    among several passes to none of them by itself: the Department assigns what it managed.
    """
    known: Scope | None = user.__dict__.get("enterprise_scope")
    if known is None:
        known = user.__dict__["enterprise_scope"] = _scope(user)
    return known


def _scope(user: User) -> Scope:
    places = [m.organisation for m in user.current_memberships if m.role == Role.UNIT_OFFICER]
    if not places:
        return Scope(frozenset(), frozenset())
    areas = [place.area_id for place in places if place.area_id]
    return Scope(
        _with_predecessors(Succession, [place.pk for place in places]),
        _with_predecessors(AreaSuccession, areas) if areas else frozenset(),
    )


def _with_predecessors(
    model: type[Succession] | type[AreaSuccession], keys: Iterable[int]
) -> frozenset[int]:
    recorded = model._default_manager.filter(on__lte=timezone.localdate())
    successors = defaultdict(set)
    for old, new in recorded.values_list("predecessor_id", "successor_id"):
        successors[old].add(new)
    found = set(keys)
    grown = True
    while grown:
        whole = {old for old, new in successors.items() if len(new) == 1 and new <= found}
        grown = not whole <= found
        found |= whole
    return frozenset(found)
