"""The sheet of support cases: HoTro. Past cases come in with their state, as history."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.spreadsheets import Column, Existing, Need, Problem
from core.spreadsheets.kinds import Amount, Choice, Date, Text
from core.spreadsheets.rows import Row
from core.spreadsheets.sheets import Key
from enterprises.choices import SupportStage, SupportState
from enterprises.models import SupportCase, SupportMilestone, SupportRule, SupportStep
from enterprises.models.support_cases import OPEN, STATES
from enterprises.sheets.enterprises import OfEnterpriseSheet, enterprise_column, first_day
from enterprises.support_limits import Amounts, above_limit, above_share
from programs.models import Task
from programs.sheets import SUPPORT_TASKS

STATE_NAMES = Choice(
    values={
        SupportState.SELECTED: ("đã chọn", "được chọn"),
        SupportState.AGREED: ("đã thỏa thuận", "đã ký thỏa thuận"),
        SupportState.IN_PROGRESS: ("đang thực hiện", "đang hỗ trợ"),
        SupportState.ACCEPTED: ("đã nghiệm thu", "nghiệm thu"),
        SupportState.CLOSED: ("đã đóng", "đã kết thúc"),
        SupportState.CANCELLED: ("đã hủy", "hủy"),
    },
    width=18,
)
# A cancelled case of the past tells no more than that it was selected once.
STAGES = {
    **{state: stage for stage, state in STATES.items()},
    SupportState.CANCELLED: SupportStage.SELECTED,
}
ENDED = {SupportState.ACCEPTED, SupportState.CLOSED, SupportState.CANCELLED}
ACCEPTED = {SupportState.ACCEPTED, SupportState.CLOSED}


def _amount(name: str, header: str, example: int) -> Column:
    return Column(name, header, Amount(), f"told_{name}", unit="đồng", example=example)


class SupportSheet(OfEnterpriseSheet):
    """Support cases: new ones are history; those that are run in the portal are changed there."""

    name = "HoTro"
    title = gettext_lazy("Support cases")
    model = SupportCase
    key = ("enterprise", "task", "begun_on")
    columns: ClassVar = (
        enterprise_column(),
        Column(
            "task",
            "Mã nhiệm vụ",
            Text(20),
            "task_id",
            Need.ALWAYS,
            path="task__code",
            refers=SUPPORT_TASKS,
            example="B1.3.5",
        ),
        first_day("begun_on", "Ngày bắt đầu", example=dt.date(2024, 3, 15)),
        Column("state", "Trạng thái", STATE_NAMES, "told_state", Need.NEW, example="đã nghiệm thu"),
        Column(
            "accepted_on",
            "Ngày nghiệm thu",
            Date(),
            "told_accepted_on",
            example=dt.date(2024, 11, 20),
        ),
        _amount("state_share", "Ngân sách", 40_000_000),
        _amount("enterprise_share", "Doanh nghiệp", 60_000_000),
    )
    also_read = ("worked_on",)
    derived = ("begun_on", "total")

    def records(self) -> models.QuerySet[Any]:
        """Cases as they stand today; what is only proposed is not told. Open ones come last."""
        agreement = Q(agreement_at__isnull=False, stage__lt=SupportStage.AGREED)
        acceptance = Q(acceptance_at__isnull=False, stage__lt=SupportStage.ACCEPTED)
        stages = (When(stage=stage, then=Value(state.value)) for stage, state in STATES.items())
        cancelled = When(cancelled_on__isnull=False, then=Value(SupportState.CANCELLED.value))
        steps = Exists(SupportStep.objects.filter(case=OuterRef("pk")))
        milestones = Exists(SupportMilestone.objects.standing().filter(case=OuterRef("pk")))
        return (
            super()
            .records()
            .annotate(
                told_state=Case(cancelled, *stages, output_field=models.CharField()),
                told_accepted_on=Case(When(acceptance, then=None), default=F("accepted_on")),
                told_state_share=Case(When(agreement, then=None), default=F("state_share")),
                told_enterprise_share=Case(
                    When(agreement, then=None), default=F("enterprise_share")
                ),
                worked_on=ExpressionWrapper(
                    Q(imported_stage__isnull=True) | Q(steps) | Q(milestones),
                    models.BooleanField(),
                ),
                still_open=ExpressionWrapper(OPEN, models.BooleanField()),
            )
            .order_by("still_open", "pk")
        )

    def editable(self, records: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Of several with one key, the one that the key finds: the open one, or else the last."""
        same = {name: OuterRef(name) for name in self.key}
        found = SupportCase.objects.standing().filter(OPEN | Q(pk__gt=OuterRef("pk")), **same)
        return records.exclude(Q(Exists(found), still_open=False))

    def keys_of(self, existing: Existing) -> Iterable[Key]:
        """Its key, and its number: of two with one key the open one is found, and both are read."""
        return (self.key_of(existing.values), (existing.pk,))

    # --- Rules --------------------------------------------------------------------------------

    def check(self, row: Row, final: Mapping[str, Any]) -> Iterable[Problem]:
        """A case that is run in the portal is not changed; no acceptance is before the start."""
        if row.existing is not None and row.existing.values["worked_on"]:
            told = _("This case is run in the portal: change it on its page, not by an import.")
            yield from (Problem(name, told) for name in row.changes)
        elif final["accepted_on"] and final["accepted_on"] < final["begun_on"]:
            told = _("The acceptance is before the start of the support; correct one of the days.")
            yield Problem("accepted_on", told)

    def check_together(self, rows: Collection[Row], stored: Mapping[Key, Existing]) -> None:
        """Of one enterprise and task only one case is open."""
        good = [row for row in rows if not row.problems]
        standing: list[Row | Existing] = [*good, *_left(stored, good)]
        still_open: dict[Key, list[Row | Existing]] = defaultdict(list)
        for one in standing:
            values = one.final if isinstance(one, Row) else one.values
            if values["state"] not in ENDED:
                still_open[values["enterprise"], values["task"]].append(one)
        for same in still_open.values():
            for one in same:
                others = [other for other in same if other is not one]
                if isinstance(one, Row) and others:
                    one.wrong("state", _told_open(others[0]))

    def warn(self, rows: Collection[Row], stored: Mapping[Key, Existing]) -> None:
        """Tell of acceptances that do not count, and of money above the rules."""
        left = list(_left(stored, rows))
        named = {row.final["task"].pk for row in rows}
        named |= {existing.values["task"].pk for existing in left}
        tasks = Task.objects.select_related("phase").in_bulk(named)
        for row in rows:
            for told in _of_acceptance(row.final, tasks[row.final["task"].pk]):
                row.warn("accepted_on", told)
        _warn_of_rules(rows, left, {pk: task.key for pk, task in tasks.items()})

    # --- Writing ------------------------------------------------------------------------------

    def fields(self, final: Mapping[str, Any]) -> dict[str, Any]:
        """The days of a past case follow from its state, its first day and its acceptance."""
        state, begun = SupportState(final["state"]), final["begun_on"]
        stage = STAGES[state]
        return {
            "enterprise_id": final["enterprise"],
            "task_id": final["task"],
            "stage": stage.value,
            "imported_stage": stage.value,
            "selected_on": begun,
            "agreed_on": begun if stage >= SupportStage.AGREED else None,
            "started_on": begun if stage >= SupportStage.IN_PROGRESS else None,
            "accepted_on": final["accepted_on"],
            "closed_on": final["accepted_on"] if stage == SupportStage.CLOSED else None,
            "cancelled_on": begun if state == SupportState.CANCELLED else None,
            "state_share": final["state_share"],
            "enterprise_share": final["enterprise_share"],
        }

    def rank(self, row: Row) -> int:
        """What is closed or cancelled makes room for what is open."""
        return int(row.final["state"] not in ENDED)


def _left(stored: Mapping[Key, Existing], rows: Iterable[Row]) -> Iterator[Existing]:
    """Yield the stored cases that none of the rows is about."""
    taken = {row.existing.pk for row in rows if row.existing}
    for pk, existing in {one.pk: one for one in stored.values()}.items():
        if pk not in taken:
            yield existing


def _told_open(other: Row | Existing) -> str:
    if isinstance(other, Row):
        told = _(
            "Row %(row)d is a case of the same enterprise and task that is open too; close or "
            "cancel one of them."
        )
        return told % {"row": other.number}
    told = _(
        "The portal has a case of the same enterprise and task, begun on %(day)s, that is still "
        "open; close or cancel that one first."
    )
    return told % {"day": f"{other.values['begun_on']:%d/%m/%Y}"}


def _of_acceptance(final: Mapping[str, Any], task: Task) -> Iterator[str]:
    accepted, day = final["state"] in ACCEPTED, final["accepted_on"]
    if accepted and day is None:
        yield _("The day of the acceptance is missing: the case counts nowhere until it is given.")
    elif day is not None and not accepted:
        told = _("The state is “%(state)s”: the acceptance does not count.")
        yield told % {"state": STATE_NAMES.show(final["state"])}
    elif day is not None and day not in task.phase.window:
        told = _(
            "The acceptance lies outside the phase of the task (%(first)s – %(last)s): the case "
            "counts in neither phase."
        )
        window = task.phase.window
        yield told % {"first": f"{window.first:%d/%m/%Y}", "last": f"{window.last:%d/%m/%Y}"}


def _warn_of_rules(
    rows: Collection[Row], left: Iterable[Existing], kinds: Mapping[int, str]
) -> None:
    """Hold amounts against the rules in force on the first day, the earlier rows before the later.

    What is stored and stays counts before them all.
    """
    rules = list(SupportRule.objects.standing().order_by("kind"))
    given: Counter[tuple[Any, str]] = Counter()

    def count(values: Mapping[str, Any]) -> None:
        cancelled = values["state"] == SupportState.CANCELLED
        if STAGES[values["state"]] >= SupportStage.AGREED and not cancelled:
            for kind in ("", kinds[values["task"].pk]):
                given[values["enterprise"], kind] += values["state_share"] or 0

    for existing in left:
        count(existing.values)
    for row in sorted(rows, key=lambda row: (row.final["begun_on"], row.number)):
        final = row.final
        if final["state"] != SupportState.CANCELLED and final["state_share"]:
            for rule in rules:
                if rule.binds(kinds[final["task"].pk], final["begun_on"]):
                    for told in _against(rule, final, given):
                        row.warn("state_share", told)
        count(final)


def _against(
    rule: SupportRule, final: Mapping[str, Any], given: Counter[tuple[Any, str]]
) -> Iterator[str]:
    state, own = final["state_share"], final["enterprise_share"]
    if own is not None:
        yield from above_share(rule, Amounts(state, own))
    yield from above_limit(rule, state, lambda kind: given[final["enterprise"], kind])
