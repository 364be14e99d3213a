"""Writing the history, and proving that nobody rewrote it."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import models, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from audit import origin
from audit.actors import Actor
from audit.heads import CUT, KEPT, Line, heads
from audit.models import Entry, record_type
from audit.verification import Head, Problem, ProblemKind, Verification, verify

head_log = logging.getLogger("audit.head")
chain_log = logging.getLogger("audit.chain")


def record(
    *,
    act: str,
    by: Actor,
    target: models.Model | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Write one act into the history, in the transaction of the act itself.

    ``act`` is the name of the service. ``before`` and ``after`` hold what changed; dates, Decimals
    and keys become text. Record a deletion before it happens, while the target has its key.

    The entry joins the chain when the transaction commits. Under REPEATABLE READ or SERIALIZABLE
    that commit fails with a serialization failure (40001) if anyone recorded an act since the
    transaction's snapshot: read figures in such a transaction, write in a READ COMMITTED one.

    Raises ``TransactionManagementError`` outside a transaction: the entry could outlive the act.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError(f"{act} is recorded outside the transaction of the act.")
    if target is not None and target.pk is None:
        raise ValueError(f"{act} is recorded for a record that has no key yet, or no longer.")
    source = origin.current()
    entry = Entry(
        act=act,
        actor_id=by.pk,
        actor_name=by.audit_name[:200],
        origin_kind=source.kind,
        origin_detail=source.detail[:500],
        remote_address=source.remote_address,
        before=before,
        after=after,
        reason=reason,
    )
    if target is not None:
        entry.target_type = record_type(target)
        entry.target_id = str(target.pk)
        entry.target_label = str(target)[:200]
    entry.save()
    return entry


def audit_verify(
    *,
    known_head: Head | None = None,
    on_problem: Callable[[Problem], None] = lambda _problem: None,
) -> Verification:
    """Verify the whole chain and log its head, so that the log keeps it outside the database.

    A break is logged as CRITICAL; ``on_problem`` hears of each problem as it is found.
    """
    result = verify(known_head=known_head, on_problem=on_problem)
    head_log.info("Audit chain: entries=%d head=%s", result.entries, result.head)
    if result.first_problem:
        chain_log.critical(
            "Audit chain broken: problems=%d first=%s", result.problems, result.first_problem
        )
    return result


def audit_verify_nightly(
    *, now: dt.datetime, on_problem: Callable[[Problem], None]
) -> Verification | None:
    """Verify the chain against the head kept outside the database, and keep the new head there.

    Once a day, however many schedulers ask: returns nothing when it was or is being done. A head
    that is not on the chain any more stays the one to be found, so the alarm is raised every night
    until somebody has looked into it.
    """
    now = timezone.localtime(now)
    problems: list[Problem] = []

    def note(problem: Problem) -> None:
        problems.append(problem)
        on_problem(problem)

    with heads() as kept:
        if kept is None or kept.written_on(now.date()):
            return None
        result = audit_verify(known_head=kept.known(), on_problem=note)
        cut = any(problem.kind == ProblemKind.CUT for problem in problems)
        kept.write(Line(now, result.head, CUT if cut else KEPT))
        return result
