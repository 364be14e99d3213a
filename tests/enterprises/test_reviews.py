"""The review: every state, step and role; the second person; conflicts; what is told to whom."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.choices import OrganisationKind, Role
from accounts.models import Deputy, User
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from enterprises import services
from enterprises.choices import DossierState, NominationAct, NominationState
from enterprises.models import Dossier, Nomination, NominationRound, NominationStep
from notifications.models import Notice
from programs.models import Plan
from tests import factories as people
from tests.enterprises import nomination_samples as samples
from tests.writes import Writes

pytestmark = pytest.mark.django_db

State, Act = DossierState, NominationAct
ROLES = (
    "officer", "lead", "proposer", "conflicted", "nominator", "stranger", "leadership",
    "administrator", "finance", "representative",
)  # fmt: skip
REVIEWING = {"officer", "lead", "proposer", "conflicted"}
FREE = {"officer", "lead", "proposer"}
# Who may take which step from which state; whatever is not here is refused.
ALLOWED: dict[tuple[str, Act], set[str]] = {
    (State.WAITING, Act.SHORTLIST): FREE,
    (State.WAITING, Act.REFUSE): FREE,
    (State.SHORTLISTED, Act.PROPOSE): FREE,
    (State.SHORTLISTED, Act.REFUSE): FREE,
    (State.PROPOSED, Act.TAKE_BACK): FREE,
    (State.PROPOSED, Act.SELECT): {"lead"},
    (State.PROPOSED, Act.REFUSE): {"lead"},
    (State.WAITING, Act.RETURN): FREE,
    (State.SHORTLISTED, Act.RETURN): FREE,
    **{
        (state, Act.WITHDRAW): {"nominator"}
        for state in (State.WAITING, State.RETURNED, State.SHORTLISTED, State.PROPOSED)
    },
    (State.RETURNED, Act.RESUBMIT): {"nominator"},
}
ACTS = (
    Act.SHORTLIST, Act.PROPOSE, Act.TAKE_BACK, Act.SELECT, Act.REFUSE, Act.RETURN, Act.WITHDRAW,
    Act.RESUBMIT,
)  # fmt: skip
# The proposer is a lead: that role alone does not let them decide on their own proposal.


class Stage:
    """A round with a dossier in every state, and one person of every kind."""

    def __init__(self, plan: Plan) -> None:
        self.people = {
            "officer": samples.officer(),
            "lead": samples.lead(),
            "proposer": samples.lead(),
            "conflicted": samples.lead(),
            "nominator": samples.nominator(),
            "stranger": samples.nominator(),
            "leadership": people.user(role=Role.LEADERSHIP),
            "administrator": people.user(role=Role.ADMINISTRATOR),
            "finance": people.user(role=Role.FINANCE_OFFICER),
            "representative": people.user(role=Role.ENTERPRISE_REPRESENTATIVE),
        }
        self.round = samples.open_round(plan, quota=50)
        self.nominations = {}
        for state in State:
            nomination = samples.submitted(self.round, self.people["nominator"])
            assert nomination.dossier is not None
            if state not in {State.SELECTED, State.NOT_SELECTED, State.WITHDRAWN}:
                services.conflict_declare(
                    dossier=nomination.dossier, reason="Cháu ruột.", by=self.people["conflicted"]
                )
            samples.brought_to(state, nomination, self.people["proposer"], self.people["lead"])
            if state in {State.SELECTED, State.NOT_SELECTED, State.WITHDRAWN}:
                # Declared in time, on a dossier that went on to its end.
                dossier = Dossier.objects.get(pk=nomination.dossier.pk)
                dossier.conflicts.create(reviewer=self.people["conflicted"], reason="Cháu ruột.")
            self.nominations[state] = Nomination.objects.select_related("dossier").get(
                pk=nomination.pk
            )

    def dossier(self, state: str) -> Dossier:
        """The dossier in a state."""
        return Dossier.objects.get(pk=self.nominations[State(state)].dossier_id)

    def take(self, act: Act, state: str, by: User) -> None:
        """Take a step by its service."""
        nomination = Nomination.objects.get(pk=self.nominations[State(state)].pk)
        match act:
            case Act.RETURN:
                samples.returned(nomination, by)
            case Act.WITHDRAW:
                services.nomination_withdraw(
                    nomination=nomination, reason="Thôi.", version=None, by=by
                )
            case Act.RESUBMIT:
                services.nomination_submit(nomination=nomination, version=None, by=by)
            case _other:
                samples.review(self.dossier(state), act, by)

    def post(self, act: Act, state: str, client: Client) -> Any:
        """Take a step by a POST from anywhere."""
        nomination, dossier = self.nominations[State(state)], self.dossier(state)
        version = Nomination.objects.get(pk=nomination.pk).version
        data: dict[str, Any] = {"reason": "Lý do.", "version": version}
        match act:
            case Act.RETURN:
                url = reverse("nomination_return", args=[nomination.pk])
                data |= {"fields_to_mend": ["need"], "until": f"{samples.days(5):%d/%m/%Y}"}
            case Act.WITHDRAW:
                url = reverse("nomination_withdraw", args=[nomination.pk])
            case Act.RESUBMIT:
                url = reverse("nomination_submit", args=[nomination.pk])
            case _other:
                url = reverse(f"dossier_{act}")
                data["dossier"] = f"{dossier.pk}:{dossier.version}"
        return client.post(url, data)


@pytest.fixture
def stage(plan: Plan) -> Stage:
    """Everybody and everything."""
    return Stage(plan)


def rows() -> list[Any]:
    """What must not change when a step is refused."""
    models = (Dossier, Nomination, NominationStep, Entry, Notice)
    return [list(model.objects.order_by("pk").values()) for model in models]


def undone(work: Callable[[], None]) -> None:
    """Do something and take it back."""
    with transaction.atomic():
        work()
        transaction.set_rollback(True)


def test_every_state_step_and_role(stage: Stage) -> None:
    """By the service: what is allowed is recorded and signed, the rest changes nothing."""
    wrong = []
    before = rows()
    for state in State:
        for act in ACTS:
            for role in ROLES:
                may = role in ALLOWED.get((state, act), ())
                told = f"{role}, {state}, {act}"
                undone(
                    lambda s=state, a=act, r=role, m=may, t=told: wrong.extend(
                        judge(stage, s, a, r, may=m, told=t)
                    )
                )
        assert rows() == before
    assert not wrong, "\n".join(wrong)


def judge(stage: Stage, state: str, act: Act, role: str, *, may: bool, told: str) -> list[str]:
    """Take a step and say what is wrong with what came of it."""
    person = stage.people[role]
    steps, entries = NominationStep.objects.count(), Entry.objects.count()
    try:
        with transaction.atomic():
            stage.take(act, state, person)
    except NotAllowedError as error:
        return [f"{told}: refused: {error.message}"] if may else []
    except DomainError as error:
        return [f"{told}: {error.message}"]
    if not may:
        return [f"{told}: done"]
    made = NominationStep.objects.order_by("pk").last()
    signed = made is not None and made.by == person and made.act == act
    entry = Entry.objects.order_by("pk").last()
    kept = entry is not None and entry.actor_id == person.pk
    # The selection opens a support case, which has its own line in the history.
    lines = 2 if act == Act.SELECT else 1
    counted = (NominationStep.objects.count(), Entry.objects.count()) == (
        steps + 1,
        entries + lines,
    )
    return [] if signed and kept and counted else [f"{told}: not signed or not in the history"]


def test_every_state_step_and_role_by_a_post_from_another_page(stage: Stage) -> None:
    wrong = []
    clients = {}
    for role, person in stage.people.items():
        clients[role] = Client()
        clients[role].force_login(person)

    def send(act: Act, state: str, role: str) -> None:
        writes = Writes()
        with connection.execute_wrapper(writes):
            answer = stage.post(act, state, clients[role])
        may = role in ALLOWED.get((state, act), ())
        told = f"{role}, {state}, {act}: {answer.status_code}"
        if may and answer.status_code != 302:
            wrong.append(told)
        if not may:
            # Whoever reviews sees the thing and the reason; others find nothing there.
            seeing = {"leadership", *REVIEWING}
            own = {"nominator"} if act in {Act.RETURN, Act.WITHDRAW, Act.RESUBMIT} else set()
            expected = 403 if role in seeing | own else 404
            if answer.status_code != expected:
                wrong.append(f"{told}, not {expected}")
            if writes.tables:
                wrong.append(f"{told}: something was written")

    for state in State:
        for act in ACTS:
            for role in ROLES:
                undone(lambda a=act, s=state, r=role: send(a, s, r))
    assert not wrong, "\n".join(wrong)


def test_in_bulk_a_refused_step_stops_all(stage: Stage, client: Client) -> None:
    client.force_login(stage.people["proposer"])
    before = rows()
    chosen = [stage.dossier(state) for state in (State.PROPOSED, State.WAITING)]
    data = {"dossier": [f"{one.pk}:{one.version}" for one in chosen], "reason": "Lý do."}
    for act in (Act.SELECT, Act.SHORTLIST, Act.PROPOSE):
        preview = client.get(reverse(f"dossier_{act}"), {"dossier": data["dossier"]})
        assert preview.status_code == 200
        assert client.post(reverse(f"dossier_{act}"), data).status_code == 403
        asked = [(one, one.version) for one in chosen]
        with pytest.raises(NotAllowedError), transaction.atomic():
            samples.SERVICES[act](asked=asked, by=stage.people["proposer"], reason="Lý do.")
    assert rows() == before


def test_the_preview_leaves_out_what_cannot_be_done_and_does_the_rest(
    stage: Stage, client: Client
) -> None:
    client.force_login(stage.people["officer"])
    waiting, proposed = stage.dossier(State.WAITING), stage.dossier(State.PROPOSED)
    asked = [f"{one.pk}:{one.version}" for one in (waiting, proposed)]
    page = client.get(reverse("dossier_shortlist"), {"dossier": asked}).content.decode()
    assert f'name="dossier" value="{asked[0]}"' in page
    assert f'name="dossier" value="{asked[1]}"' not in page
    assert "1 hồ sơ bị bỏ qua" in page
    client.post(reverse("dossier_shortlist"), {"dossier": asked[:1]})
    assert stage.dossier(State.WAITING).state == State.SHORTLISTED


def test_the_admin_knows_nothing_of_it(stage: Stage, client: Client) -> None:
    client.force_login(stage.people["administrator"])
    for model in (Dossier, Nomination, NominationRound):
        name = model._meta.model_name
        for page in ("", "add/", f"{model.objects.order_by('pk')[0].pk}/change/"):
            url = f"/quan-tri/danh-muc/enterprises/{name}/{page}"
            assert client.get(url).status_code == 404, url
            assert client.post(url, {"state": "selected"}).status_code in {403, 404, 405}, url


def test_the_database_wants_a_second_person(stage: Stage) -> None:
    proposed = stage.dossier(State.PROPOSED)
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Dossier.objects.filter(pk=proposed.pk).update(
            state=State.SELECTED,
            decided_by=proposed.proposed_by,
            decided_at=proposed.proposed_at,
        )
    with pytest.raises(IntegrityError, match="with_reason"), transaction.atomic():
        Dossier.objects.filter(pk=proposed.pk).update(state=State.NOT_SELECTED, reason="")


@pytest.mark.parametrize("act", [Act.REFUSE, Act.TAKE_BACK])
def test_steps_that_need_a_reason(stage: Stage, act: Act) -> None:
    by = stage.people["lead"]
    with pytest.raises(ValidationError, match="Nêu lý do"), transaction.atomic():
        samples.review(stage.dossier(State.PROPOSED), act, by, reason="  ")


def test_a_return_says_why_what_and_until_when(stage: Stage) -> None:
    by = stage.people["officer"]
    nomination = stage.nominations[State.WAITING]
    for change, told in (
        ({"reason": " "}, "lý do trả lại"),
        ({"fields": ["tax_code"]}, "ít nhất một nội dung"),
        ({"mend_by": samples.days(-1)}, "hôm nay hoặc ngày muộn hơn"),
    ):
        with pytest.raises(ValidationError, match=told), transaction.atomic():
            samples.returned(nomination, by, **change)
    samples.returned(nomination, by)
    assert stage.dossier(State.WAITING).state == State.RETURNED
    told = Notice.objects.filter(recipient=stage.people["nominator"], kind="nomination_returned")
    assert told.filter(url=nomination.get_absolute_url(), text="Thiếu dự toán.").exists()


def test_a_dossier_waits_on_while_another_nomination_stands(stage: Stage) -> None:
    first = stage.nominations[State.WAITING]
    colleague = samples.nominator()
    second = samples.submitted(
        stage.round, colleague, first.enterprise, outside_reason="Cùng chuỗi giá trị."
    )
    samples.returned(first, stage.people["officer"])
    assert stage.dossier(State.WAITING).state == State.WAITING
    samples.returned(second, stage.people["officer"])
    assert stage.dossier(State.WAITING).state == State.RETURNED


def test_an_outcome_is_told_to_all_who_nominated_and_a_reason_with_it(stage: Stage) -> None:
    first = stage.nominations[State.WAITING]
    colleague = samples.nominator()
    samples.submitted(stage.round, colleague, first.enterprise, outside_reason="Cùng chuỗi.")
    samples.review(stage.dossier(State.WAITING), Act.REFUSE, stage.people["officer"], "Trùng lặp.")
    for person in (stage.people["nominator"], colleague):
        told = Notice.objects.filter(recipient=person, kind="nomination_outcome")
        assert told.filter(text="Trùng lặp.").count() == 1
    assert not Notice.objects.filter(
        recipient=stage.people["stranger"], kind="nomination_outcome"
    ).exists()


def test_a_conflict_of_the_proposer_takes_the_proposal_back(stage: Stage) -> None:
    services.conflict_declare(
        dossier=stage.dossier(State.PROPOSED), reason="Góp vốn.", by=stage.people["proposer"]
    )
    dossier = stage.dossier(State.PROPOSED)
    assert (dossier.state, dossier.proposed_by) == (State.SHORTLISTED, None)
    with pytest.raises(NotAllowedError, match="xung đột lợi ích"):
        samples.review(dossier, Act.PROPOSE, stage.people["proposer"])


def test_who_came_too_late_is_told_what_changed(stage: Stage, client: Client) -> None:
    seen = stage.dossier(State.WAITING)
    samples.review(seen, Act.SHORTLIST, stage.people["officer"])
    with pytest.raises(DomainError, match=r"Chuyên Viên Xét.*Đã sơ tuyển"), transaction.atomic():
        services.dossier_refuse(asked=[(seen, seen.version)], by=stage.people["lead"], reason="x")
    client.force_login(stage.people["lead"])
    data = {"dossier": f"{seen.pk}:{seen.version}", "reason": "Không đủ điều kiện."}
    page = client.post(reverse("dossier_refuse"), data).content.decode()
    assert "Chuyên Viên Xét" in page
    assert "Không đủ điều kiện." in page
    assert stage.dossier(State.WAITING).state == State.SHORTLISTED


def test_the_decision_names_what_is_selected(stage: Stage) -> None:
    by = stage.people["officer"]
    values = {
        "number": "123/QĐ-SKHCN",
        "issued_on": samples.today(),
        "issuer": "Sở Khoa học và Công nghệ",
        "title": "Phê duyệt danh sách",
    }
    with pytest.raises(ValidationError, match="chưa đến"), transaction.atomic():
        services.selection_decision_record(
            one=stage.round, values={**values, "issued_on": samples.days(1)}, by=by
        )
    instrument = services.selection_decision_record(one=stage.round, values=values, by=by)
    assert stage.dossier(State.SELECTED).decision == instrument
    assert stage.dossier(State.PROPOSED).decision is None
    with pytest.raises(NotAllowedError, match="chưa có quyết định"):
        services.selection_decision_record(one=stage.round, values=values, by=by)


def test_what_is_seen_by_whom(stage: Stage) -> None:
    count = len(State)
    for role, seen in (("officer", count), ("leadership", count), ("nominator", 0), ("finance", 0)):
        assert Dossier.objects.visible_to(stage.people[role]).count() == seen
    for role, seen in (("officer", count), ("nominator", count), ("stranger", 0), ("finance", 0)):
        assert Nomination.objects.visible_to(stage.people[role]).count() == seen


def test_a_proposal_is_not_shown_to_who_nominated(stage: Stage) -> None:
    nomination = Nomination.objects.get(pk=stage.nominations[State.PROPOSED].pk)
    assert nomination.standing_state == State.SHORTLISTED
    own = Nomination.objects.visible_to(stage.people["nominator"])
    shown = {one.pk: one.standing_state for one in own}
    for state in {*shown.values()}:
        found = set(own.in_state(state).values_list("pk", flat=True))
        assert found == {pk for pk, one in shown.items() if one == state}
    assert NominationState.DRAFT not in shown.values()


def test_who_stands_in_for_a_lead_is_told_of_a_selection_to_confirm(stage: Stage) -> None:
    office, day = people.organisation(OrganisationKind.BRANCH), samples.today()
    absent, deputy = people.user(), people.user()
    people.membership(absent, Role.PROGRAMME_LEAD, office)
    people.membership(deputy, Role.PROGRAMME_OFFICER, office)
    Deputy.objects.create(
        lead=absent, organisation=office, deputy=deputy, valid_from=day, valid_to=day,
        reason="Đi công tác", recorded_by=absent,
    )  # fmt: skip
    samples.review(stage.dossier(State.SHORTLISTED), Act.PROPOSE, stage.people["proposer"])
    told = Notice.objects.filter(kind="nomination_to_decide")
    assert told.filter(recipient=deputy).count() == 1
    assert not told.filter(recipient=stage.people["proposer"]).exists()
