"""Recomputing the chain, independently of the database function that wrote it.

The digest is the SHA-256, in hex, of a run of fields: position, previous digest, then every
column of the entry. A field is its length in bytes, a colon, its UTF-8 text and a comma; an
absent value is ``-,``. Times count as seconds since 1970 with six decimals, JSON and addresses
as PostgreSQL prints them.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

GENESIS = "0" * 64

# Times as text, so that even a time that Python cannot hold is verified and named.
WHEN = "coalesce(to_char(e.at AT TIME ZONE %s, 'DD/MM/YYYY HH24:MI:SS'), e.at::text)"

LINKS = f"""
    SELECT l.position, l.entry_id, l.previous, l.digest, e.id, e.act, {WHEN}, ARRAY[
            e.id::text, extract(epoch FROM e.at)::text, e.act, e.actor_id::text, e.actor_name,
            e.origin_kind, e.origin_detail, e.remote_address::text,
            e.target_type, e.target_id, e.target_label,
            e.before::text, e.after::text, e.reason
        ]
    FROM audit_chainlink l LEFT JOIN audit_entry e ON e.id = l.entry_id
    ORDER BY l.position
"""
UNLINKED = f"""
    SELECT e.id, e.act, {WHEN} FROM audit_entry e
    WHERE NOT EXISTS (SELECT FROM audit_chainlink l WHERE l.entry_id = e.id)
    ORDER BY e.id
"""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link: whoever keeps it elsewhere can tell that no older part was cut off."""

    position: int
    digest: str

    def __str__(self) -> str:
        return f"{self.position}:{self.digest}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``POSITION:DIGEST``; raises ``ValueError`` on anything else."""
        position, _colon, digest = text.strip().partition(":")
        if len(bytes.fromhex(digest)) != hashlib.sha256().digest_size:
            raise ValueError(text)
        return cls(int(position), digest.lower())


EMPTY = Head(0, GENESIS)


class ProblemKind(StrEnum):
    """What can be wrong with a chain."""

    ALTERED = "altered"
    MISSING = "missing"
    UNLINKED = "unlinked"
    GAP = "gap"
    BROKEN = "broken"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Problem:
    """One break, in one sentence."""

    kind: ProblemKind
    sentence: str
    position: int | None = None
    entry_id: int | None = None

    def __str__(self) -> str:
        return self.sentence


@dataclass(slots=True)
class Verification:
    """The outcome: how many entries there are, where the chain ends, how many breaks it has."""

    entries: int = 0
    head: Head = EMPTY
    problems: int = 0
    first_problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link beside the entry it seals; nothing stands there if the entry is gone."""

    position: int
    entry_id: int
    previous: str
    digest: str
    found_id: int | None
    act: str | None
    when: str | None
    columns: list[str | None]

    def problems_after(self, head: Head) -> Iterator[Problem]:
        """Yield what is wrong with this link, given the one before it."""
        if self.position != head.position + 1:
            sentence = _(
                "The chain jumps from position %(before)d to %(position)d: links are missing."
            ) % {"before": head.position, "position": self.position}
            yield Problem(ProblemKind.GAP, sentence, self.position)
        elif self.previous != head.digest:
            sentence = _(
                "Position %(position)d does not continue position %(before)d: "
                "the previous digest is another one."
            ) % {"before": head.position, "position": self.position}
            yield Problem(ProblemKind.BROKEN, sentence, self.position)
        if self.found_id is None:
            sentence = _("Entry %(id)d at position %(position)d is missing.") % {
                "id": self.entry_id,
                "position": self.position,
            }
            yield Problem(ProblemKind.MISSING, sentence, self.position, self.entry_id)
        elif self.digest != digest_of([str(self.position), self.previous, *self.columns]):
            sentence = _(
                "Entry %(id)d (%(act)s, %(when)s) at position %(position)d does not match its "
                "digest: it was altered."
            ) % {
                "id": self.entry_id,
                "act": self.act,
                "when": self.when,
                "position": self.position,
            }
            yield Problem(ProblemKind.ALTERED, sentence, self.position, self.entry_id)


def digest_of(fields: Iterable[str | None]) -> str:
    """Return the digest over fields, each with its length so that none runs into the next."""
    seal = hashlib.sha256()
    for field in fields:
        if field is None:
            seal.update(b"-,")
        else:
            text = field.encode()
            seal.update(b"%d:%b," % (len(text), text))
    return seal.hexdigest()


def verify(*, known_head: Head | None, on_problem: Callable[[Problem], None]) -> Verification:
    """Walk the whole chain in bounded memory and report each problem as it is found.

    ``known_head`` is a head noted earlier: it must still be part of the chain.
    """
    result = Verification()
    head_found = known_head in (None, EMPTY)

    def report(problem: Problem) -> None:
        result.problems += 1
        result.first_problem = result.first_problem or problem
        on_problem(problem)

    for row in _stream(LINKS):
        link = Link(*row)
        for problem in link.problems_after(result.head):
            report(problem)
        result.entries += link.found_id is not None
        result.head = Head(link.position, link.digest)
        head_found = head_found or result.head == known_head
    for entry_id, act, when in _stream(UNLINKED):
        result.entries += 1
        sentence = _("Entry %(id)d (%(act)s, %(when)s) has no link in the chain.") % {
            "id": entry_id,
            "act": act,
            "when": when,
        }
        report(Problem(ProblemKind.UNLINKED, sentence, entry_id=entry_id))
    if not head_found:
        sentence = _(
            "The head %(known)s kept elsewhere is not part of the chain, which ends at %(head)s."
        ) % {"known": known_head, "head": result.head}
        report(Problem(ProblemKind.CUT, sentence))
    return result


def _stream(query: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows through a cursor on the server, a few thousand at a time."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(query, [settings.TIME_ZONE])
        yield from cursor
