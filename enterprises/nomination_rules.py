"""What stands in the way of a submission: each a sentence that says why and what can be done.

The same rules speak on the check page, at the submission and over the rows of an Excel sheet; they
are asked of many nominations with the same few queries.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from core.decisions import Decision
from core.money import format_vnd
from enterprises import nomination_policies as policies
from enterprises.choices import NominationState
from enterprises.models import Dossier, Enterprise, Nomination, NominationRound
from enterprises.models.dossiers import DECIDED
from enterprises.models.nominations import STANDING
from enterprises.models.scope import Scope, scope_of
from enterprises.nomination_selectors import already_supported_pairs, files_of_letter

Pair = tuple[int, int]
# What has to be said before a nomination is submitted, in the order of the form.
NEEDED = ("need", "expected_cost", "state_share", "enterprise_share", "commitment")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way; ``field`` is the one to change, empty where none helps."""

    field: str
    message: str


@dataclass
class Ground:
    """What the rules need to know of a round and of what an organisation nominates in it."""

    round: NominationRound
    day: dt.date
    scope: Scope
    answered_for: set[int]
    supported: set[Pair]
    decided: set[Pair]
    # Nominations of the organisation that stand, by task and enterprise.
    standing: Counter[Pair]
    task_quotas: dict[int, int | None]
    # What further rows of the same sheet would take.
    also: Counter[int] = field(default_factory=Counter)
    also_pairs: set[tuple[int, str]] = field(default_factory=set)

    def taken(self, task: int | None = None) -> int:
        """How many places the organisation has taken, in all or for a task."""
        counts = ((of, n) for (of, _enterprise), n in self.standing.items())
        standing = sum(n for of, n in counts if task in {None, of})
        return standing + (self.also.total() if task is None else self.also[task])


def ground_of(
    one: NominationRound,
    organisation: Organisation,
    nominations: Iterable[Nomination],
    by: User,
    day: dt.date,
) -> Ground:
    """Read what the rules need for these nominations of an organisation."""
    named = {n.enterprise_id for n in nominations if n.enterprise_id}
    pairs = list(
        Nomination.objects.filter(round=one, organisation=organisation, state__in=STANDING)
        .order_by()
        .values_list("task", "enterprise")
        .annotate(number=Count("pk"))
    )
    decided = Dossier.objects.filter(round=one, enterprise__in=named, state__in=DECIDED)
    return Ground(
        round=one,
        day=day,
        scope=scope_of(by),
        answered_for=set(
            Enterprise.objects.answered_for_by(by).filter(pk__in=named).values_list("pk", flat=True)
        ),
        supported=already_supported_pairs(named),
        decided=set(decided.values_list("enterprise", "task")),
        standing=Counter({(task, enterprise): n for task, enterprise, n in pairs}),
        task_quotas=dict(one.round_tasks.values_list("task", "quota")),
    )


def obstacles(
    nomination: Nomination, ground: Ground, *, letter: bool | None = None
) -> list[Obstacle]:
    """Return everything that stands in the way of submitting a nomination.

    ``letter`` says whether the scan of the official letter is there; without it, it is looked for.
    """
    found = [*_of_round(nomination, ground), *_of_enterprise(nomination, ground)]
    found += _of_content(nomination)
    has_letter = files_of_letter(nomination).exists() if letter is None else letter
    if not has_letter:
        told = _("Add the scan of the official letter of your organisation.")
        found.append(Obstacle("letter", told))
    return found


def _of_round(nomination: Nomination, ground: Ground) -> Iterator[Obstacle]:
    if not (decision := policies.is_in_time(nomination, ground.day)):
        yield Obstacle("", decision.reason)
    if nomination.task_id not in ground.task_quotas:
        yield Obstacle("task", _("This task is not part of the round; choose one of its tasks."))
        return
    if nomination.state == NominationState.RETURNED:
        return
    places = ground.round.quota
    if ground.taken() >= places:
        told = _(
            "Your organisation may nominate %(quota)d enterprises in this round and has nominated "
            "%(taken)d. Withdraw another nomination first, or ask the Department."
        )
        yield Obstacle("", told % {"quota": places, "taken": ground.taken()})
    of_task = ground.task_quotas[nomination.task_id]
    if of_task is not None and ground.taken(nomination.task_id) >= of_task:
        told = _(
            "Your organisation may nominate %(quota)d enterprises for task %(task)s in this round "
            "and has done so. Choose another task, or withdraw another nomination first."
        )
        yield Obstacle("task", told % {"quota": of_task, "task": nomination.task.code})


def _of_enterprise(nomination: Nomination, ground: Ground) -> Iterator[Obstacle]:
    enterprise, again = nomination.enterprise, nomination.state == NominationState.RETURNED
    if enterprise is None:
        yield from _of_new(nomination, ground)
        return
    if enterprise.ended_on and enterprise.ended_on <= ground.day:
        told = _(
            "%(name)s ended on %(day)s: only enterprises that exist are supported. If that is "
            "wrong, tell the Department."
        )
        values = {"name": enterprise, "day": f"{enterprise.ended_on:%d/%m/%Y}"}
        yield Obstacle("tax_code", told % values)
    if (enterprise.pk, nomination.task_id) in ground.supported:
        told = _(
            "%(name)s has been selected for support of task %(task)s already. Choose another task "
            "or another enterprise."
        )
        yield Obstacle("task", told % {"name": enterprise, "task": nomination.task.code})
    elif (enterprise.pk, nomination.task_id) in ground.decided:
        told = _(
            "%(name)s was decided on for task %(task)s in this round already. Choose another task, "
            "or nominate it in the next round."
        )
        yield Obstacle("task", told % {"name": enterprise, "task": nomination.task.code})
    if not again and ground.standing[nomination.task_id, enterprise.pk]:
        told = _("Your organisation has nominated this enterprise for this task already.")
        yield Obstacle("tax_code", told)
    if enterprise.pk not in ground.answered_for and not nomination.outside_reason:
        yield Obstacle("outside_reason", outside(enterprise.name))


def _of_new(nomination: Nomination, ground: Ground) -> Iterator[Obstacle]:
    """What is lacking of an enterprise that the register does not know."""
    if not nomination.new_tax_code:
        yield Obstacle("tax_code", _("Write the tax code of the enterprise."))
        return
    if not nomination.new_name:
        told = _("The register does not know this tax code: write the name of the enterprise.")
        yield Obstacle("new_name", told)
    if not nomination.new_kind:
        told = _("The register does not know this tax code: choose the kind of enterprise.")
        yield Obstacle("new_kind", told)
    if nomination.new_area is None:
        told = _("The register does not know this tax code: choose the commune or ward.")
        yield Obstacle("new_area", told)
        return
    area = nomination.new_area
    mine = bool({area.pk, area.parent_id} & ground.scope.areas)
    if not mine and not nomination.outside_reason:
        yield Obstacle("outside_reason", outside(nomination.enterprise_name))


def outside(name: str) -> str:
    """Return what is said of an enterprise that the organisation does not answer for."""
    told = _(
        "%(name)s is neither managed by your organisation nor in its area: say why you nominate it "
        "all the same."
    )
    return told % {"name": name}


def _of_content(nomination: Nomination) -> Iterator[Obstacle]:
    for name in NEEDED:
        if getattr(nomination, name) in (None, ""):
            yield Obstacle(name, missing(name))
    if nomination.expected_cost is not None and nomination.expected_cost <= 0:
        yield Obstacle("expected_cost", _("The expected cost is above zero."))
    if not (decision := shares_add_up(nomination)):
        yield Obstacle("expected_cost", decision.reason)
    if not nomination.letter_number:
        yield Obstacle("letter_number", missing("letter_number"))
    if nomination.letter_date is None:
        yield Obstacle("letter_date", missing("letter_date"))


def missing(name: str) -> str:
    """Return what is said of a field that is needed."""
    label = Nomination._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return _("Fill in: %(field)s.") % {"field": label}


def shares_add_up(nomination: Nomination) -> Decision:
    """Whether state budget and capital of the enterprise make the expected cost."""
    cost, state, own = (
        nomination.expected_cost,
        nomination.state_share,
        nomination.enterprise_share,
    )
    if cost is None or state is None or own is None:
        return Decision.yes()
    told = _(
        "State budget %(state)s and capital of the enterprise %(own)s make %(sum)s đồng, not "
        "%(cost)s: correct one of the three."
    )
    values = {"state": state, "own": own, "sum": state + own, "cost": cost}
    shown = {name: format_vnd(value) for name, value in values.items()}
    return Decision.when(cost == state + own, told % shown)


def sentence(found: Sequence[Obstacle]) -> str:
    """Return obstacles as one text, each once."""
    return " ".join(dict.fromkeys(one.message for one in found))
