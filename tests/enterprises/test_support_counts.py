"""How support is counted: distinct enterprises, as at any day, equal to the lists that open."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.calendar import Window, years_window
from enterprises import services
from enterprises.choices import SupportStage, SupportState
from enterprises.models import Enterprise, SupportCase
from enterprises.support_filters import COUNTED, OUTSIDE, SupportCaseFilter
from enterprises.support_selectors import (
    cases_listed,
    distinct_enterprises,
    enterprises_supported,
    standing_of,
    standing_of_phase,
)
from programs.choices import TaskKind
from programs.figures import figures_of_plan
from programs.models import Plan, Task
from tests.enterprises import factories
from tests.enterprises import support_samples as samples

pytestmark = pytest.mark.django_db

CODES = ("B1.2.1", "B1.3.1", "B1.3.5", "B2.2.1", "B2.2.5")
FIRST, LAST = dt.date(2020, 12, 10), dt.date(2030, 12, 20)
# Days on which something turns.
TURNS = (
    dt.date(2020, 12, 14), dt.date(2020, 12, 15), dt.date(2025, 12, 14), dt.date(2025, 12, 15),
    dt.date(2030, 12, 14), dt.date(2030, 12, 15),
)  # fmt: skip
NAMES = {
    "selected": SupportState.SELECTED,
    "agreed": SupportState.AGREED,
    "in_progress": SupportState.IN_PROGRESS,
    "accepted": COUNTED,
    "outside": OUTSIDE,
    "cancelled": SupportState.CANCELLED,
}


@dataclass(frozen=True)
class Past:
    """A case as a person would note it: the days of its stages, and what became of it."""

    enterprise: int
    task: str
    days: tuple[dt.date, ...]
    cancelled: dt.date | None
    voided: bool


def any_day(chance: random.Random) -> dt.date:
    """A day of the plan, the days on which something turns more often than others."""
    if chance.random() < 0.3:
        return chance.choice(TURNS)
    return FIRST + dt.timedelta(days=chance.randrange((LAST - FIRST).days))


def histories(chance: random.Random, enterprises: list[Enterprise]) -> list[Past]:
    """Random cases; of an enterprise and task only the last may be open."""
    made = []
    for enterprise in enterprises:
        for task in CODES:
            for last in (False, True):
                if chance.random() < 0.45:
                    continue
                far = 5 if not last else chance.randint(1, 5)
                days = tuple(sorted(any_day(chance) for _stage in range(far)))
                cancels = last and far < 4 and chance.random() < 0.3
                cancelled = max(days[-1], any_day(chance)) if cancels else None
                made.append(Past(enterprise.pk, task, days, cancelled, chance.random() < 0.1))
    return made


def stored(plan: Plan, past: Iterable[Past]) -> None:
    """Bring the histories into the tables, as an import would."""
    names = ("selected_on", "agreed_on", "started_on", "accepted_on", "closed_on")
    tasks = {task.code: task for task in Task.objects.filter(plan=plan)}
    SupportCase.objects.bulk_create(
        SupportCase(
            enterprise_id=one.enterprise,
            task=tasks[one.task],
            stage=len(one.days),
            imported_stage=len(one.days),
            cancelled_on=one.cancelled,
            voided_at=timezone.now() if one.voided else None,
            voided_reason="Nhầm." if one.voided else "",
            **dict(zip(names, one.days, strict=False)),
        )
        for one in past
    )


def phase_of(task: str) -> Window:
    """The days of the phase of a task: 15/12 of the year before to 14/12 of the last."""
    if task.startswith("B1"):
        return Window(dt.date(2020, 12, 15), dt.date(2025, 12, 14))
    return Window(dt.date(2025, 12, 15), dt.date(2030, 12, 14))


def stands(one: Past, day: dt.date) -> str:
    """How a case stood at the end of a day, in plain words; "" before its selection."""
    if one.voided or day < one.days[0]:
        return ""
    if one.cancelled and one.cancelled <= day:
        return "cancelled"
    far = sum(1 for reached in one.days if reached <= day)
    if far >= 4:
        return "accepted" if one.days[3] in phase_of(one.task) else "outside"
    return ("selected", "agreed", "in_progress")[far - 1]


def count(past: Iterable[Past], day: dt.date, state: str, tasks: Iterable[str]) -> int:
    """How many distinct enterprises stand so in some of the tasks."""
    wanted = set(tasks)
    return len({one.enterprise for one in past if one.task in wanted and stands(one, day) == state})


def supported(past: Iterable[Past], window: Window) -> int:
    """How many distinct enterprises had a case accepted in the days, inside its phase."""
    return len(
        {
            one.enterprise
            for one in past
            if stands(one, window.last) == "accepted" and one.days[3] in window
        }
    )


def listed(user: User, day: dt.date, **narrowed: str) -> int:
    """How many enterprises the list holds that a number opens."""
    asked = QueryDict(mutable=True)
    asked.update({**narrowed, "ngay": f"{day:%d/%m/%Y}"})
    cases = cases_listed(user, day)
    found = SupportCaseFilter(asked, queryset=cases, user=user, day=day)
    assert found.is_valid(), found.errors
    return distinct_enterprises(found.qs)


@pytest.mark.parametrize("seed", range(6))
def test_counts_equal_a_plain_evaluator_and_the_lists_on_random_histories(
    plan: Plan, seed: int
) -> None:
    """Over tasks, years and phases, at days on which something turns and at others."""
    chance = random.Random(seed)
    officer = samples.officer()
    past = histories(chance, [factories.enterprise() for _number in range(8)])
    stored(plan, past)
    tasks = list(Task.objects.filter(plan=plan, code__in=CODES).select_related("phase"))
    phases = list(plan.phases.all())
    for day in (*TURNS, *(any_day(chance) for _number in range(4))):
        standing = standing_of(tasks, day)
        figures = figures_of_plan(plan, day)
        for task in tasks:
            for name, state in NAMES.items():
                expected = count(past, day, name, [task.code])
                assert getattr(standing[task.pk], name) == expected, (task.code, day, name)
                assert listed(officer, day, task=task.code, state=state) == expected
            if day in task.phase.window:
                assert figures[task.code].value == count(past, day, "accepted", [task.code])
            elif day > task.phase.window.last:
                last = task.phase.window.last
                assert figures[task.code].value == count(past, last, "accepted", [task.code])
            else:
                assert figures[task.code].value is None
        for phase in phases:
            codes = [task.code for task in tasks if task.phase_id == phase.pk]
            found = standing_of_phase(phase, day)
            for name, state in NAMES.items():
                expected = count(past, day, name, codes)
                assert getattr(found, name) == expected
                assert listed(officer, day, phase=phase.code, state=state) == expected
            window = Window(phase.window.first, min(day, phase.window.last))
            if window.first <= window.last:
                of_phase = [one for one in past if one.task in codes]
                number = enterprises_supported(plan, window)["enterprises"]
                assert number == supported(of_phase, window)
    for year in range(2021, 2031):
        window = years_window(year, year)
        number = supported(past, window)
        assert enterprises_supported(plan, window)["enterprises"] == number
        assert listed(officer, window.last, state=COUNTED, year=str(year)) == number


def test_a_task_counts_an_enterprise_once_and_only_inside_its_phase(plan: Plan) -> None:
    """The boundary days of both phases; two cases of one enterprise; closed and accepted alike."""
    twice = factories.enterprise()
    for enterprise, task, day, stage in (
        (twice, "B1.3.5", dt.date(2025, 12, 14), SupportStage.CLOSED),
        (twice, "B1.3.5", dt.date(2024, 5, 5), SupportStage.CLOSED),
        (factories.enterprise(), "B1.3.5", dt.date(2025, 12, 15), SupportStage.ACCEPTED),
        (factories.enterprise(), "B2.2.5", dt.date(2025, 12, 15), SupportStage.ACCEPTED),
        (factories.enterprise(), "B2.2.5", dt.date(2025, 12, 14), SupportStage.ACCEPTED),
    ):
        closed = day if stage == SupportStage.CLOSED else None
        samples.selected(
            plan, enterprise, task, selected_on=day, agreed_on=day, started_on=day,
            accepted_on=day, closed_on=closed, stage=stage, imported_stage=stage,
        )  # fmt: skip
    figures = figures_of_plan(plan, dt.date(2026, 6, 1))
    assert (figures["B1.3.5"].value, figures["B2.2.5"].value) == (1, 1)
    assert figures_of_plan(plan, dt.date(2025, 12, 13))["B1.3.5"].value == 1
    assert figures_of_plan(plan, dt.date(2024, 5, 4))["B1.3.5"].value == 0


def test_a_step_back_changes_the_figure_at_once_and_is_marked(plan: Plan) -> None:
    """A correction; a fact of a later day changes nothing before it."""
    officer, lead = samples.officer(), samples.lead()
    case = samples.brought_to(SupportState.ACCEPTED, samples.selected(plan), officer, lead)
    day = case.accepted_on
    assert day is not None
    code = case.task.code
    assert figures_of_plan(plan, day)[code].value == 1
    assert figures_of_plan(plan, day - dt.timedelta(days=1))[code].value == 0
    services.support_case_step_back(case=case, reason="Nhầm.", version=None, by=lead)
    figure = figures_of_plan(plan, day)[code]
    assert figure.value == 0
    assert figure.computation is not None
    assert figure.computation.corrected_after(day - dt.timedelta(days=1)) == 1


def a_hundred_thousand(plan: Plan) -> None:
    """Fill the table by the database itself: 5.000 enterprises in 20 tasks."""
    Enterprise.objects.bulk_create(
        Enterprise(tax_code=factories.tax_code(), name=f"Công ty {number}", kind="enterprise")
        for number in range(5_000)
    )
    tasks = Task.objects.filter(plan=plan, kind=TaskKind.SUPPORT).order_by("position")[:20]
    with connection.cursor() as cursor:
        # What the rows refer to is there; the database need not look it up for each at the end.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            """
            INSERT INTO enterprises_supportcase (enterprise_id, task_id, stage, imported_stage,
                selected_on, agreed_on, started_on, accepted_on, agreement_number,
                acceptance_number, result, agreement_returned_reason, acceptance_returned_reason,
                cancelled_reason, voided_reason, recorded_at, version, state_share,
                enterprise_share)
            SELECT e.id, t.id, 1 + (e.id + t.id) %% 4, 1 + (e.id + t.id) %% 4, day, day, day,
                day + 100, '', '', '', '', '', '', '', now(), 1, 10000000, 10000000
            FROM enterprises_enterprise e
            CROSS JOIN programs_task t
            CROSS JOIN LATERAL (SELECT DATE '2026-01-05' + (e.id %% 200)::int AS day) d
            WHERE t.id = ANY(%s) AND NOT EXISTS (
                SELECT FROM enterprises_supportcase c WHERE c.enterprise_id = e.id
            )
            """,
            [[task.pk for task in tasks]],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE enterprises_supportcase")


def test_at_a_hundred_thousand_cases_the_pages_ask_no_more_queries(
    plan: Plan, client: Client
) -> None:
    """Task page, overview and list: the same number as with a handful."""
    client.force_login(samples.officer())
    task = samples.task(plan)
    urls = [task.get_absolute_url(), reverse("overview"), reverse("support_case_list")]

    def queries() -> list[int]:
        numbers = []
        for url in urls:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            numbers.append(len(asked))
        return numbers

    for _number in range(3):
        samples.selected(plan)
    queries()
    few = queries()
    a_hundred_thousand(plan)
    assert SupportCase.objects.count() > 100_000
    assert queries() == few


def test_an_enterprise_is_shown_with_its_cases_as_at_the_day(plan: Plan, client: Client) -> None:
    """The panel on its page follows the day that is asked for."""
    client.force_login(samples.officer())
    day = dt.date(2026, 3, 1)
    case = samples.selected(
        plan, selected_on=day, agreed_on=day, started_on=day, accepted_on=day,
        stage=SupportStage.ACCEPTED, imported_stage=SupportStage.ACCEPTED,
    )  # fmt: skip
    url = case.enterprise.get_absolute_url()
    link = f'href="{case.get_absolute_url()}"'

    def page(asked: str) -> Any:
        return client.get(f"{url}?ngay={asked}").content.decode()

    assert link in page("01/03/2026")
    assert "Đã nghiệm thu" in page("01/03/2026")
    assert link not in page("28/02/2026")


def test_an_acceptance_outside_the_phase_warns_and_counts_in_neither(
    plan: Plan, client: Client
) -> None:
    """It is no mistake: the page says so, the list finds it, and no figure holds it."""
    officer, lead = samples.officer(), samples.lead()
    case = samples.selected(plan, code="B1.3.5")
    case = samples.brought_to(SupportState.ACCEPTED, case, officer, lead)
    assert case.accepted_on is not None
    client.force_login(officer)
    assert (
        "không được tính vào giai đoạn nào" in client.get(case.get_absolute_url()).content.decode()
    )
    figures = figures_of_plan(plan, case.accepted_on)
    assert (figures["B1.3.5"].value, figures["B2.2.5"].value) == (0, 0)
    assert listed(officer, case.accepted_on, task="B1.3.5", state=OUTSIDE) == 1
    assert listed(officer, case.accepted_on, task="B1.3.5", state=COUNTED) == 0
