"""People who act at the same moment, on threads of their own and real connections."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from core.errors import DomainError
from enterprises import services
from enterprises.choices import DossierState, NominationAct
from enterprises.models import Dossier, Enterprise, Nomination, NominationRound, NominationStep
from enterprises.nomination_selectors import quota_of
from programs.models import Plan
from tests import factories as people
from tests.enterprises import factories
from tests.enterprises import nomination_samples as samples

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def one(transactional_db: None, plan: Plan) -> NominationRound:
    """An open round."""
    return samples.open_round(plan, quota=10)


def together(acts: Iterable[Callable[[], object]]) -> list[str]:
    """Do everything at once; return what was refused, and "" for what was done."""
    acts = list(acts)
    ready = Barrier(len(acts))

    def do(act: Callable[[], object]) -> str:
        try:
            ready.wait(timeout=30)
            act()
        except DomainError as error:
            return error.message
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def submit(nomination: Nomination, by: object) -> Callable[[], object]:
    """The submission of a draft."""
    return lambda: services.nomination_submit(nomination=nomination, version=None, by=by)  # type: ignore[arg-type]


def test_two_officers_who_name_one_enterprise_meet_on_one_dossier(one: NominationRound) -> None:
    first, second = samples.nominator(), samples.nominator()
    code = factories.tax_code()
    said = {
        "new_name": "Công ty Mới",
        "new_kind": "enterprise",
        "new_area": people.area(),
        "outside_reason": "Chưa có trong sổ.",
    }
    drafts = [(samples.draft(one, by, code, **said), by) for by in (first, second)]
    assert together(submit(*pair) for pair in drafts) == ["", ""]
    dossier = Dossier.objects.get()
    assert Enterprise.objects.get(tax_code=code) == dossier.enterprise
    named = {nomination.organisation for nomination in dossier.nominations.standing()}
    assert named == {samples.place_of(first), samples.place_of(second)}
    assert NominationStep.objects.filter(dossier=dossier, act=NominationAct.SUBMIT).count() == 2


def test_two_rounds_name_one_unknown_enterprise_at_once(plan: Plan, one: NominationRound) -> None:
    other = samples.open_round(plan)
    code = factories.tax_code()
    said = {
        "new_name": "Công ty Mới",
        "new_kind": "enterprise",
        "new_area": people.area(),
        "outside_reason": "Chưa có trong sổ.",
    }
    pairs = [
        (samples.draft(r, by, code, **said), by)
        for r in (one, other)
        for by in [samples.nominator()]
    ]
    assert together(submit(*pair) for pair in pairs) == ["", ""]
    assert Enterprise.objects.filter(tax_code=code).count() == 1
    assert Dossier.objects.count() == 2


def test_twenty_submissions_against_a_quota_of_ten_are_ten(one: NominationRound) -> None:
    by = samples.nominator()
    drafts = [samples.draft(one, by) for _number in range(20)]
    told = together(submit(draft, by) for draft in drafts)
    assert told.count("") == 10
    assert all("được đề cử 10 doanh nghiệp" in one for one in told if one)
    quota = quota_of(one, samples.place_of(by))
    assert (quota.taken, quota.left) == (10, 0)
    assert Dossier.objects.count() == 10


@pytest.mark.parametrize("other", [NominationAct.REFUSE, NominationAct.SHORTLIST])
def test_of_two_reviewers_one_wins_and_the_other_is_told(
    one: NominationRound, other: NominationAct
) -> None:
    dossier = samples.submitted(one, samples.nominator()).dossier
    assert dossier is not None
    seen = Dossier.objects.get(pk=dossier.pk)

    def act(step: NominationAct) -> Callable[[], object]:
        by = samples.officer()
        return lambda: samples.SERVICES[step](asked=[(seen, seen.version)], by=by, reason="Lý do.")

    told = sorted(together([act(NominationAct.SHORTLIST), act(other)]))
    assert told[0] == ""
    assert "đã thay đổi sau khi ông/bà mở trang: Chuyên Viên Xét" in told[1]
    state = Dossier.objects.get(pk=dossier.pk).state
    assert str(DossierState(state).label) in told[1]
    assert NominationStep.objects.filter(dossier=dossier).count() == 2


def test_a_return_and_a_withdrawal_at_once_do_not_block_each_other(one: NominationRound) -> None:
    by, officer = samples.nominator(), samples.officer()
    nominations = [samples.submitted(one, by) for _number in range(4)]
    acts: list[Callable[[], object]] = []
    for nomination in nominations:
        acts += [
            lambda n=nomination: samples.returned(n, officer),
            lambda n=nomination: services.nomination_withdraw(
                nomination=n, reason="Thôi.", version=None, by=by
            ),
        ]
    told = together(acts)
    # Whatever was first: a withdrawal is always possible, a return only before it.
    assert set(told[1::2]) == {""}
    assert Dossier.objects.filter(state=DossierState.WITHDRAWN).count() == 4
