"""The thresholds from which the size of an enterprise follows; the Department keeps them."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Sector
from accounts.models import User
from accounts.models.facts import STANDING, Fact, FactQuerySet, voided_with_reason
from core.dated import Dated, DatedQuerySet, dates_in_order, no_overlap
from core.fields import NameField
from core.versions import Versioned
from enterprises.choices import SizeClass

BOUNDED = (SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM)


class SizeThresholdQuerySet(  # type: ignore[override] # each base makes a manager of its own kind
    DatedQuerySet["SizeThreshold"], FactQuerySet["SizeThreshold"]
):
    """Thresholds of size."""

    def counting(self) -> Self:
        """Those that count: not voided, and approved by a second person."""
        return self.standing().filter(approved_at__isnull=False)

    def waiting(self) -> Self:
        """Those that nobody approved yet."""
        return self.standing().filter(approved_at__isnull=True)

    def in_force(self, day: dt.date) -> Self:
        """Those by which the size at a day is computed."""
        return self.counting().valid_at(day)


class SizeThreshold(Versioned, Dated, Fact):
    """Up to where an enterprise of a sector belongs to a size class (all values included).

    Labour and (revenue or capital) must stay within it; money in VND.
    """

    size_class = models.CharField(
        _("size class"), max_length=10, choices=[(one.value, one.label) for one in BOUNDED]
    )
    sector = models.CharField(_("size sector"), max_length=20, choices=Sector)
    labour = models.PositiveIntegerField(_("highest average labour"))
    revenue = models.BigIntegerField(_("highest revenue (VND)"))
    capital = models.BigIntegerField(_("highest capital (VND)"))
    legal_basis = NameField(_("legal basis"), max_length=200)
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = SizeThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("size threshold")
        verbose_name_plural = _("size thresholds")
        ordering = ("sector", "labour", "valid_from", "pk")
        constraints = (
            dates_in_order("size_threshold_dates_in_order"),
            no_overlap(
                "size_threshold_no_overlap",
                "sector",
                "size_class",
                condition=STANDING & Q(approved_at__isnull=False),
                message=_("A threshold of this sector and class is in force at these dates."),
            ),
            models.CheckConstraint(
                name="size_threshold_above_zero",
                condition=Q(labour__gt=0, revenue__gt=0, capital__gt=0),
                violation_error_message=_("Thresholds are above zero."),
            ),
            voided_with_reason("size_threshold_voided_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.get_size_class_display()}, {self.get_sector_display()}"
