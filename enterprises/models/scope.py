"""What a unit officer answers for: organisations and areas, with those they took over."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Value
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
    recorded = _successors(Succession).union(_successors(AreaSuccession))
    successors: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for kind, old, new in recorded:
        successors[kind][old].add(new)
    return Scope(
        _grown({place.pk for place in places}, successors["succession"]),
        _grown({p.area_id for p in places if p.area_id}, successors["areasuccession"]),
    )


def _successors(model: type[Succession] | type[AreaSuccession]) -> Any:
    """Return the successions of today as kind, old and new; both kinds come in one statement."""
    kind = Value(model._meta.model_name, output_field=CharField())
    recorded = model._default_manager.filter(on__lte=timezone.localdate()).order_by()
    return recorded.values_list(kind, "predecessor_id", "successor_id")


def _grown(keys: set[int], successors: Mapping[int, set[int]]) -> frozenset[int]:
    """Return the keys and those that passed wholly to one of them, step by step."""
    found = set(keys)
    grown = True
    while grown:
        whole = {old for old, new in successors.items() if len(new) == 1 and new <= found}
        grown = not whole <= found
        found |= whole
    return frozenset(found)
