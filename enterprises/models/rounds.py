"""Rounds in which departments and communes propose enterprises for the tasks of a plan."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from audit.append_only import AppendOnlyModel, AppendOnlyQuerySet
from core.fields import NameField, PassageField, search_index
from core.searchable import Searchable, SearchableQuerySet
from core.versions import Versioned
from enterprises.choices import RoundState
from programs.models import Plan, Task

# Who reviews: the Department and its branch.
REVIEWERS = (Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD)


class RoundQuerySet(SearchableQuerySet["NominationRound"]):
    """Rounds."""

    def visible_to(self, user: User) -> Self:
        """All for the reviewers; once opened, also for unit officers and the leadership."""
        if user.has_role(*REVIEWERS):
            return self
        if user.has_role(Role.UNIT_OFFICER, Role.LEADERSHIP):
            return self.filter(opened_at__isnull=False)
        return self.none()

    def taking_nominations(self, day: dt.date) -> Self:
        """Those to which nominations can be submitted on the day."""
        return self.filter(
            opened_at__isnull=False, closed_at__isnull=True, opens_on__lte=day, closes_on__gte=day
        )

    def in_state(self, state: str, day: dt.date) -> Self:
        """Those that stand so on the day."""
        running = self.filter(opened_at__isnull=False, closed_at__isnull=True)
        match state:
            case RoundState.PREPARED:
                return self.filter(opened_at__isnull=True)
            case RoundState.CLOSED:
                return self.filter(closed_at__isnull=False)
            case RoundState.UPCOMING:
                return running.filter(opens_on__gt=day)
            case RoundState.OPEN:
                return self.taking_nominations(day)
            case RoundState.OVER:
                return running.filter(closes_on__lt=day)
        return self


class NominationRound(Versioned, Searchable):
    """A call for nominations (đợt đề cử): tasks, days, quota, criteria. All days are inclusive.

    ``quota`` is how many enterprises an organisation may nominate in all; a task of the round may
    have a quota of its own (``RoundTask``).
    """

    searched_fields: ClassVar = ("title",)

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name=_("plan"))
    title = NameField(_("title of the round"), max_length=200)
    tasks: "models.ManyToManyField[Task, RoundTask]" = models.ManyToManyField(
        Task, through="RoundTask", related_name="+", verbose_name=_("tasks")
    )
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    review_by = models.DateField(_("reviewed by"))
    quota = models.PositiveSmallIntegerField(_("quota of each organisation"))
    criteria = PassageField(_("criteria"))
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    prepared_at = models.DateTimeField(_("prepared at"), default=timezone.now, editable=False)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_reason = PassageField(_("reason of the closing"), blank=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination round")
        verbose_name_plural = _("nomination rounds")
        ordering = ("-opens_on", "-pk")
        indexes = (search_index("nomination_round_search"),)
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "title"),
                name="nomination_round_title_unique",
                violation_error_message=_("A round with this title is here already."),
            ),
            models.CheckConstraint(
                name="nomination_round_days_in_order",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_(
                    "The round closes before it opens; correct one of the days."
                ),
            ),
            models.CheckConstraint(
                name="nomination_round_review_after_close",
                condition=Q(review_by__gte=F("closes_on")),
                violation_error_message=_(
                    "The review ends before the round closes; correct one of the days."
                ),
            ),
            models.CheckConstraint(
                name="nomination_round_quota_above_zero",
                condition=Q(quota__gte=1),
                violation_error_message=_("The quota is at least 1."),
            ),
            models.CheckConstraint(
                name="nomination_round_opened_by_somebody",
                condition=Q(opened_at__isnull=True, opened_by__isnull=True)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
            ),
            models.CheckConstraint(
                name="nomination_round_closed_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False, opened_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the round."""
        return reverse("round_detail", args=[self.pk])

    def state_at(self, day: dt.date) -> RoundState:
        """How the round stands on the day."""
        if self.closed_at:
            return RoundState.CLOSED
        if not self.opened_at:
            return RoundState.PREPARED
        if day < self.opens_on:
            return RoundState.UPCOMING
        return RoundState.OPEN if day <= self.closes_on else RoundState.OVER

    @property
    def state(self) -> RoundState:
        """How the round stands today."""
        return self.state_at(timezone.localdate())


class RoundTask(models.Model):
    """A task for which a round takes nominations, with the quota of each organisation for it."""

    round = models.ForeignKey(NominationRound, models.CASCADE, related_name="round_tasks")
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    quota = models.PositiveSmallIntegerField(_("quota of each organisation"), null=True, blank=True)

    class Meta:
        verbose_name = _("task of a round")
        verbose_name_plural = _("tasks of a round")
        ordering = ("round", "task__position")
        constraints = (
            models.UniqueConstraint(fields=("round", "task"), name="round_task_once"),
            models.CheckConstraint(
                name="round_task_quota_above_zero",
                condition=Q(quota__isnull=True) | Q(quota__gte=1),
                violation_error_message=_("The quota is at least 1."),
            ),
        )

    def __str__(self) -> str:
        return str(self.task)


class RoundExtension(AppendOnlyModel):
    """That a round closes later than was said, and why."""

    round = models.ForeignKey(NominationRound, models.PROTECT, related_name="extensions")
    closes_from = models.DateField(_("closed until now on"))
    closes_to = models.DateField(_("closes on"))
    reason = PassageField(_("reason"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects: Any = AppendOnlyQuerySet["RoundExtension"].as_manager()

    class Meta:
        verbose_name = _("extension of a round")
        verbose_name_plural = _("extensions of a round")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                name="round_extension_later",
                condition=Q(closes_to__gt=F("closes_from")),
                violation_error_message=_(
                    "An extension ends after the day on which the round closes."
                ),
            ),
            models.CheckConstraint(
                name="round_extension_with_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why the round is extended."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.closes_from:%d/%m/%Y} → {self.closes_to:%d/%m/%Y}"
