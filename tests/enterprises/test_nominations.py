"""Nominating an enterprise: what is asked for, what stands in the way, what becomes of it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import OrganisationKind, Role
from accounts.models import User
from accounts.services import succession_record
from audit.models import Entry
from core.errors import NotAllowedError
from enterprises import merging, services
from enterprises.choices import DossierState, NominationAct, NominationState
from enterprises.models import Dossier, Enterprise, Nomination, NominationRound, NominationStep
from enterprises.nomination_selectors import already_supported, quota_of, selected_nominations
from enterprises.services.nominations import NotReadyError
from notifications.models import Notice
from programs.models import Plan
from tests import factories as people
from tests.enterprises import factories
from tests.enterprises import nomination_samples as samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(plan: Plan) -> NominationRound:
    """An open round."""
    return samples.open_round(plan)


@pytest.fixture
def nominator(db: None) -> User:
    """A unit officer."""
    return samples.nominator()


def submit(nomination: Nomination, by: User) -> Nomination:
    """Submit whatever is seen."""
    return services.nomination_submit(nomination=nomination, version=None, by=by)


def refused(nomination: Nomination, by: User) -> str:
    """What is said of a submission that is refused, and that nothing changed."""
    before = Nomination.objects.filter(pk=nomination.pk).values().get()
    entries, steps = Entry.objects.count(), NominationStep.objects.count()
    with pytest.raises(NotReadyError) as told:
        submit(nomination, by)
    assert Nomination.objects.filter(pk=nomination.pk).values().get() == before
    assert (Entry.objects.count(), NominationStep.objects.count()) == (entries, steps)
    assert Dossier.objects.filter(nominations=nomination).count() == 0
    return told.value.message


def test_a_nomination_is_submitted_signed_and_told(one: NominationRound, nominator: User) -> None:
    officer = samples.officer()
    nomination = samples.submitted(one, nominator)
    dossier = nomination.dossier
    assert dossier is not None
    assert dossier.state == DossierState.WAITING
    step = NominationStep.objects.get()
    assert (step.act, step.by, step.organisation) == (
        NominationAct.SUBMIT,
        nominator,
        samples.place_of(nominator),
    )
    assert Entry.objects.filter(act="nomination_submit", actor_id=nominator.pk).count() == 1
    told = Notice.objects.get(recipient=officer, kind="nomination_to_review")
    assert told.url == f"/ho-so-de-cu/{dossier.pk}/"


def test_a_draft_may_lack_everything_but_task_and_tax_code(
    one: NominationRound, nominator: User
) -> None:
    values = {"task": one.tasks.first(), "tax_code": samples.enterprise_of(nominator).tax_code}
    nomination = services.nomination_add(
        one=one, organisation=samples.place_of(nominator), values=values, by=nominator
    )
    told = refused(nomination, nominator)
    for word in ("nhu cầu", "kinh phí dự kiến", "cam kết", "số công văn", "bản chụp công văn"):
        assert word in told.lower()


@pytest.mark.parametrize(
    ("opens", "closes", "told"),
    [(3, 9, "nhận đề cử từ ngày"), (-9, -1, "nhận đề cử đến hết ngày")],
)
def test_outside_the_days_of_the_round(
    one: NominationRound, nominator: User, opens: int, closes: int, told: str
) -> None:
    nomination = samples.draft(one, nominator)
    samples.set_days(one, opens, closes)
    assert told in refused(nomination, nominator)


@pytest.mark.parametrize(("opens", "closes"), [(0, 5), (-5, 0)])
def test_the_first_and_the_last_day_are_days_of_the_round(
    one: NominationRound, nominator: User, opens: int, closes: int
) -> None:
    nomination = samples.draft(one, nominator)
    samples.set_days(one, opens, closes)
    assert submit(nomination, nominator).state == NominationState.SUBMITTED


def test_a_closed_round_takes_nothing(one: NominationRound, nominator: User) -> None:
    nomination = samples.draft(one, nominator)
    services.round_close(one=one, reason="Hết kinh phí.", version=None, by=samples.officer())
    assert "đã đóng" in refused(nomination, nominator)
    one.refresh_from_db()
    with pytest.raises(NotAllowedError, match="đã đóng"):
        samples.draft(one, nominator)


def test_the_quota_of_the_organisation(plan: Plan, nominator: User) -> None:
    one = samples.open_round(plan, quota=2)
    first = samples.submitted(one, nominator)
    samples.submitted(one, nominator)
    third = samples.draft(one, nominator)
    assert "được đề cử 2 doanh nghiệp" in refused(third, nominator)
    services.nomination_withdraw(nomination=first, reason="Thôi.", version=None, by=nominator)
    submit(third, nominator)
    assert quota_of(one, samples.place_of(nominator)).left == 0


def test_the_quota_for_a_task(plan: Plan, nominator: User) -> None:
    one = samples.open_round(plan, tasks={"B2.2.1": 1, "B2.2.2": None})
    samples.submitted(one, nominator)
    second = samples.draft(one, nominator)
    assert "nhiệm vụ B2.2.1" in refused(second, nominator)
    samples.submitted(one, nominator, task=samples.task(plan, "B2.2.2"))


def test_the_quota_of_one_is_not_that_of_another(plan: Plan, nominator: User) -> None:
    one = samples.open_round(plan, quota=1)
    samples.submitted(one, nominator)
    assert samples.submitted(one, samples.nominator()).state == NominationState.SUBMITTED


def test_outside_the_scope_only_with_a_reason(one: NominationRound, nominator: User) -> None:
    other = samples.enterprise_of(samples.nominator(), name="Công ty Ngoài Ngành")
    nomination = samples.draft(one, nominator, other)
    assert "nêu lý do" in refused(nomination, nominator)
    services.nomination_edit(
        nomination=nomination,
        values=samples.values_for(one, other, outside_reason="Chuỗi chè của Sở."),
        version=None,
        by=nominator,
    )
    assert submit(nomination, nominator).outside_reason == "Chuỗi chè của Sở."


def test_in_the_area_of_a_commune_no_reason_is_asked_for(plan: Plan) -> None:
    area = people.area()
    commune = people.organisation(OrganisationKind.AREA_COMMITTEE, area=area)
    by = samples.nominator(commune)
    one = samples.open_round(plan)
    made = factories.enterprise(area=area)
    assert samples.submitted(one, by, made).enterprise == made


def test_an_enterprise_that_has_ended(one: NominationRound, nominator: User) -> None:
    ended = samples.enterprise_of(nominator, ended_on=samples.today())
    assert "đã chấm dứt" in refused(samples.draft(one, nominator, ended), nominator)


def test_a_merged_enterprise_is_nominated_as_what_took_it_over(
    one: NominationRound, nominator: User
) -> None:
    old = samples.enterprise_of(nominator)
    kept = samples.enterprise_of(nominator)
    nomination = samples.draft(one, nominator, old)
    Enterprise.objects.filter(pk=old.pk).update(
        merged_into=kept, merged_at=timezone.now(), merge_reason="Trùng."
    )
    assert submit(nomination, nominator).enterprise == kept


def test_an_enterprise_that_is_supported_already(plan: Plan, nominator: User) -> None:
    earlier = samples.open_round(plan)
    enterprise = samples.enterprise_of(nominator)
    nomination = samples.submitted(earlier, nominator, enterprise)
    samples.brought_to(DossierState.SELECTED, nomination, samples.officer(), samples.lead())
    task = nomination.task
    assert already_supported(enterprise, task)
    assert list(selected_nominations()) == [nomination]
    again = samples.draft(samples.open_round(plan), nominator, enterprise)
    assert "đã được chọn hỗ trợ" in refused(again, nominator)
    other = samples.draft(
        samples.open_round(plan), nominator, enterprise, task=samples.task(plan, "B2.2.2")
    )
    assert submit(other, nominator).state == NominationState.SUBMITTED


def test_who_was_refused_in_a_round_comes_again_in_the_next(plan: Plan, nominator: User) -> None:
    one = samples.open_round(plan)
    enterprise = samples.enterprise_of(nominator)
    nomination = samples.submitted(one, nominator, enterprise)
    samples.review(nomination.dossier, NominationAct.REFUSE, samples.officer())
    colleague = samples.nominator()
    late = samples.draft(one, colleague, enterprise, outside_reason="Cùng chuỗi.")
    with pytest.raises(NotReadyError, match="đã được quyết định"):
        submit(late, colleague)
    samples.submitted(samples.open_round(plan), nominator, enterprise)


@pytest.mark.parametrize("shares", [(40, 59), (50, 60), (0, 0)])
def test_shares_that_do_not_add_up(
    one: NominationRound, nominator: User, shares: tuple[int, int]
) -> None:
    state, own = (share * samples.MILLION for share in shares)
    nomination = samples.draft(one, nominator, state_share=state, enterprise_share=own)
    assert "sửa một trong ba số" in refused(nomination, nominator)


def test_shares_that_do_not_add_up_are_refused_by_the_database_and_when_mending(
    one: NominationRound, nominator: User
) -> None:
    nomination = samples.submitted(one, nominator)
    samples.returned(nomination, samples.officer())
    values = samples.values_for(one, "0", state_share=1)
    with pytest.raises(ValidationError, match="sửa một trong ba số"):
        services.nomination_edit(nomination=nomination, values=values, version=None, by=nominator)
    with pytest.raises(IntegrityError, match="nomination_shares_add_up"), transaction.atomic():
        Nomination.objects.filter(pk=nomination.pk).update(state_share=1)


def test_one_enterprise_for_one_task_once(one: NominationRound, nominator: User) -> None:
    nomination = samples.submitted(one, nominator)
    again = samples.draft(one, nominator, nomination.enterprise)
    assert "đã đề cử doanh nghiệp này" in refused(again, nominator)


def test_without_the_scan_of_the_letter(one: NominationRound, nominator: User) -> None:
    values = samples.values_for(one, samples.enterprise_of(nominator))
    nomination = services.nomination_add(
        one=one, organisation=samples.place_of(nominator), values=values, by=nominator
    )
    assert "bản chụp công văn" in refused(nomination, nominator)


def test_an_unknown_enterprise_is_registered_with_the_submission_and_not_verified(
    one: NominationRound, nominator: User
) -> None:
    code = factories.tax_code()
    nomination = samples.draft(one, nominator, code)
    told = refused(nomination, nominator)
    for word in ("tên doanh nghiệp", "loại hình", "xã, phường"):
        assert word in told
    values = samples.values_for(
        one,
        code,
        new_name="Công ty Chưa Ai Biết",
        new_kind="enterprise",
        new_area=people.area(),
        outside_reason="Chưa có trong sổ.",
    )
    services.nomination_edit(nomination=nomination, values=values, version=None, by=nominator)
    assert not Enterprise.objects.filter(tax_code=code).exists()
    nomination = submit(nomination, nominator)
    made = nomination.enterprise
    assert made is not None
    assert (made.name, made.tax_code, made.verified_at) == ("Công ty Chưa Ai Biết", code, None)
    assert Enterprise.objects.visible_to(nominator).filter(pk=made.pk).exists()
    officer, lead = samples.officer(), samples.lead()
    dossier = samples.brought_to(DossierState.SHORTLISTED, nomination, officer, lead)
    with pytest.raises(NotAllowedError, match="chưa được xác minh"):
        samples.review(dossier, NominationAct.PROPOSE, officer)
    services.enterprise_verify(enterprise=made, by=officer)
    samples.review(dossier, NominationAct.PROPOSE, officer)


def test_a_tax_code_of_a_person_fits_a_household_only(
    one: NominationRound, nominator: User
) -> None:
    with pytest.raises(ValidationError, match="hộ kinh doanh"):
        samples.draft(one, nominator, "010086000123", new_name="Công ty", new_kind="enterprise")


def test_two_organisations_meet_on_one_dossier(one: NominationRound, nominator: User) -> None:
    other = samples.nominator()
    enterprise = samples.enterprise_of(nominator)
    enterprise.managing_departments.add(samples.place_of(other))
    first = samples.submitted(one, nominator, enterprise)
    second = samples.submitted(one, other, enterprise)
    assert first.dossier == second.dossier
    assert first.dossier is not None
    services.nomination_withdraw(nomination=first, reason="Thôi.", version=None, by=nominator)
    first.dossier.refresh_from_db()
    assert first.dossier.state == DossierState.WAITING
    services.nomination_withdraw(nomination=second, reason="Thôi.", version=None, by=other)
    first.dossier.refresh_from_db()
    assert first.dossier.state == DossierState.WITHDRAWN
    assert samples.submitted(one, nominator, enterprise).dossier == first.dossier
    first.dossier.refresh_from_db()
    assert first.dossier.state == DossierState.WAITING


def test_what_was_returned_is_mended_after_the_round_has_closed_but_not_too_late(
    one: NominationRound, nominator: User
) -> None:
    officer = samples.officer()
    nomination = samples.submitted(one, nominator)
    samples.returned(nomination, officer, mend_by=samples.days(3))
    services.round_close(one=one, reason="Đủ.", version=None, by=officer)
    values = {**samples.values_for(one, "0"), "expected_cost": 90_000_000}
    values |= {"state_share": 30_000_000}
    services.nomination_edit(nomination=nomination, values=values, version=None, by=nominator)
    Nomination.objects.filter(pk=nomination.pk).update(mend_by=samples.days(-1))
    with pytest.raises(NotReadyError, match="trả lại một lần nữa"):
        submit(nomination, nominator)
    Nomination.objects.filter(pk=nomination.pk).update(mend_by=samples.today())
    mended = submit(nomination, nominator)
    assert (mended.state, mended.mend_reason) == (NominationState.SUBMITTED, "")
    acts = list(NominationStep.objects.values_list("act", "reason", "fields"))
    assert acts == [
        ("submit", "", []),
        ("return", "Thiếu dự toán.", ["expected_cost"]),
        ("resubmit", "", []),
    ]


def test_a_draft_is_discarded_with_its_files(one: NominationRound, nominator: User) -> None:
    nomination = samples.draft(one, nominator)
    services.nomination_discard(nomination=nomination, by=nominator)
    assert Nomination.objects.count() == 0
    submitted = samples.submitted(one, nominator)
    with pytest.raises(NotAllowedError, match="rút đề cử"):
        services.nomination_discard(nomination=submitted, by=nominator)


def test_steps_are_never_changed(one: NominationRound, nominator: User) -> None:
    samples.submitted(one, nominator)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        NominationStep.objects.all()._raw_delete("default")
    with pytest.raises(RuntimeError):
        NominationStep.objects.update(reason="khác")


def test_open_nominations_pass_to_the_successor(one: NominationRound, nominator: User) -> None:
    old, new = samples.place_of(nominator), samples.department()
    open_one = samples.submitted(one, nominator)
    unfinished = samples.draft(one, nominator)
    decided = samples.submitted(one, nominator)
    samples.review(decided.dossier, NominationAct.REFUSE, samples.officer())
    by = people.user(role=Role.ADMINISTRATOR)
    succession_record(predecessor=old, successors=[new], on=samples.today(), by=by)
    moved = Nomination.objects.filter(organisation=new)
    assert set(moved) == {open_one, unfinished}
    assert Nomination.objects.get(pk=decided.pk).organisation == old
    assert NominationStep.objects.filter(act=NominationAct.PASS_ON).count() == 1
    colleague = samples.nominator(new)
    assert set(Nomination.objects.visible_to(colleague)) == {open_one, unfinished, decided}


@pytest.mark.parametrize("kept", ["source", "target"])
def test_dossiers_of_one_task_become_one_when_enterprises_are_merged(
    one: NominationRound, nominator: User, kept: str
) -> None:
    other, lead = samples.nominator(), samples.lead()
    source, target = samples.enterprise_of(nominator), samples.enterprise_of(nominator)
    outside = {"outside_reason": "Cùng chuỗi."}
    twice = samples.submitted(one, nominator, source), samples.submitted(one, nominator, target)
    alone = samples.submitted(one, other, source, **outside)
    apart = samples.submitted(one, other, source, task=samples.task(one.plan, "B2.2.2"), **outside)
    collisions = merging.collisions_of(source, target)
    assert len(collisions) == 1
    services.enterprise_merge(
        source=source,
        target=target,
        versions=(None, None),
        choices={collisions[0][1].key: kept},
        from_source=(),
        reason="Một doanh nghiệp.",
        by=lead,
    )
    stays = twice[0 if kept == "source" else 1].dossier
    standing = Nomination.objects.standing().filter(enterprise=target)
    assert {n.pk for n in standing.filter(dossier=stays)} == {
        twice[0 if kept == "source" else 1].pk,
        alone.pk,
    }
    assert standing.filter(dossier=apart.dossier).get() == apart
    states = Dossier.objects.filter(enterprise=target).values_list("state", flat=True)
    assert sorted(states) == ["waiting", "waiting", "withdrawn"]


@pytest.mark.parametrize(
    "who", ["own", "colleague", "stranger", "officer", "lead", "leadership", "administrator"]
)
def test_every_act_on_a_draft_by_everybody(
    one: NominationRound, nominator: User, client: Client, who: str
) -> None:
    draft = samples.draft(one, nominator)
    person = {
        "own": lambda: nominator,
        "colleague": lambda: samples.nominator(samples.place_of(nominator)),
        "stranger": samples.nominator,
        "officer": samples.officer,
        "lead": samples.lead,
        "leadership": lambda: people.user(role=Role.LEADERSHIP),
        "administrator": lambda: people.user(role=Role.ADMINISTRATOR),
    }[who]()
    client.force_login(person)
    may = who in {"own", "colleague"}
    data = {"version": draft.version, "reason": "x"}
    for act, allowed in (
        ("nomination_submit", may),
        ("nomination_discard", may),
        ("nomination_withdraw", False),
        ("nomination_return", False),
    ):
        with transaction.atomic():
            answer = client.post(reverse(act, args=[draft.pk]), data)
            refusal = 403 if may else 404
            assert answer.status_code == (302 if allowed else refusal), act
            transaction.set_rollback(True)
    assert Nomination.objects.get(pk=draft.pk).state == NominationState.DRAFT
