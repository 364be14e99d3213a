"""Which organisation continues the work of which."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import Organisation
from core.fields import NameField


class Succession(models.Model):
    """An organisation continues another from a day on: the first day of the successor."""

    predecessor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="successions",
        verbose_name=_("old organisation"),
    )
    successor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="predecessions",
        verbose_name=_("new organisation"),
    )
    on = models.DateField(_("from the day"))
    decision_number = NameField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    # When what was open in the old organisation went over; on ``on`` or later.
    work_passed_at = models.DateTimeField(
        _("open work passed at"), null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"),
                name="succession_once",
                violation_error_message=_("This succession is recorded already."),
            ),
            models.CheckConstraint(
                name="succession_two_organisations",
                condition=~Q(predecessor=F("successor")),
                violation_error_message=_("An organisation cannot succeed itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
