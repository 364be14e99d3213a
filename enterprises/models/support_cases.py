"""Support cases: one enterprise supported in one task, from the selection to the closing."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.facts import Fact, FactQuerySet, voided_with_reason
from audit.append_only import AppendOnlyModel, AppendOnlyQuerySet
from core.fields import NameField, PassageField
from core.versions import Versioned
from enterprises.choices import SupportAct, SupportStage, SupportState
from enterprises.models.certificates import Certificate
from enterprises.models.dossiers import Dossier
from enterprises.models.enterprises import Enterprise, OfEnterprise, OfEnterpriseQuerySet
from enterprises.models.productivity import ProductivityProject, ToolAdoption
from enterprises.models.products import StandardDeclaration
from programs.models import Phase, Task

REACHED_ON = {
    SupportStage.SELECTED: "selected_on",
    SupportStage.AGREED: "agreed_on",
    SupportStage.IN_PROGRESS: "started_on",
    SupportStage.ACCEPTED: "accepted_on",
    SupportStage.CLOSED: "closed_on",
}
STATES = {
    SupportStage.SELECTED: SupportState.SELECTED,
    SupportStage.AGREED: SupportState.AGREED,
    SupportStage.IN_PROGRESS: SupportState.IN_PROGRESS,
    SupportStage.ACCEPTED: SupportState.ACCEPTED,
    SupportStage.CLOSED: SupportState.CLOSED,
}
# What a case may leave behind; the fields of the case that name it.
OUTCOMES = ("certificate", "declaration", "tool", "project")
# What was accepted is done: the enterprise may be supported in the task once more.
OPEN = Q(voided_at__isnull=True, cancelled_on__isnull=True, stage__lt=SupportStage.ACCEPTED)


def reached(stage: SupportStage, day: dt.date) -> Q:
    """The condition that a case had come to a stage by the day, whatever became of it later."""
    return Q(stage__gte=stage, **{f"{REACHED_ON[stage]}__lte": day})


def is_at(state: SupportState, day: dt.date) -> Q:
    """The condition that a case that was there stood so at the end of the day."""
    if state == SupportState.CANCELLED:
        return Q(cancelled_on__lte=day)
    stage = next(stage for stage, one in STATES.items() if one == state)
    condition = reached(stage, day) & ~Q(cancelled_on__lte=day)
    for later in SupportStage:
        if later > stage:
            condition &= ~reached(later, day)
    return condition


class SupportCaseQuerySet(OfEnterpriseQuerySet["SupportCase"]):
    """Support cases."""

    def known_at(self, day: dt.date) -> Self:
        """Those selected on or before the day, cancelled ones included; none that was voided."""
        return self.standing().filter(reached(SupportStage.SELECTED, day))

    def in_state(self, state: SupportState, day: dt.date) -> Self:
        """Those that stood so at the end of the day."""
        return self.known_at(day).filter(is_at(state, day))

    def accepted_by(self, day: dt.date) -> Self:
        """Those accepted on or before the day, closed since or not."""
        return self.known_at(day).filter(
            reached(SupportStage.ACCEPTED, day), cancelled_on__isnull=True
        )

    def inside_phase(self, phases: Iterable[Phase]) -> Self:
        """Those of these phases whose acceptance lies inside the phase of their task."""
        return self.filter(inside(phases))

    def outside_phase(self, phases: Iterable[Phase]) -> Self:
        """Those accepted outside the phase of their task: they count in no phase."""
        return self.filter(accepted_on__isnull=False).exclude(inside(phases))

    def with_state_at(self, day: dt.date) -> Self:
        """Add to each its ``state_then`` at the end of the day."""
        ways = [When(is_at(state, day), then=Value(state.value)) for state in SupportState]
        found = Case(*ways, default=Value(""), output_field=models.CharField())
        return self.annotate(state_then=found)

    def open(self) -> Self:
        """Those neither accepted nor cancelled today."""
        return self.filter(OPEN)

    def agreed(self) -> Self:
        """Those whose state money counts against the rules: agreed, begun, accepted, closed."""
        return self.standing().filter(stage__gte=SupportStage.AGREED, cancelled_on__isnull=True)

    def agreement_waits(self) -> Self:
        """Those whose proposed agreement waits for a second person."""
        return self.open().filter(
            stage=SupportStage.SELECTED,
            agreement_at__isnull=False,
            agreement_returned_at__isnull=True,
        )

    def acceptance_waits(self) -> Self:
        """Those whose proposed acceptance waits for a second person."""
        return self.open().filter(
            stage=SupportStage.IN_PROGRESS,
            acceptance_at__isnull=False,
            acceptance_returned_at__isnull=True,
        )

    def lacking(self) -> Self:
        """Accepted ones that lack their day of acceptance or an outcome: past cases may."""
        no_outcome = Q(**{f"{name}__isnull": True for name in OUTCOMES})
        return self.standing().filter(
            no_outcome | Q(accepted_on__isnull=True),
            stage__gte=SupportStage.ACCEPTED,
            cancelled_on__isnull=True,
        )


def inside(phases: Iterable[Phase]) -> Q:
    """The condition that a case was accepted inside the phase of its task, one of these."""
    found = Q(pk__in=())
    for phase in phases:
        span = (phase.window.first, phase.window.last)
        found |= Q(task__phase=phase, accepted_on__range=span)
    return found


def _came_as(stage: SupportStage) -> Q:
    """A past case that came in at this stage or a later one; a missing stage is said to be none."""
    return Q(imported_stage__isnull=False, imported_stage__gte=stage)


def _second_person(stage: SupportStage, proposed: str, approved: str) -> Q:
    """From the stage on, one person proposed and another approved; not of what was imported so."""
    named = Q(**{f"{proposed}__isnull": False, f"{approved}__isnull": False})
    return Q(stage__lt=stage) | _came_as(stage) | (named & ~Q(**{approved: F(proposed)}))


def _not_before(name: str, earlier: str) -> Q:
    missing = Q(**{f"{name}__isnull": True}) | Q(**{f"{earlier}__isnull": True})
    return missing | Q(**{f"{name}__gte": F(earlier)})


def _one_outcome() -> Q:
    found = Q()
    for name in OUTCOMES:
        found |= Q(**{f"{one}__isnull": one != name for one in OUTCOMES})
    return found


def _no_outcome() -> Q:
    return Q(**{f"{name}__isnull": True for name in OUTCOMES})


class SupportCase(Versioned, OfEnterprise):
    """The support of an enterprise in a task (hồ sơ hỗ trợ): all days inclusive, amounts in VND.

    ``stage`` is how far it has come; each stage has its business date. Agreement and acceptance
    are proposed by one person and approved by another; until then their fields hold the proposal
    and count nowhere. ``imported_stage`` is the stage with which a past case came in: what lies
    before it was never done here. A cancelled case keeps the stage that it had.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="support_cases")
    task = models.ForeignKey(Task, models.PROTECT, related_name="+", verbose_name=_("task"))
    dossier = models.OneToOneField(
        Dossier, models.PROTECT, null=True, blank=True, related_name="support_case"
    )
    stage = models.PositiveSmallIntegerField(
        _("stage"), choices=SupportStage, default=SupportStage.SELECTED
    )
    imported_stage = models.PositiveSmallIntegerField(
        _("stage when imported"), choices=SupportStage, null=True, editable=False
    )
    selected_on = models.DateField(_("selected on"))

    agreement_number = NameField(_("number of the agreement"), max_length=60, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    due_on = models.DateField(_("to be accepted by"), null=True, blank=True)
    state_share = models.BigIntegerField(_("state budget (VND)"), null=True, blank=True)
    enterprise_share = models.BigIntegerField(
        _("capital of the enterprise (VND)"), null=True, blank=True
    )
    total = models.GeneratedField(
        expression=F("state_share") + F("enterprise_share"),
        output_field=models.BigIntegerField(),
        db_persist=True,
        verbose_name=_("total (VND)"),
    )
    agreement_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    agreement_at = models.DateTimeField(_("agreement proposed at"), null=True, editable=False)
    agreement_returned_at = models.DateTimeField(
        _("agreement returned at"), null=True, editable=False
    )
    agreement_returned_reason = PassageField(_("why it was returned"), blank=True)
    agreement_approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    agreement_approved_at = models.DateTimeField(
        _("agreement approved at"), null=True, editable=False
    )

    started_on = models.DateField(_("begun on"), null=True, blank=True)
    begun_on = models.GeneratedField(
        expression=Coalesce("started_on", "selected_on"),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name=_("first day"),
    )

    acceptance_number = NameField(_("number of the acceptance record"), max_length=60, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    certificate = models.ForeignKey(
        Certificate, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("certificate"),
    )  # fmt: skip
    declaration = models.ForeignKey(
        StandardDeclaration, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("declaration of a standard"),
    )  # fmt: skip
    tool = models.ForeignKey(
        ToolAdoption, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("tool in use"),
    )  # fmt: skip
    project = models.ForeignKey(
        ProductivityProject, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("productivity project or plan"),
    )  # fmt: skip
    result = PassageField(_("what was reached"), blank=True)
    acceptance_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    acceptance_at = models.DateTimeField(_("acceptance proposed at"), null=True, editable=False)
    acceptance_returned_at = models.DateTimeField(
        _("acceptance returned at"), null=True, editable=False
    )
    acceptance_returned_reason = PassageField(_("why it was returned"), blank=True)
    acceptance_approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    acceptance_approved_at = models.DateTimeField(
        _("acceptance approved at"), null=True, editable=False
    )

    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancelled_reason = PassageField(_("why it was cancelled"), blank=True)

    # Of ``with_state_at``.
    state_then: str

    objects = SupportCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("support case")
        verbose_name_plural = _("support cases")
        ordering = ("-selected_on", "-pk")
        indexes = (
            models.Index(fields=("task", "stage"), name="support_case_by_stage"),
            models.Index(fields=("task", "accepted_on"), name="support_case_accepted"),
            models.Index(fields=("enterprise", "stage"), name="support_case_of_enterprise"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("enterprise", "task"),
                condition=OPEN,
                name="support_case_one_open",
                violation_error_message=_(
                    "The enterprise has a case for this task that is not accepted yet; finish or "
                    "cancel that one first."
                ),
            ),
            models.CheckConstraint(
                name="support_case_amounts",
                condition=(Q(state_share__isnull=True) | Q(state_share__gte=0))
                & (Q(enterprise_share__isnull=True) | Q(enterprise_share__gte=0)),
                violation_error_message=_("An amount is never below zero."),
            ),
            models.CheckConstraint(
                name="support_case_agreed_amounts",
                condition=Q(stage__lt=SupportStage.AGREED)
                | _came_as(SupportStage.AGREED)
                | Q(state_share__isnull=False, enterprise_share__isnull=False)
                & ~Q(agreement_number=""),
                violation_error_message=_("An agreement has a number and both amounts."),
            ),
            *(
                models.CheckConstraint(
                    name=f"support_case_{name}_in_order",
                    condition=_not_before(name, earlier),
                    violation_error_message=told,
                )
                for name, earlier, told in (
                    ("agreed_on", "selected_on", _("The agreement is before the selection.")),
                    ("started_on", "agreed_on", _("The beginning is before the agreement.")),
                    ("accepted_on", "started_on", _("The acceptance is before the beginning.")),
                    ("closed_on", "accepted_on", _("The closing is before the acceptance.")),
                    ("cancelled_on", "selected_on", _("The cancelling is before the selection.")),
                )
            ),
            models.CheckConstraint(
                name="support_case_stages_dated",
                condition=(Q(stage__lt=SupportStage.AGREED) | Q(agreed_on__isnull=False))
                & (Q(stage__lt=SupportStage.IN_PROGRESS) | Q(started_on__isnull=False))
                & (
                    Q(stage__lt=SupportStage.ACCEPTED)
                    | _came_as(SupportStage.ACCEPTED)
                    | Q(accepted_on__isnull=False)
                )
                & (
                    Q(stage__lt=SupportStage.CLOSED)
                    | _came_as(SupportStage.CLOSED)
                    | Q(closed_on__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="support_case_agreed_by_two",
                condition=_second_person(
                    SupportStage.AGREED, "agreement_by", "agreement_approved_by"
                ),
                violation_error_message=_("Another person than the proposer approves."),
            ),
            models.CheckConstraint(
                name="support_case_accepted_by_two",
                condition=_second_person(
                    SupportStage.ACCEPTED, "acceptance_by", "acceptance_approved_by"
                ),
                violation_error_message=_("Another person than the proposer approves."),
            ),
            models.CheckConstraint(
                name="support_case_one_outcome",
                condition=_one_outcome()
                | _no_outcome()
                & (Q(stage__lt=SupportStage.ACCEPTED) | _came_as(SupportStage.ACCEPTED)),
                violation_error_message=_(
                    "An acceptance names one outcome: a certificate, a declaration, a tool or a "
                    "project."
                ),
            ),
            models.CheckConstraint(
                name="support_case_cancelled_with_reason",
                condition=Q(cancelled_on__isnull=True)
                | Q(imported_stage__isnull=False)
                | ~Q(cancelled_reason=""),
                violation_error_message=_("Say why it is cancelled."),
            ),
            models.CheckConstraint(
                name="support_case_cancelled_before_acceptance",
                condition=Q(cancelled_on__isnull=True) | Q(stage__lt=SupportStage.ACCEPTED),
                violation_error_message=_("What was accepted is not cancelled any more."),
            ),
            voided_with_reason("support_case_voided_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.enterprise}, {self.task.code}"

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return reverse("support_case_detail", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        """Whether it ended without an acceptance."""
        return self.cancelled_on is not None

    @property
    def is_open(self) -> bool:
        """Whether the support is still to be carried out."""
        return not (self.is_voided or self.is_cancelled or self.stage >= SupportStage.ACCEPTED)

    @property
    def state(self) -> SupportState:
        """How it stands today."""
        return SupportState.CANCELLED if self.is_cancelled else STATES[SupportStage(self.stage)]

    @property
    def outcome(self) -> Any:
        """The certificate, declaration, tool or project with which it ended, or None."""
        return next((found for name in OUTCOMES if (found := getattr(self, name))), None)

    @property
    def agreement_is_waiting(self) -> bool:
        """Whether a proposed agreement waits for a second person."""
        return (
            self.is_open
            and self.stage == SupportStage.SELECTED
            and self.agreement_at is not None
            and self.agreement_returned_at is None
        )

    @property
    def acceptance_is_waiting(self) -> bool:
        """Whether a proposed acceptance waits for a second person."""
        return (
            self.is_open
            and self.stage == SupportStage.IN_PROGRESS
            and self.acceptance_at is not None
            and self.acceptance_returned_at is None
        )

    @property
    def counts_in_phase(self) -> bool:
        """Whether its acceptance lies inside the phase of its task (or there is none yet)."""
        return self.accepted_on is None or self.accepted_on in self.task.phase.window


class SupportMilestone(Versioned, Fact):
    """A step of the work on a case: what, until when, done on which day."""

    case = models.ForeignKey(SupportCase, models.PROTECT, related_name="milestones")
    title = NameField(_("milestone"), max_length=200)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    objects = FactQuerySet["SupportMilestone"].as_manager()

    class Meta:
        verbose_name = _("milestone of a support case")
        verbose_name_plural = _("milestones of support cases")
        ordering = ("due_on", "pk")
        constraints = (voided_with_reason("support_milestone_voided_with_reason"),)

    def __str__(self) -> str:
        return self.title


class SupportStep(AppendOnlyModel):
    """A step of a support case: who took it when, on which day it holds, and why."""

    case = models.ForeignKey(SupportCase, models.PROTECT, related_name="steps")
    act = models.CharField(_("act"), max_length=20, choices=SupportAct)
    on = models.DateField(_("on"), null=True)
    reason = PassageField(_("reason"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects: Any = AppendOnlyQuerySet["SupportStep"].as_manager()

    class Meta:
        verbose_name = _("step of a support case")
        verbose_name_plural = _("steps of support cases")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                name="support_step_with_reason",
                condition=~Q(
                    act__in=("agreement_return", "acceptance_return", "cancel", "step_back", "void")
                )
                | ~Q(reason=""),
                violation_error_message=_("Say why."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.at:%d/%m/%Y}"
