"""The acts on the coefficients of TFP, which a second person approves."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record as write_history
from core.versions import take
from enterprises import record_policies as policies
from enterprises.models import ProductivityCoefficients
from enterprises.services.constraints import check, races_told
from enterprises.services.records import Values, mark_voided, told

FIELDS = ("valid_from", "capital_share", "labour_share", "basis")
PLACES = {"coefficients_once_a_day": "valid_from", "coefficients_are_shares": "labour_share"}


@transaction.atomic
def coefficients_add(*, values: Values, by: User) -> ProductivityCoefficients:
    """Enter coefficients from a day on; they count when another person approves them."""
    policies.can_keep_records(by).require()
    if set(values) != set(FIELDS):
        raise ValueError(f"Coefficients are typed with {', '.join(FIELDS)}.")
    coefficients = ProductivityCoefficients(recorded_by=by, **values)
    _store(coefficients)
    after = told(coefficients, FIELDS)
    write_history(act="coefficients_add", by=by, target=coefficients, after=after)
    return coefficients


@transaction.atomic
def coefficients_approve(
    *, coefficients: ProductivityCoefficients, version: int | None, by: User
) -> ProductivityCoefficients:
    """Put coefficients in force; they replace those in force from the same day."""
    # Two who approve at once replace each other one after the other.
    held = ProductivityCoefficients.objects.select_for_update()
    list(held.filter(valid_from=coefficients.valid_from).order_by("pk"))
    coefficients = take(ProductivityCoefficients.objects.all(), coefficients.pk, version)
    policies.can_approve_coefficients(by, coefficients).require()
    replaced = ProductivityCoefficients.objects.counting().filter(
        valid_from=coefficients.valid_from
    )
    for former in replaced:
        mark_voided(former, _("Replaced by others from the same day."), by)
        _store(former)
    coefficients.approved_at, coefficients.approved_by = timezone.now(), by
    _store(coefficients)
    after = told(coefficients, FIELDS)
    write_history(act="coefficients_approve", by=by, target=coefficients, after=after)
    return coefficients


@transaction.atomic
def coefficients_void(
    *, coefficients: ProductivityCoefficients, reason: str, version: int | None, by: User
) -> ProductivityCoefficients:
    """Void coefficients that still wait for approval."""
    coefficients = take(ProductivityCoefficients.objects.all(), coefficients.pk, version)
    policies.can_void_coefficients(by, coefficients).require()
    mark_voided(coefficients, reason, by)
    _store(coefficients)
    reason = coefficients.voided_reason
    write_history(act="coefficients_void", by=by, target=coefficients, reason=reason)
    return coefficients


def _store(coefficients: ProductivityCoefficients) -> None:
    check(coefficients, PLACES)
    with races_told(coefficients, PLACES):
        coefficients.save()
