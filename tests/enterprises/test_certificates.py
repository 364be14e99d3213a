"""Valid at D and in the list at D: every boundary day, both sides, and any history at all."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enterprises.choices import CertificateState, Scheme
from enterprises.models import (
    Certificate,
    CertificateSuspension,
    Enterprise,
    KeyListEntry,
    Product,
    StandardDeclaration,
)
from tests.enterprises import factories

pytestmark = pytest.mark.django_db

D = dt.date(2025, 12, 14)
DAY = dt.timedelta(days=1)
LONG_AGO = D - 1000 * DAY


def suspension(
    certificate: Certificate, since: dt.date, to: dt.date | None, **values: Any
) -> CertificateSuspension:
    """A suspension."""
    return CertificateSuspension.objects.create(
        certificate=certificate, valid_from=since, valid_to=to, reason="Chậm giám sát.", **values
    )


@pytest.mark.parametrize(
    ("values", "valid", "state"),
    [
        ({"on": D}, True, CertificateState.VALID),
        ({"on": D + DAY}, False, CertificateState.UPCOMING),
        ({"expires_on": D}, True, CertificateState.VALID),
        ({"expires_on": D - DAY}, False, CertificateState.EXPIRED),
        ({"withdrawn_on": D}, False, CertificateState.WITHDRAWN),
        ({"withdrawn_on": D + DAY}, True, CertificateState.VALID),
        ({"expires_on": D - DAY, "withdrawn_on": D - DAY}, False, CertificateState.WITHDRAWN),
        ({"expires_on": None}, True, CertificateState.VALID),
    ],
)
def test_a_certificate_on_the_boundary_days(
    values: dict[str, Any], valid: bool, state: CertificateState
) -> None:
    made = factories.certificate(factories.enterprise(), **{"on": LONG_AGO, **values})
    assert Certificate.objects.valid_at(D).filter(pk=made.pk).exists() == valid
    assert Certificate.objects.with_state_at(D).get(pk=made.pk).state == state


@pytest.mark.parametrize(
    ("since", "to", "valid"),
    [
        (D, D, False),
        (D, None, False),
        (D - DAY, D, False),
        (D - 2 * DAY, D - DAY, True),
        (D + DAY, None, True),
    ],
)
def test_a_suspension_holds_on_its_first_and_last_day(
    since: dt.date, to: dt.date | None, valid: bool
) -> None:
    made = factories.certificate(factories.enterprise(), on=LONG_AGO)
    suspension(made, since, to)
    assert Certificate.objects.valid_at(D).exists() == valid
    state = CertificateState.VALID if valid else CertificateState.SUSPENDED
    assert Certificate.objects.with_state_at(D).get().state == state


def test_what_was_voided_holds_on_no_day(officer: Any) -> None:
    voided = {"voided_at": dt.datetime(2025, 1, 1, tzinfo=dt.UTC), "voided_reason": "Nhầm."}
    certificate = factories.certificate(factories.enterprise(), on=LONG_AGO)
    suspension(certificate, D, D, **voided)
    assert Certificate.objects.valid_at(D).exists()
    Certificate.objects.update(**voided)
    assert not Certificate.objects.valid_at(D).exists()


@pytest.mark.parametrize(
    ("since", "to", "held"),
    [
        (D, None, True),
        (D + DAY, None, False),
        (LONG_AGO, D, True),
        (LONG_AGO, D - DAY, False),
        (D, D, True),
    ],
)
def test_an_entry_on_the_boundary_days(since: dt.date, to: dt.date | None, held: bool) -> None:
    factories.key_entry(factories.product(), since, to)
    assert KeyListEntry.objects.counting().valid_at(D).exists() == held


@pytest.mark.parametrize(
    ("declared", "expires", "valid"),
    [
        (D, None, True),
        (D + DAY, None, False),
        (LONG_AGO, D, True),
        (LONG_AGO, D - DAY, False),
    ],
)
def test_a_declaration_on_the_boundary_days(
    declared: dt.date, expires: dt.date | None, valid: bool
) -> None:
    factories.declaration(factories.product(), declared, expires_on=expires)
    assert StandardDeclaration.objects.valid_at(D).exists() == valid
    assert StandardDeclaration.objects.declared_by(D).exists() == (declared <= D)


@dataclass(frozen=True)
class History:
    """What may be known of a certificate and of an entry, in days around D."""

    issued: int
    expires: int | None
    withdrawn: int | None
    suspended: tuple[int, int | None] | None
    voided: bool
    listed_to: int | None
    approved: bool


def later(first: int) -> st.SearchStrategy[int | None]:
    """Nothing, or a day not before the first."""
    return st.none() | st.integers(first, 6)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Any history whose dates are in order."""
    issued = draw(st.integers(-6, 6))
    began = draw(st.integers(issued, 6))
    return History(
        issued=issued,
        expires=draw(later(issued)),
        withdrawn=draw(later(issued)),
        suspended=(began, draw(later(began))) if draw(st.booleans()) else None,
        voided=draw(st.booleans()),
        listed_to=draw(later(issued)),
        approved=draw(st.booleans()),
    )


def valid_in_plain_words(history: History, day: int) -> bool:
    """Whether a certificate is valid, as ``workbook.md`` says it."""
    suspended = history.suspended is not None and (
        history.suspended[0] <= day
        and (history.suspended[1] is None or day <= history.suspended[1])
    )
    return (
        not history.voided
        and history.issued <= day
        and (history.expires is None or history.expires >= day)
        and (history.withdrawn is None or history.withdrawn > day)
        and not suspended
    )


def listed_in_plain_words(history: History, day: int) -> bool:
    """Whether an entry is in the list, as ``workbook.md`` says it."""
    return (
        not history.voided
        and history.approved
        and history.issued <= day
        and (history.listed_to is None or history.listed_to >= day)
    )


def moment(day: int | None) -> dt.date | None:
    """The day so many days from D."""
    return None if day is None else D + day * DAY


def keep(history: History, product: Product) -> None:
    """Record a history."""
    known = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    voided = {"voided_at": known, "voided_reason": "Nhầm."} if history.voided else {}
    since = D + history.issued * DAY
    certificate = factories.certificate(
        product.enterprise,
        on=since,
        expires_on=moment(history.expires),
        withdrawn_on=moment(history.withdrawn),
        **voided,
    )
    if history.suspended:
        first, last = history.suspended
        suspension(certificate, D + first * DAY, moment(last))
    factories.key_entry(
        product,
        since,
        moment(history.listed_to),
        approved_at=known if history.approved else None,
        **voided,
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(histories(), min_size=1, max_size=5), st.integers(-7, 7))
def test_any_histories_are_read_as_plain_words_read_them(
    db: None, found: list[History], day: int
) -> None:
    on = D + day * DAY
    with transaction.atomic():
        for history in found:
            keep(history, factories.product())
        valid = sum(valid_in_plain_words(history, day) for history in found)
        assert Certificate.objects.valid_at(on).count() == valid
        states = Certificate.objects.standing().with_state_at(on)
        assert states.filter(state=CertificateState.VALID).count() == valid
        listed = sum(listed_in_plain_words(history, day) for history in found)
        assert KeyListEntry.objects.counting().valid_at(on).count() == listed
        transaction.set_rollback(True)


def test_another_scheme_keeps_its_name() -> None:
    made = factories.certificate(
        Enterprise.objects.get(pk=factories.enterprise().pk), Scheme.OTHER, scheme_name="VietGAP"
    )
    assert made.scheme_label == "VietGAP"
