"""Who stands in for a lead, from when to when."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import DeputyState, Role
from accounts.models.memberships import Membership
from accounts.models.organisations import Organisation
from accounts.models.users import User
from core.dated import Dated, DatedQuerySet, DateRange, dates_in_order
from core.fields import PassageField


class DeputyQuerySet(DatedQuerySet["Deputy"]):
    """Deputies asked for as at a day."""

    def visible_to(self, user: User) -> Self:
        """Administrators and leads see all, as they see all roles; nobody else any."""
        return self if user.has_role(Role.ADMINISTRATOR, Role.PROGRAMME_LEAD) else self.none()

    def recorded_for(self, day: dt.date) -> Self:
        """Those whose days hold the day, unless they were ended by then."""
        lasts = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        return self.valid_at(day).filter(lasts)

    def in_force(self, day: dt.date) -> Self:
        """Those who stand in on the day.

        They do so only while the lead is lead there, and only while they work there themselves;
        ``User.memberships_at`` asks the same of one person.
        """
        memberships = Membership.objects.valid_at(day).filter(organisation=OuterRef("organisation"))
        leads = memberships.filter(user=OuterRef("lead"), role=Role.PROGRAMME_LEAD)
        works = memberships.filter(user=OuterRef("deputy"))
        return self.recorded_for(day).filter(Exists(leads), Exists(works), lead__is_active=True)


class Deputy(Dated):
    """A person who has the rights of a programme lead in the lead's place, both days included.

    Ended early, they are gone from ``ended_on``, that day included.
    """

    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputies", verbose_name=_("lead")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="deputies", verbose_name=_("organisation")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="deputyships",
        verbose_name=_("deputy"),
    )
    reason = PassageField(_("reason"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy of a lead")
        verbose_name_plural = _("deputies of leads")
        ordering = ("-valid_from", "-pk")
        constraints = (
            dates_in_order("deputy_dates_in_order"),
            models.CheckConstraint(
                name="deputy_has_last_day",
                condition=Q(valid_to__isnull=False),
                violation_error_message=_("Say until which day the deputy stands in."),
            ),
            models.CheckConstraint(
                name="deputy_another_person",
                condition=~Q(lead=F("deputy")),
                violation_error_message=_("A lead cannot stand in for themself."),
            ),
            models.CheckConstraint(
                name="deputy_end_with_person",
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                violation_error_message=_("An end is recorded by somebody."),
            ),
            ExclusionConstraint(
                name="deputy_one_at_a_time",
                expressions=[
                    ("lead", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (DateRange(), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_on__isnull=True),
                violation_error_message=_("This lead has a deputy on some of these days already."),
            ),
        )

    def __str__(self) -> str:
        return _("%(deputy)s for %(lead)s") % {"deputy": self.deputy, "lead": self.lead}

    def state_on(self, day: dt.date) -> DeputyState:
        """How it stands on a day, by its dates alone."""
        if self.ended_on and self.ended_on <= day:
            return DeputyState.ENDED
        if self.valid_from > day:
            return DeputyState.UPCOMING
        over = self.valid_to is not None and self.valid_to < day
        return DeputyState.OVER if over else DeputyState.IN_FORCE
