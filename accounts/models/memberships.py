"""Who works where, as what, from when to when."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.continuity import day_text
from accounts.models.organisations import Organisation
from core.dated import Dated, DatedQuerySet, dates_in_order, no_overlap


class MembershipQuerySet(DatedQuerySet["Membership"]):
    """Memberships asked for as at a day."""

    def ending_from(self, day: dt.date) -> Self:
        """Those that hold on the day or later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Membership(Dated):
    """A person's role in an organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=30, choices=Role)

    # The lead in whose place a deputy holds the role; such a membership is not in the table.
    instead_of: Any = None

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("valid_from", "pk")
        constraints = (
            dates_in_order("membership_dates_in_order"),
            no_overlap(
                "membership_no_overlap",
                "user",
                "organisation",
                "role",
                message=_("This person holds this role here at these dates already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.organisation}"

    def clean(self) -> None:
        """Refuse days on which the organisation does not exist."""
        super().clean()
        # As it is stored now: whoever made this membership may hold an older copy.
        place = Organisation.objects.filter(pk=self.organisation_id).first()
        if place is None or self.valid_from is None:
            return
        starts_early = self.valid_from < place.valid_from
        ends_late = place.valid_to and (self.valid_to is None or self.valid_to > place.valid_to)
        if starts_early or ends_late:
            first = day_text(place.valid_from)
            last = day_text(place.valid_to) if place.valid_to else _("no end")
            told = _("A role must lie within the dates of %(name)s: from %(first)s, to %(last)s.")
            raise ValidationError(told % {"name": place, "first": first, "last": last})

    def held_by(self, deputy: Any) -> "Membership":
        """Return the role as a deputy holds it in the place of its person; it is kept nowhere."""
        held = Membership(
            user=deputy,
            organisation=self.organisation,
            role=self.role,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )
        held.instead_of = self.user
        return held

    @property
    def position(self) -> str:
        """Role and organisation, and for whom a deputy stands in."""
        role = self.get_role_display()
        if self.instead_of:
            told = _("%(role)s (standing in for %(lead)s)")
            role = told % {"role": role, "lead": self.instead_of}
        return f"{role}, {self.organisation.shown_name}"
