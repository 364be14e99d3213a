"""Rounds, nominations and dossiers for tests, made by the services that make them in the portal."""

import base64
import datetime as dt
import io
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.choices import OrganisationKind, Role
from accounts.models import Organisation, User
from enterprises import services
from enterprises.choices import DossierState, NominationAct
from enterprises.models import (
    Dossier,
    Enterprise,
    Nomination,
    NominationBatch,
    NominationRound,
)
from programs.models import Plan, Task
from tests import factories as people
from tests.enterprises import factories

MILLION = 1_000_000
SUPPORT_TASKS = ("B2.2.1", "B2.2.2", "B2.2.3")
SERVICES = {
    NominationAct.SHORTLIST: services.dossier_shortlist,
    NominationAct.PROPOSE: services.dossier_propose,
    NominationAct.TAKE_BACK: services.dossier_take_back,
    NominationAct.SELECT: services.dossier_select,
    NominationAct.REFUSE: services.dossier_refuse,
}


def today() -> dt.date:
    """Today, as the portal has it."""
    return timezone.localdate()


def days(number: int) -> dt.date:
    """A day so many days from today."""
    return today() + dt.timedelta(days=number)


# A picture needs no process of its own to be inspected, as a PDF does.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


def scan(name: str = "cong-van.png") -> SimpleUploadedFile:
    """The scan of a letter: a picture of one point."""
    return SimpleUploadedFile(name, PICTURE, "image/png")


def officer() -> User:
    """A programme officer."""
    return people.user(role=Role.PROGRAMME_OFFICER, name="Chuyên Viên Xét")


def lead() -> User:
    """A programme lead."""
    return people.user(role=Role.PROGRAMME_LEAD, name="Lãnh Đạo Duyệt")


def department(**values: Any) -> Organisation:
    """A department that nominates."""
    return people.organisation(OrganisationKind.DEPARTMENT, **values)


def nominator(place: Organisation | None = None, name: str = "Cán Bộ Đề Cử") -> User:
    """A unit officer, of a department of their own if none is named."""
    person = people.user(name=name)
    people.membership(person, Role.UNIT_OFFICER, place or department())
    return person


def place_of(person: User) -> Organisation:
    """Where a unit officer works."""
    found: Organisation = person.current_memberships[0].organisation
    return found


def task(plan: Plan, code: str = SUPPORT_TASKS[0]) -> Task:
    """A task of the plan."""
    return Task.objects.get(plan=plan, code=code)


def prepared_round(plan: Plan, by: User | None = None, **values: Any) -> NominationRound:
    """A round that is not open yet."""
    quotas = values.pop("tasks", dict.fromkeys(SUPPORT_TASKS))
    tasks = {task(plan, code): quota for code, quota in quotas.items()}
    made = {
        "title": f"Đợt {factories.tax_code()}",
        "opens_on": days(-5),
        "closes_on": days(20),
        "review_by": days(40),
        "quota": 10,
        "criteria": "Doanh nghiệp có sản phẩm chủ lực, cam kết đối ứng.",
        "tasks": tasks,
    }
    return services.round_create(plan=plan, values={**made, **values}, by=by or officer())


def open_round(plan: Plan, by: User | None = None, **values: Any) -> NominationRound:
    """A round that takes nominations."""
    person = by or officer()
    one = prepared_round(plan, person, **values)
    return services.round_open(one=one, version=None, by=person)


def set_days(one: NominationRound, opens: int, closes: int) -> NominationRound:
    """Let time pass: the round opened and closes so many days from today."""
    one.opens_on, one.closes_on = days(opens), days(closes)
    one.review_by = max(one.review_by, one.closes_on)
    one.save()
    return one


def enterprise_of(person: User, **values: Any) -> Enterprise:
    """A verified enterprise that the person's organisation manages."""
    values.setdefault("verified_at", timezone.now())
    made = factories.enterprise(**values)
    made.managing_departments.add(place_of(person))
    return made


def values_for(one: NominationRound, of: Enterprise | str, **values: Any) -> dict[str, Any]:
    """What is typed for a good nomination."""
    made = {
        "task": one.tasks.order_by("position").first(),
        "tax_code": of if isinstance(of, str) else of.tax_code,
        "need": "Áp dụng tiêu chuẩn cho chè xanh xuất khẩu.",
        "expected_cost": 100 * MILLION,
        "state_share": 40 * MILLION,
        "enterprise_share": 60 * MILLION,
        "commitment": "Đối ứng đủ 60 triệu đồng và bố trí cán bộ kỹ thuật.",
        "outside_reason": "",
        "letter_number": "45/SCT-QLCN",
        "letter_date": today(),
    }
    return {**made, **values}


def draft(
    one: NominationRound, by: User, of: Enterprise | str | None = None, **values: Any
) -> Nomination:
    """A draft with everything that a submission needs."""
    named = of if of is not None else enterprise_of(by)
    return services.nomination_add(
        one=one,
        organisation=place_of(by),
        values=values_for(one, named, **values),
        files={"letter": scan()},
        by=by,
    )


def submitted(
    one: NominationRound, by: User, of: Enterprise | str | None = None, **values: Any
) -> Nomination:
    """A submitted nomination."""
    return services.nomination_submit(nomination=draft(one, by, of, **values), version=None, by=by)


def review(dossier: Dossier, act: NominationAct, by: User, reason: str = "Lý do.") -> Dossier:
    """A step of the review."""
    return SERVICES[act](asked=[(dossier, None)], by=by, reason=reason)[0]


def brought_to(state: DossierState, nomination: Nomination, officer: User, lead: User) -> Dossier:
    """The dossier of a nomination, brought to a state by those who may."""
    dossier = nomination.dossier
    assert dossier is not None
    acts = {
        DossierState.WAITING: (),
        DossierState.SHORTLISTED: (NominationAct.SHORTLIST,),
        DossierState.PROPOSED: (NominationAct.SHORTLIST, NominationAct.PROPOSE),
        DossierState.SELECTED: (
            NominationAct.SHORTLIST,
            NominationAct.PROPOSE,
            NominationAct.SELECT,
        ),
        DossierState.NOT_SELECTED: (NominationAct.REFUSE,),
    }
    if state == DossierState.RETURNED:
        returned(nomination, officer)
    elif state == DossierState.WITHDRAWN:
        by = nomination.submitted_by
        assert by is not None
        services.nomination_withdraw(
            nomination=nomination, reason="Doanh nghiệp thôi.", version=None, by=by
        )
    else:
        for act in acts[state]:
            review(dossier, act, lead if act == NominationAct.SELECT else officer)
    return Dossier.objects.get(pk=dossier.pk)


def returned(nomination: Nomination, by: User, **values: Any) -> Nomination:
    """A nomination sent back to be mended."""
    made = {"reason": "Thiếu dự toán.", "fields": ["expected_cost"], "mend_by": days(7)}
    return services.nomination_return(
        nomination=nomination, version=None, by=by, **{**made, **values}
    )


HEADERS = (
    "Mã số thuế", "Mã nhiệm vụ", "Tên doanh nghiệp", "Loại hình", "Xã phường", "Nhu cầu",
    "Kinh phí dự kiến (triệu đồng)", "Ngân sách nhà nước (triệu đồng)",
    "Vốn doanh nghiệp (triệu đồng)", "Cam kết", "Lý do đề cử ngoài phạm vi",
)  # fmt: skip


def sheet_row(one: NominationRound, code: str, **cells: Any) -> list[Any]:
    """A good row of a sheet; cells by their place in the headers."""
    first = one.tasks.order_by("position").values_list("code", flat=True)[0]
    row = [code, first, None, None, None, "Áp dụng ISO", 100, 40, 60, "Đối ứng đủ", None]
    for header, value in cells.items():
        row[COLUMN_NAMES.index(header)] = value
    return row


COLUMN_NAMES = (
    "code", "task", "name", "kind", "area", "need", "cost", "state", "own", "commitment", "reason",
)  # fmt: skip


def sheet_file(rows: list[list[Any]], headers: Any = HEADERS) -> SimpleUploadedFile:
    """A workbook with the sheet of nominations."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "DeCu"
    for row in (headers, *rows):
        page.append(list(row))
    target = io.BytesIO()
    book.save(target)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return SimpleUploadedFile("de-cu.xlsx", target.getvalue(), kind)


def batch(one: NominationRound, by: User, rows: list[list[Any]] | None = None) -> NominationBatch:
    """A sheet that was brought, with one good row if none are given."""
    rows = rows or [sheet_row(one, enterprise_of(by).tax_code)]
    return services.nomination_batch_add(
        one=one,
        organisation=place_of(by),
        values={"letter_number": "46/SCT", "letter_date": today()},
        file=sheet_file(rows),
        letter=scan(),
        by=by,
    )
