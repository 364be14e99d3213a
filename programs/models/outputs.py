"""What indicators that count documents count."""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.facts import STANDING, Fact, FactQuerySet, voided_with_reason
from core.fields import NameField
from core.versions import Versioned
from programs.models.objectives import Indicator


class OutputQuerySet(FactQuerySet["Output"]):
    """Outputs."""

    def visible_to(self, user: User) -> Self:
        """Results of the plan are seen by whoever has any work here."""
        return self if user.has_any_role else self.none()


class Output(Versioned, Fact):
    """A document or list that an indicator asks for, by name and date of issue."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="outputs")
    name = NameField(_("name"), max_length=255)
    issued_on = models.DateField(_("issued on"))

    objects = OutputQuerySet.as_manager()

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = ("issued_on", "pk")
        constraints = (
            models.UniqueConstraint(
                "indicator",
                Lower("name"),
                condition=STANDING,
                name="output_unique",
                violation_error_message=_("This output is recorded already."),
            ),
            voided_with_reason("output_voided_with_reason"),
        )

    def __str__(self) -> str:
        return self.name
