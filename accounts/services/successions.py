"""One organisation continues another: people, their rights and open work pass on."""

import copy
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policies
from accounts.choices import OrganisationKind
from accounts.continuity import ONE_DAY, day_text, refuse_impossible
from accounts.lineage import organisation_lineage
from accounts.models import Membership, Organisation, Succession
from accounts.models.memberships import MembershipQuerySet
from audit.actors import Actor
from audit.services import record
from core.errors import DomainError
from core.registers import successions as register
from core.versions import take

# Who gets what: by the key of a membership, or by ``kind:key`` of a piece of work.
Assigned = Mapping[Any, Organisation]


@transaction.atomic
def succession_record(
    *,
    predecessor: Organisation,
    successors: Sequence[Organisation],
    on: dt.date,
    by: Actor,
    version: int | None = None,
    decision_number: str = "",
    decided_on: dt.date | None = None,
    memberships: Assigned | None = None,
    work: Assigned | None = None,
) -> Organisation:
    """Let organisations continue another from ``on``, which is their first day with its work.

    The old one ends the day before. Its roles go on in the successor from ``on``; with several,
    ``memberships`` and ``work`` say who goes where, the rest goes to the Department of Science and
    Technology. Open work goes over at once, or on ``on`` if that day is to come.

    Raises ``DomainError`` for days out of order, a circle, or a succession recorded already.
    """
    policies.can_edit_organisations(by).require()
    old = take(Organisation.objects.all(), predecessor.pk, version)
    keys = sorted({one.pk for one in successors})
    new = list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=keys))
    refuse_impossible(old, new, on, organisation_lineage())
    after = succeed(
        old,
        new,
        on,
        by=by,
        decision={"decision_number": decision_number, "decided_on": decided_on},
        memberships=memberships or {},
        work=work or {},
    )
    record(act="succession_record", by=by, target=old, after=after)
    return old


@dataclass(frozen=True)
class SuccessionPreview:
    """What a succession would pass on, and to whom it may go."""

    heirs: list[Organisation]
    default: Organisation
    memberships: list[Membership]
    pieces: list[tuple[register.OpenWork, register.Piece]]


def succession_preview(
    *, predecessor: Organisation, successors: Sequence[Organisation], on: dt.date
) -> SuccessionPreview:
    """Return what ``succession_record`` would pass on; raises ``DomainError`` where it would."""
    refuse_impossible(predecessor, successors, on, organisation_lineage())
    default = heir_by_default(successors, predecessor, on)
    people = passing_memberships(predecessor, on).select_related("user").order_by("user__full_name")
    return SuccessionPreview(
        heirs=list(dict.fromkeys([default, *successors])),
        default=default,
        memberships=list(people),
        # What is open on a day to come is not known yet: it passes on that day.
        pieces=list(open_pieces(predecessor)) if on <= timezone.localdate() else [],
    )


@transaction.atomic
def succession_work_pass(*, predecessor: Organisation, by: Actor) -> dict[str, int]:
    """Pass on what is open in an organisation whose succession was recorded for a day to come.

    Twice without change. Returns how many pieces of each kind went over.
    """
    old = Organisation.objects.select_for_update(of=("self",)).get(pk=predecessor.pk)
    waiting = old.successions.filter(work_passed_at=None, on__lte=timezone.localdate())
    new = [one.successor for one in waiting.select_related("successor")]
    if not new:
        return {}
    moved = _pass_work(old, new, by=by, work={})
    waiting.update(work_passed_at=timezone.now())
    record(act="succession_work_pass", by=by, target=old, after={"work": moved})
    return moved


def successions_work_pass(*, by: Actor) -> int:
    """Pass on what is open wherever a succession has come; returns in how many organisations."""
    due = Succession.objects.filter(work_passed_at=None, on__lte=timezone.localdate())
    waiting = Organisation.objects.filter(successions__in=due).distinct().order_by("pk")
    for organisation in waiting:
        succession_work_pass(predecessor=organisation, by=by)
    return len(waiting)


def passing_memberships(old: Organisation, on: dt.date) -> MembershipQuerySet:
    """Return the memberships that a succession on this day passes on."""
    return Membership.objects.filter(organisation=old).ending_from(on)


def open_pieces(old: Organisation) -> Iterator[tuple[register.OpenWork, register.Piece]]:
    """Yield what the organisation has open, with the kind of work that each piece is."""
    for kind in register.kinds():
        for piece in kind.find(old):
            yield kind, piece


def heir_by_default(new: Sequence[Organisation], old: Organisation, on: dt.date) -> Organisation:
    """Return who gets what nobody assigned: the one successor, or among several the Department."""
    if len(new) == 1:
        return new[0]
    departments = Organisation.objects.valid_at(on).filter(kind=OrganisationKind.DOST)
    return departments.exclude(pk=old.pk).order_by("pk").first() or new[0]


def succeed(
    old: Organisation,
    new: Sequence[Organisation],
    on: dt.date,
    *,
    by: Actor,
    decision: Mapping[str, Any],
    memberships: Assigned,
    work: Assigned,
) -> dict[str, Any]:
    """Do what ``succession_record`` says with locked organisations; returns what it did."""
    default = heir_by_default(new, old, on)
    _refuse_strangers({*memberships.values(), *work.values()}, {default, *new})
    people = _pass_memberships(old, on, by=by, memberships=memberships, default=default)
    now = timezone.now()
    is_time = on <= timezone.localdate(now)
    moved = _pass_work(old, new, by=by, work=work) if is_time else {}
    for one in new:
        link = Succession(
            predecessor=old,
            successor=one,
            on=on,
            work_passed_at=now if is_time else None,
            **decision,
        )
        link.full_clean()
        link.save()
    # Saved even where the end is known: it counts the version for whoever edits the record.
    old.valid_to = on - ONE_DAY
    old.full_clean()
    old.save()
    return {
        "successors": [one.code for one in new],
        "valid_to": old.valid_to,
        **decision,
        "people": people,
        "work": moved,
    }


def _refuse_strangers(assigned: set[Organisation], allowed: set[Organisation]) -> None:
    for one in assigned - allowed:
        told = _("%(name)s is none of the successors; choose one of them.")
        raise DomainError(told % {"name": one})


def _pass_memberships(
    old: Organisation, on: dt.date, *, by: Actor, memberships: Assigned, default: Organisation
) -> int:
    """End the roles the day before and give them again in the heir; returns how many."""
    passing = list(passing_memberships(old, on).select_for_update(of=("self",)))
    for membership in passing:
        heir = memberships.get(membership.pk, default)
        before = {"organisation": old.code, "valid_to": membership.valid_to}
        last = membership.valid_to
        first = max(on, membership.valid_from)
        given = membership
        if membership.valid_from < on:
            membership.valid_to = on - ONE_DAY
            membership.save(update_fields=["valid_to"])
            after = {"organisation": old.code, "valid_to": membership.valid_to}
            record(act="membership_pass", by=by, target=membership, before=before, after=after)
            given = _unsaved(membership)
        for place, start, end in _stations(heir, first, last):
            given = _give(given, place, start, end, by=by)
    return len(passing)


def _stations(
    heir: Organisation, first: dt.date, last: dt.date | None
) -> Iterator[tuple[Organisation, dt.date, dt.date | None]]:
    """Yield where a role goes on these days: an heir that ended since has heirs of its own."""
    end = heir.valid_to
    if end is None or (last is not None and last <= end):
        yield heir, first, last
        return
    if first <= end:
        yield heir, first, end
    later = [link.successor for link in heir.successions.select_related("successor")]
    if not later:
        told = _("%(name)s itself ended on %(last)s and nothing continues it; choose another one.")
        raise DomainError(told % {"name": heir, "last": day_text(end)})
    following = heir_by_default(later, heir, end + ONE_DAY)
    yield from _stations(following, max(first, end + ONE_DAY), last)


def _give(
    pattern: Membership, heir: Organisation, first: dt.date, last: dt.date | None, *, by: Actor
) -> Membership:
    """Give the same role in the heir on these days, except where the person holds it already.

    A pattern that is a row itself, which had not begun, becomes the first one given. Returns the
    pattern for what else has to be given: not a row any more.
    """
    held = Membership.objects.filter(user=pattern.user_id, role=pattern.role, organisation=heir)
    gaps = _gaps(first, last, held.exclude(pk=pattern.pk).order_by("valid_from"))
    if pattern.pk and not gaps:
        before = {"organisation": pattern.organisation.code, "valid_from": pattern.valid_from}
        record(act="membership_pass", by=by, target=pattern, before=before)
        Membership.objects.filter(pk=pattern.pk).delete()
        return _unsaved(pattern)
    for start, end in gaps:
        pattern.organisation, pattern.valid_from, pattern.valid_to = heir, start, end
        pattern.full_clean()
        pattern.save()
        after = {"organisation": heir.code, "valid_from": start, "valid_to": end}
        record(act="membership_pass", by=by, target=pattern, after=after)
        pattern = _unsaved(pattern)
    return pattern


def _unsaved(membership: Membership) -> Membership:
    """Return a membership with everything that this one says, not stored yet."""
    twin = copy.copy(membership)
    twin._state = copy.copy(membership._state)
    twin.pk = None
    twin._state.adding = True
    return twin


def _gaps(
    first: dt.date, last: dt.date | None, held: MembershipQuerySet
) -> list[tuple[dt.date, dt.date | None]]:
    """Return the days from first to last on which none of the memberships holds."""
    gaps: list[tuple[dt.date, dt.date | None]] = []
    for one in held:
        if last is not None and one.valid_from > last:
            break
        if one.valid_from > first:
            gaps.append((first, one.valid_from - ONE_DAY))
        if one.valid_to is None:
            return gaps
        first = max(first, one.valid_to + ONE_DAY)
    return gaps if last is not None and first > last else [*gaps, (first, last)]


def _pass_work(
    old: Organisation, new: Sequence[Organisation], *, by: Actor, work: Assigned
) -> dict[str, int]:
    """Move what is open today, and return how many pieces of each kind were moved."""
    default = heir_by_default(new, old, timezone.localdate())
    keys: dict[tuple[str, Organisation], list[str]] = defaultdict(list)
    moved: dict[str, int] = defaultdict(int)
    for kind, piece in open_pieces(old):
        heir = work.get(f"{kind.name}:{piece.key}", default)
        keys[kind.name, heir].append(piece.key)
        moved[str(kind.label)] += 1
    for kind in register.kinds():
        for (name, heir), found in keys.items():
            if name == kind.name:
                kind.move(keys=found, old=old, new=heir, by=by)
    return dict(moved)
