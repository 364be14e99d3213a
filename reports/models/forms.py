"""How an official report of a plan is headed, addressed and signed."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.fields import NameField
from programs.models import Plan
from reports.choices import PeriodKind
from reports.models.periods import READERS


class ReportFormQuerySet(models.QuerySet["ReportForm"]):
    """Report forms."""

    def visible_to(self, user: User) -> Self:
        """Those who make reports see how they are headed."""
        return self if user.has_role(*READERS) else self.none()


class ReportForm(models.Model):
    """What of a report does not depend on its figures (Nghị định 30/2020/NĐ-CP, Mẫu 1.4)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, choices=PeriodKind)
    superior = ArrayField(models.TextField(), verbose_name=_("superior agency"))
    agency = ArrayField(models.TextField(), verbose_name=_("issuing agency"))
    agency_name = NameField(_("issuing agency inside a sentence"), max_length=200)
    symbol = NameField(_("symbol of the document"), max_length=40)
    place = NameField(_("place"), max_length=60)
    addressee = NameField(_("addressee"), max_length=200)
    signer = ArrayField(models.TextField(), verbose_name=_("power and title of the signer"))
    recipients = ArrayField(models.TextField(), verbose_name=_("recipients"))

    objects = ReportFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("report form")
        verbose_name_plural = _("report forms")
        ordering = ("plan", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "kind"),
                name="report_form_unique",
                violation_error_message=_("The plan has a form for this kind of report already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.symbol} ({self.get_kind_display()})"
