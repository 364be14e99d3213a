"""What staff decide about the plan is entered by one, approved by another, and dated."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.choices import OrganisationKind, Role
from accounts.models import User
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from core.registers import worklist
from core.versions import StaleVersionError
from enterprises.models import ProductivityProject
from notifications.models import Notice
from programs import services
from programs.decisions import ASSIGNMENT, KINDS, MEASURE, READING, TARGET, Kind
from programs.figures import Status, figures_of_plan
from programs.models import Indicator, Plan, Target, Task, TextIssue
from programs.models.decided import Decided
from programs.plan_file import PlanFile
from programs.selectors import IssuesByPlace, assignment_in_force
from tests import factories as people
from tests.enterprises import factories

pytestmark = pytest.mark.django_db

FROM = dt.date(2026, 3, 1)
BEFORE = FROM - dt.timedelta(days=1)
DOCUMENT = {"number": "120/QĐ-UBND", "issued_on": dt.date(2026, 2, 1), "issuer": "UBND tỉnh"}


@pytest.fixture
def lead(db: None) -> User:
    """A programme lead."""
    return people.user(role=Role.PROGRAMME_LEAD)


def subject(plan: Plan, kind: Kind) -> Any:
    """What a decision of this kind is about in these tests."""
    model, code = {
        TARGET.slug: (Indicator, "K18"),
        READING.slug: (TextIssue, "C05"),
        ASSIGNMENT.slug: (Task, "B1.3.5"),
        MEASURE.slug: (Indicator, "K20"),
    }[kind.slug]
    return model.objects.get(plan=plan, code=code)


def values(plan: Plan, kind: Kind, **changed: Any) -> dict[str, Any]:
    """What a person types rightly for this kind."""
    own: dict[str, Any] = {
        TARGET.slug: lambda: {"low": 95, "high": None, "due_year": 2030},
        READING.slug: lambda: {"reading": subject(plan, READING).readings.get(key="with_project")},
        ASSIGNMENT.slug: lambda: {
            "lead": people.organisation(OrganisationKind.BRANCH),
            "coordinating": [people.organisation()],
            "starts_on": dt.date(2026, 4, 1),
            "ends_on": dt.date(2026, 4, 1),
        },
        MEASURE.slug: lambda: {
            "measure_key": "key_enterprises_with_project",
            "measure_parameters": {"kinds": ["project"]},
        },
    }[kind.slug]()
    return {**own, "valid_from": FROM, "note": "", **DOCUMENT, **changed}


def propose(plan: Plan, kind: Kind, by: User, **changed: Any) -> Decided:
    """Enter a decision."""
    about = subject(plan, kind)
    typed = values(plan, kind, **changed)
    return services.plan_proposal_add(kind=kind, subject=about, values=typed, by=by)


@pytest.mark.parametrize("slug", sorted(KINDS))
def test_what_is_entered_counts_only_when_another_person_approved_it(
    slug: str, plan: Plan, officer: User, lead: User
) -> None:
    kind = KINDS[slug]
    row = propose(plan, kind, officer)
    standing = kind.model.objects.standing().filter(pk=row.pk)
    assert not standing.exists()
    services.plan_proposal_approve(row=row, version=row.version, by=lead)
    assert standing.exists()
    acts = list(Entry.objects.about(row).order_by("pk").values_list("act", flat=True))
    assert acts == ["plan_proposal_add", "plan_proposal_approve"]


@pytest.mark.parametrize("slug", sorted(KINDS))
def test_nobody_approves_or_returns_their_own(slug: str, plan: Plan, lead: User) -> None:
    row = propose(plan, KINDS[slug], lead)
    with pytest.raises(NotAllowedError, match="lãnh đạo khác"):
        services.plan_proposal_approve(row=row, version=None, by=lead)
    with pytest.raises(NotAllowedError, match="lãnh đạo khác"):
        services.plan_proposal_return(row=row, reason="x", version=None, by=lead)
    row.refresh_from_db()
    assert row.waits
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(
            approved_by=lead, approved_at="2026-03-01T00:00Z"
        )


WAITING, RETURNED, APPROVED = "waiting", "returned", "approved"
ACTS = ("edit", "approve", "return", "void")
MAY = {
    (WAITING, "edit", "author"),
    (WAITING, "void", "author"),
    (WAITING, "approve", Role.PROGRAMME_LEAD),
    (WAITING, "return", Role.PROGRAMME_LEAD),
    (RETURNED, "edit", "author"),
    (RETURNED, "void", "author"),
    (APPROVED, "void", Role.PROGRAMME_LEAD),
}


def do(act: str, row: Decided, plan: Plan, by: User) -> None:
    """Try an act."""
    if act == "edit":
        typed = values(plan, TARGET, low=90)
        services.plan_proposal_edit(row=row, values=typed, version=None, by=by)
    elif act == "approve":
        services.plan_proposal_approve(row=row, version=None, by=by)
    elif act == "return":
        services.plan_proposal_return(row=row, reason="Sai số.", version=None, by=by)
    else:
        services.plan_proposal_void(row=row, reason="Sai số.", version=None, by=by)


@pytest.mark.parametrize("state", [WAITING, RETURNED, APPROVED])
@pytest.mark.parametrize("act", ACTS)
def test_every_state_act_and_role(
    state: str, act: str, plan: Plan, officer: User, lead: User
) -> None:
    row = propose(plan, TARGET, officer)
    if state == RETURNED:
        services.plan_proposal_return(row=row, reason="Thiếu căn cứ.", version=None, by=lead)
    elif state == APPROVED:
        services.plan_proposal_approve(row=row, version=None, by=lead)
    doers: dict[str, User] = {"author": officer}
    doers |= {role.value: people.user(role=role) for role in Role}
    for name, by in doers.items():
        with transaction.atomic():
            if (state, act, name) in MAY:
                do(act, row, plan, by)
                assert Entry.objects.about(row).filter(actor_id=by.pk).exists()
            else:
                with pytest.raises(NotAllowedError):
                    do(act, row, plan, by)
                row.refresh_from_db()
            transaction.set_rollback(True)


def test_a_target_in_force_from_a_day_leaves_earlier_days_as_they_were(
    plan: Plan, officer: User, lead: User
) -> None:
    for number in range(10):
        product = factories.product()
        factories.key_entry(product)
        if number < 8:
            factories.declaration(product)

    def judged(day: dt.date) -> tuple[Any, Status | None]:
        figure = figures_of_plan(plan, day)["K18"]
        return (figure.target.low if figure.target else None), figure.status

    old, _status = judged(FROM)
    row = propose(plan, TARGET, officer, low=100)
    assert judged(FROM)[0] == old
    services.plan_proposal_approve(row=row, version=None, by=lead)
    assert judged(BEFORE)[0] == old
    assert judged(FROM)[0] == 100
    services.plan_proposal_void(row=row, reason="Nhầm chỉ tiêu.", version=None, by=_other_lead())
    assert judged(FROM)[0] == old
    assert Notice.objects.filter(recipient=officer, text="Nhầm chỉ tiêu.").count() == 1


def _other_lead() -> User:
    return people.user(role=Role.PROGRAMME_LEAD)


def test_a_reading_counts_from_its_day_and_the_pages_show_it(
    plan: Plan, officer: User, lead: User, as_officer: Client
) -> None:
    row = propose(plan, READING, officer)
    services.plan_proposal_approve(row=row, version=None, by=lead)
    for day, key in ((BEFORE, "all_key_enterprises"), (FROM, "with_project")):
        (issue,) = IssuesByPlace(officer, plan, day).at("K06")[:1]
        assert issue.official_reading is not None
        assert issue.official_reading.key == key
    page = as_officer.get(reverse("text_issue_list", args=[plan.code]), {"ngay": "01/03/2026"})
    assert "120/QĐ-UBND" in page.content.decode()
    page = as_officer.get(reverse("text_issue_list", args=[plan.code]), {"ngay": "28/02/2026"})
    assert "120/QĐ-UBND" not in page.content.decode()


def test_a_measure_and_its_parameters_count_from_their_day(
    plan: Plan, officer: User, lead: User
) -> None:
    of = factories.enterprise()
    factories.key_entry(of)
    ProductivityProject.objects.create(enterprise=of, kind="plan", valid_from=factories.SINCE)
    row = propose(plan, MEASURE, officer)
    services.plan_proposal_approve(row=row, version=None, by=lead)
    assert figures_of_plan(plan, BEFORE)["K20"].value == 100
    assert figures_of_plan(plan, FROM)["K20"].value == 0


def test_a_figure_that_the_portal_did_not_compute_is_mapped_by_staff(
    plan: Plan, officer: User, lead: User
) -> None:
    task = Task.objects.filter(plan=plan, measure_key="", phase__code="P2").first()
    assert task is not None
    row = services.plan_proposal_add(
        kind=MEASURE,
        subject=task,
        values=values(
            plan,
            MEASURE,
            measure_key="outputs_issued",
            measure_parameters={"indicator": "K13"},
        ),
        by=officer,
    )
    services.plan_proposal_approve(row=row, version=None, by=lead)
    assert figures_of_plan(plan, BEFORE)[task.code].value is None
    assert figures_of_plan(plan, FROM)[task.code].value == 0


def test_an_assignment_is_shown_as_at_a_day(
    plan: Plan, officer: User, lead: User, as_officer: Client
) -> None:
    row: Any = propose(plan, ASSIGNMENT, officer)
    services.plan_proposal_approve(row=row, version=None, by=lead)
    task = subject(plan, ASSIGNMENT)
    assert assignment_in_force(task, BEFORE) is None
    assert assignment_in_force(task, FROM) == row
    url = reverse("task_detail", args=[plan.code, task.code])
    assert row.lead.shown_name in as_officer.get(url, {"ngay": "01/03/2026"}).content.decode()
    earlier = as_officer.get(url, {"ngay": "28/02/2026"})
    assert earlier.context["assignment"] is None


@pytest.mark.parametrize(
    ("slug", "changed", "field"),
    [
        ("chi-tieu", {"low": -1}, "low"),
        ("chi-tieu", {"high": 99}, "high"),
        ("chi-tieu", {"due_year": 2025}, "due_year"),
        ("chi-tieu", {"due_year": None}, "due_year"),
        ("chi-tieu", {"valid_from": dt.date(2031, 1, 1)}, "valid_from"),
        ("chi-tieu", {"valid_from": dt.date(2026, 1, 31)}, "valid_from"),
        ("chi-tieu", {"number": "", "issued_on": None, "issuer": ""}, "instrument"),
        ("chi-tieu", {"number": ""}, "number"),
        ("cach-hieu", {"number": "", "issued_on": None, "issuer": ""}, "instrument"),
        ("phan-cong", {"ends_on": dt.date(2026, 3, 31)}, "__all__"),
        ("cach-tinh", {"measure_key": "khong_co"}, "measure_key"),
        ("cach-tinh", {"measure_parameters": {}}, "kinds"),
        ("cach-tinh", {"measure_parameters": {"kinds": ["la"]}}, "kinds"),
    ],
)
def test_bad_input_is_told_at_its_field_and_changes_nothing(
    slug: str, changed: dict[str, Any], field: str, plan: Plan, officer: User
) -> None:
    documents = plan.instruments.count()
    with pytest.raises(ValidationError) as told, transaction.atomic():
        propose(plan, KINDS[slug], officer, **changed)
    assert list(told.value.message_dict) == [field]
    assert not KINDS[slug].model.objects.proposed().exists()
    assert plan.instruments.count() == documents


def test_a_document_that_is_known_keeps_its_issuer(plan: Plan, officer: User) -> None:
    propose(plan, TARGET, officer)
    with pytest.raises(ValidationError) as told, transaction.atomic():
        propose(plan, READING, officer, issuer="UBND huyện")
    assert list(told.value.message_dict) == ["issuer"]
    again = propose(plan, READING, officer)
    assert plan.instruments.filter(number="120/QĐ-UBND").count() == 1
    assert again.waits


def test_a_range_turned_round_is_refused_and_a_range_needs_both_ends(
    plan: Plan, officer: User
) -> None:
    indicator = Indicator.objects.get(plan=plan, code="K04")
    for low, high in ((3, 1), (1, None)):
        typed = values(plan, TARGET, low=low, high=high, due_year=None)
        typed["valid_from"], typed["issued_on"] = dt.date(2023, 1, 1), dt.date(2022, 12, 1)
        with pytest.raises(ValidationError), transaction.atomic():
            services.plan_proposal_add(kind=TARGET, subject=indicator, values=typed, by=officer)


def test_an_unknown_parameter_is_refused(plan: Plan, officer: User) -> None:
    parameters = {"kinds": ["plan"], "mau": "x"}
    with pytest.raises(DomainError, match="mau"):
        propose(plan, MEASURE, officer, measure_parameters=parameters)


def test_two_decisions_from_one_day_do_not_both_count(
    plan: Plan, officer: User, lead: User, client: Client
) -> None:
    first, second = (propose(plan, TARGET, officer, low=low) for low in (91, 92))
    services.plan_proposal_approve(row=first, version=None, by=lead)
    with pytest.raises(DomainError, match="trả lại"), transaction.atomic():
        services.plan_proposal_approve(row=second, version=None, by=lead)
    client.force_login(lead)
    approve = reverse("plan_proposal_approve", args=[plan.code, TARGET.slug, second.pk])
    page = client.post(approve, {"version": second.version}, follow=True)
    assert page.status_code == 200
    assert "trả lại" in page.content.decode()
    assert Target.objects.standing().filter(valid_from=FROM).count() == 1
    with pytest.raises(ValidationError, match="ngày khác"):
        propose(plan, TARGET, officer, low=93)


def test_what_changed_meanwhile_is_not_decided_unseen(
    plan: Plan, officer: User, lead: User, client: Client
) -> None:
    row = propose(plan, TARGET, officer)
    seen = row.version
    services.plan_proposal_edit(
        row=row, values=values(plan, TARGET, low=50), version=seen, by=officer
    )
    with pytest.raises(StaleVersionError):
        services.plan_proposal_approve(row=row, version=seen, by=lead)
    client.force_login(lead)
    for act in ("approve", "return", "void"):
        url = reverse(f"plan_proposal_{act}", args=[plan.code, TARGET.slug, row.pk])
        for version in ("", str(seen), "²"):
            client.post(url, {"version": version, "reason": "Sai số."})
    row.refresh_from_db()
    assert row.waits


def test_a_stale_form_shows_what_differs_and_keeps_what_was_typed(
    plan: Plan, officer: User, as_officer: Client
) -> None:
    row = propose(plan, TARGET, officer)
    url = reverse("plan_proposal_edit", args=[plan.code, TARGET.slug, row.pk])
    instrument = Target.objects.get(pk=row.pk).instrument_id
    typed = {
        "low": "77",
        "due_year": "2030",
        "valid_from": "01/03/2026",
        "instrument": instrument,
        "version": str(row.version),
    }
    assert as_officer.post(url, {**typed, "low": "70"}).status_code == 302
    page = as_officer.post(url, typed)
    assert page.status_code == 200
    shown = page.content.decode()
    assert "70" in shown
    assert 'value="77"' in shown


def test_the_lead_is_told_and_the_author_reads_why_it_came_back(
    plan: Plan, officer: User, lead: User
) -> None:
    def titles(user: User) -> list[str]:
        return [item.title for item in worklist.items(user) if "plan_proposal" in item.key]

    row = propose(plan, TARGET, officer)
    assert Notice.objects.filter(recipient=lead, kind="plan_proposal").count() == 1
    assert len(titles(lead)) == 1
    assert titles(officer) == []
    services.plan_proposal_return(row=row, reason="Thiếu căn cứ.", version=None, by=lead)
    told = Notice.objects.get(recipient=officer, kind="plan_proposal")
    assert told.text == "Thiếu căn cứ."
    assert titles(lead) == []
    assert len(titles(officer)) == 1
    services.plan_proposal_edit(row=row, values=values(plan, TARGET), version=None, by=officer)
    assert titles(officer) == []
    assert len(titles(lead)) == 1


def test_loading_the_plan_again_leaves_what_staff_decided(
    plan: Plan, plan_file: PlanFile, officer: User, lead: User
) -> None:
    of_the_file = plan.instruments.get(number=plan.number)
    for kind in KINDS.values():
        nothing = {"number": "", "issued_on": None, "issuer": ""}
        row = propose(plan, kind, officer, instrument=of_the_file, **nothing)
        services.plan_proposal_approve(row=row, version=None, by=lead)
    again = people.load(plan_file)
    assert again == plan
    for kind in KINDS.values():
        assert kind.model.objects.standing().filter(recorded_by=officer).count() == 1
    assert figures_of_plan(plan, FROM)["K18"].target.low == 95  # type: ignore[union-attr]
