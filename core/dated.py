"""Records that hold from one day to another, both included."""

import datetime as dt
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

ENDS_EARLY = _("The end date is before the start date; correct one of them.")


class DateRange(Func):
    """The days from ``valid_from`` to ``valid_to``, both included; no end is for ever."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, first: str = "valid_from", last: str = "valid_to", **extra: Any) -> None:
        super().__init__(F(first), F(last), Value("[]"), **extra)


ModelT = TypeVar("ModelT", bound=models.Model)


class DatedQuerySet(models.QuerySet[ModelT]):
    """Records asked for as at a day."""

    def valid_at(self, day: dt.date) -> Self:
        """Those that hold on the day."""
        ends_later = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(ends_later, valid_from__lte=day)


class Dated(models.Model):
    """Abstract: holds from ``valid_from`` to ``valid_to``, both days included."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse an end before the start: the constraints could not even ask about such days."""
        super().clean()
        first: dt.date | None = self.valid_from
        if first and self.valid_to and self.valid_to < first:
            raise ValidationError({"valid_to": ENDS_EARLY})


def dates_in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that an end is not before its start."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message=ENDS_EARLY,
    )


def no_overlap(
    name: str, *fields: str, message: Any, condition: Q | None = None
) -> ExclusionConstraint:
    """Return the constraint that entries with the same ``fields`` never overlap in time.

    ``condition`` names the entries that count, if not all do.
    """
    same = [(field, RangeOperators.EQUAL) for field in fields]
    return ExclusionConstraint(
        name=name,
        expressions=[*same, (DateRange(), RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )
