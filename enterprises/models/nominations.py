"""Nominations: what an organisation says of an enterprise, and every step taken with it."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import AdministrativeArea, Organisation, User
from audit.append_only import AppendOnlyModel, AppendOnlyQuerySet
from core.fields import NameField, PassageField
from core.versions import Versioned
from enterprises.choices import DossierState, EnterpriseKind, NominationAct, NominationState
from enterprises.mend_fields import mend_labels
from enterprises.models.dossiers import DECIDED, Dossier
from enterprises.models.enterprises import Enterprise, mask_tax_code
from enterprises.models.rounds import REVIEWERS, NominationRound
from enterprises.models.scope import scope_of
from programs.models import Task

# They take a place of the quota and show the enterprise to who nominated it.
STANDING = (NominationState.SUBMITTED, NominationState.RETURNED)
_DRAFT = Q(state=NominationState.DRAFT)


class BatchQuerySet(models.QuerySet["NominationBatch"]):
    """Sheets of nominations."""

    def visible_to(self, user: User) -> Self:
        """The organisation's own; once submitted, also whoever reads the review."""
        if user.has_role(*REVIEWERS, Role.LEADERSHIP):
            return self.filter(submitted_at__isnull=False)
        return self.filter(organisation__in=scope_of(user).organisations)


class NominationBatch(Versioned):
    """Nominations that came in one Excel sheet under one official letter.

    ``rows`` are the cells as they were read; they are checked anew whenever they are shown and
    once more when they are submitted.
    """

    round = models.ForeignKey(NominationRound, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    file_name = NameField(_("file"), max_length=200)
    rows = models.JSONField(_("rows"), default=list)
    letter_number = NameField(_("number of the letter"), max_length=60)
    letter_date = models.DateField(_("date of the letter"))
    brought_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(_("brought at"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("sheet of nominations")
        verbose_name_plural = _("sheets of nominations")
        ordering = ("-brought_at",)

    def __str__(self) -> str:
        return f"{self.file_name}, {self.letter_number}"

    def get_absolute_url(self) -> str:
        """The preview of the sheet."""
        return reverse("nomination_batch_detail", args=[self.pk])


class NominationQuerySet(models.QuerySet["Nomination"]):
    """Nominations."""

    def visible_to(self, user: User) -> Self:
        """The organisation's own; what was submitted also for reviewers and the leadership."""
        if user.has_role(*REVIEWERS, Role.LEADERSHIP):
            return self.exclude(state=NominationState.DRAFT)
        return self.filter(organisation__in=scope_of(user).organisations)

    def matching(self, query: str) -> Self:
        """Those of the enterprises that hold every word."""
        known = Q(enterprise__in=Enterprise.objects.matching(query))
        return self.filter(known | Q(new_name__icontains=query))

    def standing(self) -> Self:
        """Those that were submitted and not withdrawn."""
        return self.filter(state__in=STANDING)

    def in_state(self, state: str) -> Self:
        """Those that stand so in the eyes of who nominated."""
        decided = Q(dossier__state__in=DECIDED)
        match state:
            case NominationState.DRAFT | NominationState.WITHDRAWN:
                return self.filter(state=state)
            case NominationState.RETURNED:
                return self.filter(state=state).exclude(decided)
            case DossierState.SELECTED | DossierState.NOT_SELECTED:
                return self.standing().filter(dossier__state=state)
            case DossierState.SHORTLISTED:
                behind = (DossierState.SHORTLISTED, DossierState.PROPOSED)
                submitted = self.filter(state=NominationState.SUBMITTED)
                return submitted.filter(dossier__state__in=behind)
            case NominationState.SUBMITTED:
                waiting = DossierState.WAITING
                return self.filter(state=NominationState.SUBMITTED, dossier__state=waiting)
        return self


class Nomination(Versioned):
    """An enterprise that an organisation proposes for a task (đề cử); money is in VND.

    Before it is submitted, ``new_…`` hold what is said of an enterprise that the register does not
    know; with the submission it is registered as not verified.
    """

    round = models.ForeignKey(NominationRound, models.PROTECT, related_name="nominations")
    task = models.ForeignKey(Task, models.PROTECT, related_name="+", verbose_name=_("task"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("nominating organisation")
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="nominations")
    batch = models.ForeignKey(
        NominationBatch, models.PROTECT, null=True, related_name="nominations"
    )
    state = models.CharField(
        _("state"), max_length=20, choices=NominationState, default=NominationState.DRAFT
    )
    new_tax_code = models.CharField(_("tax code"), max_length=14, blank=True)
    new_name = NameField(_("name of the enterprise"), max_length=255, blank=True)
    new_kind = models.CharField(
        _("kind of enterprise"), max_length=20, choices=EnterpriseKind, blank=True
    )
    new_area = models.ForeignKey(
        AdministrativeArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    need = PassageField(_("need of the enterprise"), blank=True)
    expected_cost = models.BigIntegerField(_("expected cost (VND)"), null=True, blank=True)
    state_share = models.BigIntegerField(_("of it state budget (VND)"), null=True, blank=True)
    enterprise_share = models.BigIntegerField(
        _("of it capital of the enterprise (VND)"), null=True, blank=True
    )
    commitment = PassageField(_("commitment of the enterprise"), blank=True)
    outside_reason = PassageField(_("why you nominate it all the same"), blank=True)
    letter_number = NameField(_("number of the letter"), max_length=60, blank=True)
    letter_date = models.DateField(_("date of the letter"), null=True, blank=True)
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(_("drafted at"), default=timezone.now)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    mend_by = models.DateField(_("mend by"), null=True)
    mend_fields = ArrayField(
        models.CharField(max_length=30), verbose_name=_("fields to mend"), default=list
    )
    mend_reason = PassageField(_("what is to be mended"), blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ("-drafted_at", "-pk")
        indexes = (
            models.Index(fields=("round", "organisation", "state"), name="nomination_of_quota"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("round", "task", "enterprise", "organisation"),
                condition=Q(state__in=STANDING),
                name="nomination_once",
                violation_error_message=_(
                    "Your organisation has nominated this enterprise for this task already."
                ),
            ),
            models.CheckConstraint(
                name="nomination_shares_add_up",
                condition=_DRAFT
                | Q(expected_cost__gt=0, state_share__gte=0, enterprise_share__gte=0)
                & Q(expected_cost=F("state_share") + F("enterprise_share")),
                violation_error_message=_(
                    "State budget and capital of the enterprise do not add up to the expected "
                    "cost; correct one of the three."
                ),
            ),
            models.CheckConstraint(
                name="nomination_complete",
                condition=_DRAFT
                | Q(
                    enterprise__isnull=False,
                    dossier__isnull=False,
                    submitted_by__isnull=False,
                    submitted_at__isnull=False,
                    letter_date__isnull=False,
                )
                & ~Q(need="")
                & ~Q(commitment="")
                & ~Q(letter_number=""),
            ),
            models.CheckConstraint(
                name="nomination_returned_with_reason",
                condition=~Q(state=NominationState.RETURNED)
                | Q(mend_by__isnull=False) & ~Q(mend_reason=""),
                violation_error_message=_("Say why it is returned."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.enterprise_name}, {self.task.code}"

    def get_absolute_url(self) -> str:
        """The page of the nomination."""
        return reverse("nomination_detail", args=[self.pk])

    @property
    def enterprise_name(self) -> str:
        """What the enterprise is called, registered or not."""
        return self.enterprise.name if self.enterprise else self.new_name or self.shown_tax_code

    @property
    def shown_tax_code(self) -> str:
        """The tax code, masked when it is a personal number."""
        if self.enterprise:
            return self.enterprise.shown_tax_code
        return mask_tax_code(self.new_tax_code)

    @property
    def standing_state(self) -> NominationState | DossierState:
        """How it stands in the eyes of who nominated: a proposal to select is not shown yet."""
        state = NominationState(self.state)
        if self.dossier is None or state not in STANDING:
            return state
        if self.dossier.is_decided:
            return DossierState(self.dossier.state)
        if state == NominationState.RETURNED:
            return state
        shortlisted = self.dossier.state in {DossierState.SHORTLISTED, DossierState.PROPOSED}
        return DossierState.SHORTLISTED if shortlisted else state


class NominationStep(AppendOnlyModel):
    """A step of a dossier or of one nomination on it: who, when, from what to what, and why.

    Steps outlive every resubmission; ``organisation`` is the one on whose nomination it was taken.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps")
    nomination = models.ForeignKey(Nomination, models.PROTECT, null=True, related_name="steps")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    act = models.CharField(_("act"), max_length=20, choices=NominationAct)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    reason = PassageField(_("reason"), blank=True)
    fields = ArrayField(models.CharField(max_length=30), default=list)
    mend_by = models.DateField(_("mend by"), null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects: Any = AppendOnlyQuerySet["NominationStep"].as_manager()

    class Meta:
        verbose_name = _("step of a nomination")
        verbose_name_plural = _("steps of nominations")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                name="nomination_step_with_reason",
                condition=~Q(act__in=("return", "withdraw", "refuse", "take_back", "conflict"))
                | ~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.at:%d/%m/%Y}"

    @property
    def field_labels(self) -> list[str]:
        """What the fields to mend are called."""
        return mend_labels(self.fields)
