"""The act that gives a demonstration a closed nomination round with its selection, and an open one.

It tells nobody: the people of a demonstration have no mailboxes.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.demo import DEMO_ACCOUNTS
from accounts.models import Organisation, User
from audit.actors import Actor
from audit.services import record
from core.registers.demo import Wish
from enterprises.choices import DossierState, NominationAct, NominationState
from enterprises.demo import PREFIX
from enterprises.models import (
    Dossier,
    Enterprise,
    Nomination,
    NominationRound,
    NominationStep,
    RoundTask,
)
from programs.models import Plan, Task

MILLION = 1_000_000
CRITERIA = (
    "1. Có sản phẩm thuộc danh mục trọng điểm hoặc có hợp đồng xuất khẩu.\n"
    "2. Cam kết vốn đối ứng và bố trí cán bộ phụ trách.\n"
    "3. Chưa được hỗ trợ cùng nội dung từ nguồn khác."
)
CLOSED, OPEN = "Đợt 1 năm 2026 (mẫu)", "Đợt 2 năm 2026 (mẫu)"
TASKS = ("B2.2.1", "B2.2.2", "B2.2.5", "B2.2.6", "B2.2.8")
NEEDS = (
    "Áp dụng và chứng nhận hệ thống quản lý cho dây chuyền chế biến chính.",
    "Xây dựng tiêu chuẩn cơ sở, công bố hợp chuẩn sản phẩm chủ lực.",
    "Đánh giá chứng nhận theo yêu cầu của khách hàng nước ngoài.",
)
COMMITMENT = "Đối ứng đủ phần vốn của doanh nghiệp, bố trí cán bộ kỹ thuật theo suốt thời gian."
# The way of each dossier of the closed round, and of the open one.
ENDS = (
    DossierState.SELECTED, DossierState.SELECTED, DossierState.SELECTED, DossierState.NOT_SELECTED,
)  # fmt: skip
RUNNING = (
    DossierState.WAITING, DossierState.WAITING, DossierState.SHORTLISTED, DossierState.PROPOSED,
)  # fmt: skip
REASON = "Nội dung đề nghị trùng với hỗ trợ đã nhận từ chương trình khác (mẫu)."


@dataclass(frozen=True)
class Cast:
    """The people of the demonstration."""

    officer: User
    lead: User
    nominator: User
    organisation: Organisation


@transaction.atomic
def demo_rounds_create(wish: Wish, by: Actor) -> int:
    """Create the rounds with their nominations; returns how many rounds, none when they are here.

    Nothing without a plan, its support tasks, the demo accounts and their enterprises.
    """
    plan, cast = Plan.objects.current(), _cast()
    if not wish.enterprises or plan is None or cast is None:
        return 0
    tasks = list(Task.objects.filter(plan=plan, code__in=TASKS).order_by("position"))
    managed = Enterprise.objects.filter(
        tax_code__startswith=PREFIX,
        managing_departments=cast.organisation,
        verified_at__isnull=False,
        ended_on__isnull=True,
    )
    enterprises = list(managed.order_by("tax_code")[: len(ENDS) + len(RUNNING)])
    known = NominationRound.objects.filter(plan=plan, title__in=(CLOSED, OPEN))
    if not tasks or len(enterprises) < len(ENDS) + len(RUNNING) or known.exists():
        return 0
    first = _round(plan, CLOSED, dt.date(2026, 2, 2), dt.date(2026, 3, 13), tasks, cast)
    first.closed_at, first.closed_by = _at(dt.date(2026, 3, 16)), cast.officer
    first.save()
    second = _round(plan, OPEN, dt.date(2026, 11, 2), dt.date(2027, 1, 29), tasks, cast)
    for one, ways, day in (
        (first, ENDS, dt.date(2026, 2, 20)),
        (second, RUNNING, dt.date(2026, 11, 5)),
    ):
        for number, state in enumerate(ways):
            _dossier(one, enterprises.pop(0), tasks[number % len(tasks)], state, day, cast)
    record(act="demo_rounds_create", by=by, after={"records": 2})
    return 2


def _cast() -> Cast | None:
    by_email = {one.email: one for one in User.objects.filter(is_demo=True)}
    emails = {account.organisation: account.email for account in DEMO_ACCOUNTS}
    people = [by_email.get(emails[place]) for place in ("CCTDC", "SCT")]
    # The Department has two demo accounts: the lead stands first.
    lead = next(one.email for one in DEMO_ACCOUNTS if one.organisation == "SKHCN")
    organisation = Organisation.objects.filter(code="SCT").first()
    people.append(by_email.get(lead))
    if organisation is None or None in people:
        return None
    officer, nominator, confirming = (one for one in people if one)
    return Cast(officer, confirming, nominator, organisation)


def _round(
    plan: Plan, title: str, opens: dt.date, closes: dt.date, tasks: list[Task], cast: Cast
) -> NominationRound:
    one = NominationRound.objects.create(
        plan=plan,
        title=title,
        opens_on=opens,
        closes_on=closes,
        review_by=closes + dt.timedelta(days=30),
        quota=10,
        criteria=CRITERIA,
        prepared_by=cast.officer,
        opened_at=_at(opens),
        opened_by=cast.officer,
    )
    RoundTask.objects.bulk_create(RoundTask(round=one, task=task) for task in tasks)
    return one


def _dossier(
    one: NominationRound,
    enterprise: Enterprise,
    task: Task,
    state: DossierState,
    day: dt.date,
    cast: Cast,
) -> None:
    proposed = state in {DossierState.PROPOSED, DossierState.SELECTED}
    decided = state in {DossierState.SELECTED, DossierState.NOT_SELECTED}
    ways: dict[str, Any] = {"proposed_by": cast.officer, "proposed_at": _at(day, 14)}
    ends: dict[str, Any] = {"decided_by": cast.lead, "decided_at": _at(day, 21)}
    dossier = Dossier.objects.create(
        round=one,
        task=task,
        enterprise=enterprise,
        state=state,
        submitted_at=_at(day),
        reason=REASON if state == DossierState.NOT_SELECTED else "",
        **(ways if proposed else {}),
        **(ends if decided else {}),
    )
    cost = 60 + 20 * (enterprise.pk % 3)
    nomination = Nomination.objects.create(
        round=one,
        task=task,
        organisation=cast.organisation,
        enterprise=enterprise,
        dossier=dossier,
        state=NominationState.SUBMITTED,
        need=NEEDS[enterprise.pk % len(NEEDS)],
        expected_cost=cost * MILLION,
        state_share=cost // 2 * MILLION,
        enterprise_share=(cost - cost // 2) * MILLION,
        commitment=COMMITMENT,
        letter_number="45/SCT-MẪU",
        letter_date=day,
        drafted_by=cast.nominator,
        submitted_by=cast.nominator,
        submitted_at=_at(day),
    )
    _steps(dossier, nomination, day, cast)


def _steps(dossier: Dossier, nomination: Nomination, day: dt.date, cast: Cast) -> None:
    acts: list[tuple[NominationAct, User, int, str]] = [
        (NominationAct.SUBMIT, cast.nominator, 0, "")
    ]
    if dossier.state == DossierState.NOT_SELECTED:
        acts.append((NominationAct.REFUSE, cast.lead, 21, REASON))
    if dossier.state in {DossierState.SHORTLISTED, DossierState.PROPOSED, DossierState.SELECTED}:
        acts.append((NominationAct.SHORTLIST, cast.officer, 7, ""))
    if dossier.proposed_by:
        acts.append((NominationAct.PROPOSE, cast.officer, 14, ""))
    if dossier.state == DossierState.SELECTED:
        acts.append((NominationAct.SELECT, cast.lead, 21, ""))
    for act, person, later, reason in acts:
        submitted = act == NominationAct.SUBMIT
        NominationStep(
            dossier=dossier,
            nomination=nomination if submitted else None,
            organisation=cast.organisation if submitted else None,
            act=act,
            by=person,
            at=_at(day, later),
            reason=reason,
        ).save()


def _at(day: dt.date, later: int = 0) -> dt.datetime:
    """Nine in the morning in Việt Nam, so many days later."""
    return dt.datetime.combine(day + dt.timedelta(days=later), dt.time(2), dt.UTC)
