"""Dossiers: what is reviewed and selected, one for each round, task and enterprise."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from audit.append_only import AppendOnlyModel, AppendOnlyQuerySet
from core.fields import PassageField
from core.versions import Versioned
from enterprises.choices import DossierState
from enterprises.models.enterprises import Enterprise
from enterprises.models.rounds import REVIEWERS, NominationRound
from programs.models import Instrument, Task

DECIDED = (DossierState.SELECTED, DossierState.NOT_SELECTED)


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Dossiers."""

    def visible_to(self, user: User) -> Self:
        """The reviewers and, to read, the leadership.

        Nominating organisations see their own nominations only: a dossier shows who else named the
        enterprise.
        """
        return self if user.has_role(*REVIEWERS, Role.LEADERSHIP) else self.none()

    def matching(self, query: str) -> Self:
        """Those of the enterprises that hold every word."""
        return self.filter(enterprise__in=Enterprise.objects.matching(query))

    def selected(self) -> Self:
        """Those that were selected."""
        return self.filter(state=DossierState.SELECTED)

    def open_to(self, user: User) -> Self:
        """Those in which the person has declared no conflict of interest."""
        declared = ReviewerConflict.objects.filter(dossier=OuterRef("pk"), reviewer=user)
        return self.filter(~Exists(declared))


class Dossier(Versioned):
    """The review of an enterprise for a task in a round (hồ sơ đề cử).

    Every nomination of the enterprise for the task lies on it. Who proposed the selection never
    confirms it.
    """

    round = models.ForeignKey(NominationRound, models.PROTECT, related_name="dossiers")
    task = models.ForeignKey(Task, models.PROTECT, related_name="+", verbose_name=_("task"))
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="dossiers")
    state = models.CharField(
        _("state"), max_length=20, choices=DossierState, default=DossierState.WAITING
    )
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(_("proposed at"), null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = PassageField(_("reason"), blank=True)
    decision = models.ForeignKey(
        Instrument, models.PROTECT, null=True, related_name="+", verbose_name=_("decision")
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier of a nomination")
        verbose_name_plural = _("dossiers of nominations")
        ordering = ("round", "task__position", "enterprise__name", "pk")
        indexes = (models.Index(fields=("round", "state"), name="dossier_by_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "task", "enterprise"),
                # Enterprises that are merged may leave a second one, withdrawn.
                condition=~Q(state=DossierState.WITHDRAWN),
                name="dossier_once",
                violation_error_message=_("This enterprise has a dossier for this task already."),
            ),
            models.CheckConstraint(
                name="dossier_selected_by_a_second_person",
                condition=~Q(state=DossierState.SELECTED)
                | Q(
                    proposed_by__isnull=False,
                    proposed_at__isnull=False,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                & ~Q(decided_by=F("proposed_by")),
                violation_error_message=_("Another person than the proposer selects."),
            ),
            models.CheckConstraint(
                name="dossier_proposed_by_somebody",
                condition=~Q(state=DossierState.PROPOSED)
                | Q(proposed_by__isnull=False, proposed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_not_selected_with_reason",
                condition=~Q(state=DossierState.NOT_SELECTED)
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason=""),
                violation_error_message=_("Say why the enterprise is not selected."),
            ),
            models.CheckConstraint(
                name="dossier_decision_of_the_selected",
                condition=Q(decision__isnull=True) | Q(state=DossierState.SELECTED),
            ),
        )

    def __str__(self) -> str:
        return f"{self.enterprise}, {self.task.code}"

    def get_absolute_url(self) -> str:
        """The page of the dossier."""
        return reverse("dossier_detail", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        """Whether it was selected or not."""
        return self.state in DECIDED


class ReviewerConflict(AppendOnlyModel):
    """That a reviewer has an interest in an enterprise and takes no part in its review."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="conflicts")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = PassageField(_("reason"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects: Any = AppendOnlyQuerySet["ReviewerConflict"].as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "reviewer"),
                name="reviewer_conflict_once",
                violation_error_message=_("You have declared this already."),
            ),
            models.CheckConstraint(
                name="reviewer_conflict_with_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say in what the conflict lies."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.reviewer}, {self.dossier}"
