"""What a person who leaves hands over to a colleague."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.organisations import Organisation
from accounts.models.users import User
from core.fields import PassageField


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Handovers."""

    def visible_to(self, user: User) -> Self:
        """Administrators see all, a lead those of their own organisations."""
        if user.has_role(Role.ADMINISTRATOR):
            return self
        held = user.current_memberships
        led = [one.organisation_id for one in held if one.role == Role.PROGRAMME_LEAD]
        return self.filter(organisation__in=led)

    def due(self, day: dt.date) -> Self:
        """Those whose leaver has gone by the day and whose work has not passed on yet."""
        return self.filter(carried_out_at__isnull=True, last_day__lt=day)


class Handover(models.Model):
    """A person leaves an organisation after ``last_day``; a colleague takes their open work."""

    leaver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who leaves")
    )
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who takes over")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    last_day = models.DateField(_("last day"))
    reason = PassageField(_("reason"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    carried_out_at = models.DateTimeField(_("carried out at"), null=True, blank=True)
    # How much of each kind of work passed on.
    moved = models.JSONField(_("work handed over"), default=dict, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ("-recorded_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="handover_two_people",
                condition=~Q(leaver=F("colleague")),
                violation_error_message=_("Choose another person than the one who leaves."),
            ),
            models.UniqueConstraint(
                fields=("leaver", "organisation"),
                condition=Q(carried_out_at__isnull=True),
                name="handover_one_pending",
                violation_error_message=_(
                    "A handover of this person is recorded already and waits for its day."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.leaver} → {self.colleague}"
