"""What every recorded fact of the upper rooms keeps about its own record."""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import PassageField

FactT = TypeVar("FactT", bound="Fact")


class FactQuerySet(models.QuerySet[FactT]):
    """Recorded facts."""

    def standing(self) -> Self:
        """Those that were not voided: a typing error that was voided leaves every date."""
        return self.filter(voided_at__isnull=True)


class Fact(models.Model):
    """Abstract: who recorded it, whether it was corrected, and whether it was voided and why.

    A fact that ceased is ended, withdrawn or reversed by its own dates; voiding is for what was
    never true. ``corrected_at`` is the last correction, so that figures can mark it.
    """

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    corrected_at = models.DateTimeField(_("corrected at"), null=True, editable=False)
    voided_at = models.DateTimeField(_("voided at"), null=True, editable=False)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("voided by"),
    )
    voided_reason = PassageField(_("reason of the voiding"), blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_voided(self) -> bool:
        """Whether it was never true."""
        return self.voided_at is not None


def voided_with_reason(name: str) -> models.CheckConstraint:
    """Return the constraint that voiding always says why."""
    return models.CheckConstraint(
        name=name,
        condition=Q(voided_at__isnull=True) | ~Q(voided_reason=""),
        violation_error_message=_("Say why the record is voided."),
    )


STANDING = Q(voided_at__isnull=True)
