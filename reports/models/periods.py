"""The periods on which reports are due."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from reports.choices import PeriodKind

READERS = (Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD)


class ReportingPeriodQuerySet(models.QuerySet["ReportingPeriod"]):
    """Periods."""

    def visible_to(self, user: User) -> Self:
        """Those who make reports see the periods."""
        return self if user.has_role(*READERS) else self.none()


class ReportingPeriod(models.Model):
    """A span of days, both included; ``cut_off`` is the last day whose facts count."""

    kind = models.CharField(_("kind"), max_length=20, choices=PeriodKind)
    year = models.PositiveSmallIntegerField(_("year"))
    first_day = models.DateField(_("from"))
    cut_off = models.DateField(_("cut-off"))

    objects = ReportingPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ("-cut_off", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "year"),
                name="reporting_period_unique",
                violation_error_message=_("This period is here already."),
            ),
            models.CheckConstraint(
                name="reporting_period_days_in_order",
                condition=Q(cut_off__gte=F("first_day")),
                violation_error_message=_("The cut-off is before the first day."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"
