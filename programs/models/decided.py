"""What staff decide about a plan: entered by one person, approved by another, in force from a day.

Rows that came with the plan's file have nobody who entered them; they count at once.
"""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.facts import Fact, FactQuerySet, voided_with_reason
from core.fields import PassageField
from core.versions import Versioned

DecidedT = TypeVar("DecidedT", bound="Decided")
COUNTING = Q(voided_at__isnull=True) & (Q(recorded_by__isnull=True) | Q(approved_at__isnull=False))


class DecidedQuerySet(FactQuerySet[DecidedT]):
    """What was decided, or waits for it."""

    def visible_to(self, user: User) -> Self:
        """A plan is a public document: whoever has any work here sees all of it."""
        return self if user.has_any_role else self.none()

    def standing(self) -> Self:
        """Those that count: approved, or of the plan's file, and not voided."""
        return self.filter(COUNTING)

    def proposed(self) -> Self:
        """Those that nobody approved yet, returned ones included."""
        return self.filter(
            voided_at__isnull=True, recorded_by__isnull=False, approved_at__isnull=True
        )

    def waiting(self) -> Self:
        """Those that a second person has to decide on."""
        return self.proposed().filter(returned_at__isnull=True)

    def returned_to(self, user: User) -> Self:
        """Those that came back to the person who entered them."""
        return self.proposed().filter(returned_at__isnull=False, recorded_by=user)


class Decided(Versioned, Fact):
    """Abstract: from which day it is in force, who approved it, or who returned it and why."""

    valid_from = models.DateField(_("in force from"))
    note = PassageField(_("note"), blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    returned_at = models.DateTimeField(_("returned at"), null=True, editable=False)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    returned_reason = PassageField(_("reason of the return"), blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_proposed(self) -> bool:
        """Whether nobody has approved it yet."""
        return not self.is_voided and self.recorded_by_id is not None and not self.approved_at

    @property
    def waits(self) -> bool:
        """Whether a second person has to decide on it."""
        return self.is_proposed and self.returned_at is None


def decided_constraints(name: str) -> tuple[models.BaseConstraint, ...]:
    """Return what holds for every row of a kind: a second person approves, reasons are given."""
    nobody = Q(approved_by__isnull=True, approved_at__isnull=True)
    somebody = Q(approved_by__isnull=False, approved_at__isnull=False)
    return (
        models.CheckConstraint(
            name=f"{name}_second_person",
            condition=nobody | (somebody & ~Q(approved_by=F("recorded_by"))),
            violation_error_message=_("Another person than the one who entered it approves."),
        ),
        models.CheckConstraint(
            name=f"{name}_returned_with_reason",
            condition=Q(returned_at__isnull=True) | ~Q(returned_reason=""),
            violation_error_message=_("Say why it is returned."),
        ),
        voided_with_reason(f"{name}_voided_with_reason"),
    )
