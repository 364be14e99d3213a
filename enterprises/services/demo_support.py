"""The act that gives a demonstration support cases at every stage, past ones and a rule.

It tells nobody: the people of a demonstration have no mailboxes.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.demo import DEMO_ACCOUNTS
from accounts.models import User
from audit.actors import Actor
from audit.services import record
from core.registers.demo import Wish
from enterprises.choices import DossierState, SupportAct, SupportStage
from enterprises.demo import PREFIX
from enterprises.models import (
    Certificate,
    Dossier,
    Enterprise,
    SupportCase,
    SupportMilestone,
    SupportRule,
    SupportStep,
)
from enterprises.services.demo_rounds import CLOSED, MILLION
from programs.choices import TaskKind
from programs.models import Plan, Task

Stage = SupportStage
RULE = "Quy định mẫu để dùng thử, không phải văn bản thật"
# How far the cases of the closed round have come.
WAYS = (Stage.ACCEPTED, Stage.IN_PROGRESS, Stage.SELECTED)
# Past cases: of how many enterprises.
PAST_EVERY, PAST_MOST = 2, 24


@transaction.atomic
def demo_support_create(wish: Wish, by: Actor) -> int:
    """Create the cases; returns how many, none when they are here or nothing leads to them."""
    plan, people = Plan.objects.current(), _people()
    if not wish.enterprises or plan is None or people is None:
        return 0
    if SupportCase.objects.filter(enterprise__tax_code__startswith=PREFIX).exists():
        return 0
    officer, lead = people
    selected = Dossier.objects.filter(
        round__plan=plan, round__title=CLOSED, state=DossierState.SELECTED
    )
    made = [
        _case(dossier, stage, officer, lead)
        for dossier, stage in zip(selected.order_by("pk"), WAYS, strict=False)
    ]
    made += _past(plan, {case.enterprise_id for case in made})
    _rule(officer, lead)
    record(act="demo_support_create", by=by, after={"records": len(made)})
    return len(made)


def _people() -> tuple[User, User] | None:
    by_email = {one.email: one for one in User.objects.filter(is_demo=True)}
    emails = {one.organisation: one.email for one in reversed(DEMO_ACCOUNTS)}
    officer, lead = by_email.get(emails["CCTDC"]), by_email.get(emails["SKHCN"])
    return (officer, lead) if officer and lead else None


def _case(dossier: Dossier, stage: SupportStage, officer: User, lead: User) -> SupportCase:
    """A case of the closed round; the one that was not agreed on waits for the lead."""
    decided = dossier.decided_at or timezone.now()
    day = timezone.localdate(decided)
    case = SupportCase(
        enterprise=dossier.enterprise,
        task=dossier.task,
        dossier=dossier,
        selected_on=day,
        recorded_by=lead,
        stage=stage,
        agreement_number="21/TT-MẪU",
        agreed_on=_later(day, 20),
        due_on=_later(day, 330),
        state_share=10 * MILLION,
        enterprise_share=15 * MILLION,
        agreement_by=officer,
        agreement_at=_at(_later(day, 18)),
    )
    steps = [
        (SupportAct.SELECT, lead, day),
        (SupportAct.AGREEMENT_PROPOSE, officer, case.agreed_on),
    ]
    if stage >= Stage.AGREED:
        case.agreement_approved_by, case.agreement_approved_at = lead, _at(_later(day, 20))
        steps.append((SupportAct.AGREE, lead, case.agreed_on))
    if stage >= Stage.IN_PROGRESS:
        case.started_on = _later(day, 30)
        steps.append((SupportAct.START, officer, case.started_on))
    if stage >= Stage.ACCEPTED:
        case.acceptance_number, case.accepted_on = "05/BB-MẪU", _later(day, 190)
        case.certificate = Certificate.objects.create(
            enterprise=case.enterprise,
            scheme="iso_9001",
            number=f"MẪU-HT-{case.enterprise_id}",
            issued_on=_later(day, 180),
            recorded_by=officer,
        )
        case.result = "Áp dụng và được chứng nhận hệ thống quản lý chất lượng (mẫu)."
        case.acceptance_by, case.acceptance_at = officer, _at(_later(day, 189))
        case.acceptance_approved_by, case.acceptance_approved_at = lead, _at(_later(day, 191))
        steps += [
            (SupportAct.ACCEPTANCE_PROPOSE, officer, case.accepted_on),
            (SupportAct.ACCEPT, lead, case.accepted_on),
        ]
    case.save()
    for act, person, on in steps:
        SupportStep(case=case, act=act, by=person, on=on, at=_at(on or day)).save()
    if stage == Stage.IN_PROGRESS:
        SupportMilestone.objects.bulk_create(
            SupportMilestone(case=case, title=title, due_on=_later(day, due), done_on=done)
            for title, due, done in (
                ("Đào tạo nhận thức và xây dựng tài liệu", 90, _later(day, 85)),
                ("Đánh giá nội bộ, khắc phục", 300, None),
            )
        )
    return case


def _past(plan: Plan, taken: set[int]) -> list[SupportCase]:
    """Cases from the lists of the Department, accepted in the first phase and in this one."""
    enterprises = list(
        Enterprise.objects.filter(tax_code__startswith=PREFIX, ended_on__isnull=True)
        .exclude(pk__in=taken)
        .order_by("tax_code")[:PAST_MOST]
    )
    tasks = list(
        Task.objects.filter(plan=plan, kind=TaskKind.SUPPORT)
        .select_related("phase")
        .order_by("position")
    )
    today = timezone.localdate()
    cases = []
    for number, enterprise in enumerate(enterprises):
        for task in tasks[number % PAST_EVERY :: 5]:
            year = task.phase.first_year + number % 5
            day = dt.date(year, 2 + number % 9, 5 + number % 20)
            if day > today:
                continue
            accepted = min(_later(day, 150), today)
            done = _later(day, 150) <= today
            stage = Stage.CLOSED if done else Stage.IN_PROGRESS
            ends: dict[str, Any] = {"accepted_on": accepted, "closed_on": accepted} if done else {}
            cases.append(
                SupportCase(
                    enterprise=enterprise,
                    task=task,
                    stage=stage,
                    imported_stage=stage,
                    selected_on=day,
                    agreed_on=day,
                    started_on=day,
                    state_share=(8 + number % 4) * MILLION,
                    enterprise_share=(12 + number % 7) * MILLION,
                    **ends,
                )
            )
    return SupportCase.objects.bulk_create(cases)


def _rule(officer: User, lead: User) -> None:
    SupportRule.objects.create(
        kind="",
        state_percent=50,
        state_limit=200 * MILLION,
        legal_basis=RULE,
        valid_from=dt.date(2021, 1, 1),
        recorded_by=officer,
        approved_by=lead,
        approved_at=_at(dt.date(2021, 1, 4)),
    )


def _later(day: dt.date, number: int) -> dt.date:
    return day + dt.timedelta(days=number)


def _at(day: dt.date) -> dt.datetime:
    """Nine in the morning in Việt Nam."""
    return dt.datetime.combine(day, dt.time(2), dt.UTC)
