"""Nomination rounds: what makes no sense, what changes once one is open, in every state."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.errors import DomainError, NotAllowedError
from enterprises import services
from enterprises.models import NominationRound
from notifications.models import Notice
from programs.models import Plan
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


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"closes_on": dt.date(2020, 1, 1)}, "trước khi mở"),
        ({"quota": 0}, "ít nhất là 1"),
        ({"review_by": dt.date(2020, 1, 1)}, "trước khi đợt đóng"),
        ({"tasks": {}}, "ít nhất một nhiệm vụ"),
    ],
)
def test_a_round_that_makes_no_sense(plan: Plan, change: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        samples.prepared_round(plan, **change)


def test_a_round_is_extended_with_a_reason_that_everybody_reads(
    one: NominationRound, nominator: User
) -> None:
    officer = samples.officer()
    samples.set_days(one, -9, -2)

    def extend(day: int, reason: str = "Nhiều xã xin thêm.") -> None:
        services.round_extend(
            one=one,
            closes_on=samples.days(day),
            review_by=samples.days(60),
            reason=reason,
            version=None,
            by=officer,
        )

    with pytest.raises(ValidationError, match="lý do gia hạn"):
        extend(5, " ")
    with pytest.raises(ValidationError, match="sau ngày"):
        extend(-1)
    extend(5)
    one.refresh_from_db()
    assert one.closes_on == samples.days(5)
    assert one.extensions.get().reason == "Nhiều xã xin thêm."
    assert Notice.objects.filter(recipient=nominator, text="Nhiều xã xin thêm.").exists()
    samples.submitted(one, nominator)


def test_a_round_closes_early_with_a_reason_only_and_once(one: NominationRound) -> None:
    officer = samples.officer()
    with pytest.raises(ValidationError, match="trước khi hết ngày cuối"):
        services.round_close(one=one, reason="", version=None, by=officer)
    services.round_close(one=one, reason="Hết kinh phí.", version=None, by=officer)
    for act in (services.round_close, services.round_extend):
        more = {"closes_on": samples.days(90), "review_by": samples.days(99)}
        values = more if act is services.round_extend else {}
        with pytest.raises((NotAllowedError, DomainError)):
            act(one=one, reason="x", version=None, by=officer, **values)


ROUND_ACTS = ("round_edit", "round_open", "round_extend", "round_close")
ROUND_ALLOWED = {
    "prepared": {"round_edit", "round_open"},
    "upcoming": {"round_extend", "round_close"},
    "open": {"round_extend", "round_close"},
    "over": {"round_extend", "round_close"},
    "closed": set(),
}


@pytest.mark.parametrize("state", list(ROUND_ALLOWED))
def test_every_act_on_a_round_in_every_state(plan: Plan, client: Client, state: str) -> None:
    officer = samples.officer()
    make = samples.prepared_round if state == "prepared" else samples.open_round
    one = make(plan, officer)
    if state in {"upcoming", "over"}:
        samples.set_days(one, *((3, 9) if state == "upcoming" else (-9, -1)))
    if state == "closed":
        one = services.round_close(one=one, reason="Đủ.", version=None, by=officer)
    assert one.state == state
    client.force_login(officer)
    for act in ROUND_ACTS:
        # With nothing typed a form comes back; a refusal is told before any form.
        expected = {200, 302} if act in ROUND_ALLOWED[state] else {403}
        with transaction.atomic():
            answer = client.post(reverse(act, args=[one.pk]), {"version": one.version})
            assert answer.status_code in expected, act
            transaction.set_rollback(True)
    one.refresh_from_db()
    assert one.state == state
