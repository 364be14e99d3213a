"""Who may do what with rounds, nominations and their review."""

from collections.abc import Callable
from typing import Any

from accounts.choices import Role
from accounts.models import User
from enterprises.choices import DossierState, NominationAct
from enterprises.models import Dossier, Nomination, NominationRound
from tests.enterprises import factories
from tests.enterprises import nomination_samples as samples
from tests.rights import DOST, UNIT_OFFICERS, Row, Target, World, people

LEADERSHIP = people(Role.LEADERSHIP)
LEAD = people(Role.PROGRAMME_LEAD)
OWN = people(Role.UNIT_OFFICER)
# Rounds are seen by whoever nominates, reviews or leads; the review not by who nominates.
SEEING = DOST | LEADERSHIP | UNIT_OFFICERS
REVIEW = DOST | LEADERSHIP


def one_round(world: World, *, opened: bool = True, **values: Any) -> NominationRound:
    """A round that the programme officer made."""
    by = world.user(Role.PROGRAMME_OFFICER)
    make = samples.open_round if opened else samples.prepared_round
    return make(world.plan, by, **values)


def nominator(world: World) -> User:
    """The unit officer, whose department manages what is nominated."""
    return world.user(Role.UNIT_OFFICER)


def draft(world: World) -> Nomination:
    """A draft of the unit officer."""
    return samples.draft(one_round(world), nominator(world))


def submitted(world: World) -> Nomination:
    """What the unit officer has submitted."""
    return samples.submitted(one_round(world), nominator(world))


def dossier(world: World, state: DossierState = DossierState.WAITING) -> Dossier:
    """A dossier in a state, brought there by people beside those of the rows."""
    return samples.brought_to(state, submitted(world), samples.officer(), samples.lead())


def round_data(world: World) -> dict[str, Any]:
    """A valid posting of a round."""
    return {
        "title": "Đợt mới",
        "opens_on": f"{samples.days(0):%d/%m/%Y}",
        "closes_on": f"{samples.days(9):%d/%m/%Y}",
        "review_by": f"{samples.days(20):%d/%m/%Y}",
        "quota": "5",
        "criteria": "Có sản phẩm chủ lực.",
        "tasks": [samples.task(world.plan).pk],
    }


def of_round(*, opened: bool = True, **data: Any) -> Callable[[World], Target]:
    """A round with what its form takes."""

    def make(world: World) -> Target:
        one = one_round(world, opened=opened)
        return Target((one.pk,), data={**data, "version": one.version})

    return make


def editing(world: World) -> Target:
    """A round that is corrected."""
    one = one_round(world, opened=False)
    return Target((one.pk,), data={**round_data(world), "version": one.version})


def nominating(world: World) -> Target:
    """A round in which the unit officer begins a nomination; anyone else does so too."""
    one = one_round(world)
    data = {
        "task": samples.task(world.plan).pk,
        "tax_code": samples.enterprise_of(nominator(world)).tax_code,
    }
    return Target((one.pk,), data=data)


def of_nomination(make: Callable[[World], Nomination], **data: Any) -> Callable[[World], Target]:
    """A nomination with what its form takes."""

    def target(world: World) -> Target:
        made = Nomination.objects.get(pk=make(world).pk)
        return Target((made.pk,), data={**data, "version": made.version})

    return target


def editing_draft(world: World) -> Target:
    """A draft that is changed."""
    made = draft(world)
    data = {"task": made.task_id, "tax_code": made.enterprise.tax_code, "need": "Khác."}  # type: ignore[union-attr]
    return Target((made.pk,), data={**data, "version": made.version})


def reviewing(act: NominationAct) -> Callable[[World], Target]:
    """A dossier that may take the step."""
    states = {
        NominationAct.SHORTLIST: DossierState.WAITING,
        NominationAct.PROPOSE: DossierState.SHORTLISTED,
        NominationAct.TAKE_BACK: DossierState.PROPOSED,
        NominationAct.SELECT: DossierState.PROPOSED,
        NominationAct.REFUSE: DossierState.WAITING,
    }

    def make(world: World) -> Target:
        one = dossier(world, states[act])
        named = f"{one.pk}:{one.version}"
        return Target(query=f"?dossier={named}", data={"dossier": named, "reason": "Lý do."})

    return make


def selected_round(world: World) -> Target:
    """A round with a selection, and the decision on it."""
    data = {
        "number": "123/QĐ-SKHCN",
        "issued_on": f"{samples.today():%d/%m/%Y}",
        "issuer": "Sở Khoa học và Công nghệ",
    }
    return Target((dossier(world, DossierState.SELECTED).round_id,), data=data)


def a_batch(world: World) -> Target:
    """A sheet that the unit officer has brought."""
    batch = samples.batch(one_round(world), nominator(world))
    return Target((batch.pk,), data={"version": batch.version})


def bringing(world: World) -> Target:
    """A sheet that is brought; whoever brings it, the checks come later."""
    one = one_round(world)
    data = {
        "file": samples.sheet_file([samples.sheet_row(one, factories.enterprise().tax_code)]),
        "letter": samples.scan(),
        "letter_number": "45/SCT",
        "letter_date": f"{samples.today():%d/%m/%Y}",
    }
    return Target((one.pk,), data=data)


RETURN = {
    "fields_to_mend": ["need"],
    "reason": "Thiếu.",
    "until": f"{samples.dt.date.today():%d/%m/%Y}",
}

ROWS = [
    Row("round_list", get=SEEING),
    Row("round_detail", get=SEEING, make=of_round()),
    Row(
        "round_create",
        get=DOST,
        get_refused=SEEING - DOST,
        post=DOST,
        post_refused=SEEING - DOST,
        make=lambda world: Target(data=round_data(world)),
    ),
    # A round that is not open is not there for anyone but the reviewers.
    Row("round_edit", get=DOST, post=DOST, make=editing),
    Row("round_open", get=DOST, post=DOST, make=of_round(opened=False)),
    *(
        Row(
            name,
            get=DOST,
            get_refused=SEEING - DOST,
            post=DOST,
            post_refused=SEEING - DOST,
            make=make,
        )
        for name, make in (
            (
                "round_extend",
                of_round(
                    closes_on=f"{samples.dt.date.today() + samples.dt.timedelta(days=30):%d/%m/%Y}",
                    review_by=f"{samples.dt.date.today() + samples.dt.timedelta(days=60):%d/%m/%Y}",
                    reason="Thêm ngày.",
                ),
            ),
            ("round_close", of_round(reason="Hết kinh phí.")),
        )
    ),
    Row(
        "nomination_add",
        get=UNIT_OFFICERS,
        get_refused=SEEING - UNIT_OFFICERS,
        post=UNIT_OFFICERS,
        post_refused=SEEING - UNIT_OFFICERS,
        make=nominating,
    ),
    Row(
        "nomination_batch_add",
        get=UNIT_OFFICERS,
        get_refused=SEEING - UNIT_OFFICERS,
        post=UNIT_OFFICERS,
        post_refused=SEEING - UNIT_OFFICERS,
        make=bringing,
    ),
    Row(
        "nomination_batch_template",
        get=UNIT_OFFICERS,
        get_refused=SEEING - UNIT_OFFICERS,
        make=of_round(),
    ),
    # What is not submitted is there for its organisation only.
    Row("nomination_batch_detail", get=OWN, make=a_batch),
    Row("nomination_batch_submit", post=OWN, make=a_batch),
    Row("nomination_list", get=SEEING),
    Row("nomination_detail", get=REVIEW | OWN, make=of_nomination(submitted)),
    # A draft is there for its organisation only.
    Row("nomination_edit", get=OWN, post=OWN, make=editing_draft),
    Row("nomination_submit", get=OWN, post=OWN, make=of_nomination(draft)),
    Row("nomination_discard", post=OWN, make=of_nomination(draft)),
    Row(
        "nomination_withdraw",
        get=OWN,
        get_refused=REVIEW,
        post=OWN,
        post_refused=REVIEW,
        make=of_nomination(submitted, reason="Thôi."),
    ),
    Row(
        "nomination_return",
        get=DOST,
        get_refused=LEADERSHIP | OWN,
        post=DOST,
        post_refused=LEADERSHIP | OWN,
        make=of_nomination(submitted, **RETURN),
    ),
    Row("dossier_list", get=REVIEW),
    Row("dossier_detail", get=REVIEW, make=lambda world: Target((dossier(world).pk,))),
    Row(
        "conflict_declare",
        get=DOST,
        get_refused=LEADERSHIP,
        post=DOST,
        post_refused=LEADERSHIP,
        make=lambda world: Target((dossier(world).pk,), data={"reason": "Cháu ruột."}),
    ),
    *(
        Row(
            f"dossier_{act}",
            get=allowed,
            get_refused=REVIEW - allowed,
            post=allowed,
            post_refused=REVIEW - allowed,
            make=reviewing(act),
        )
        for act, allowed in (
            (NominationAct.SHORTLIST, DOST),
            (NominationAct.PROPOSE, DOST),
            (NominationAct.TAKE_BACK, DOST),
            (NominationAct.SELECT, LEAD),
            (NominationAct.REFUSE, DOST),
        )
    ),
    Row("selection_list", get=REVIEW, make=selected_round),
    Row(
        "selection_decision_record",
        get=DOST,
        get_refused=LEADERSHIP,
        post=DOST,
        post_refused=LEADERSHIP,
        make=selected_round,
    ),
]
