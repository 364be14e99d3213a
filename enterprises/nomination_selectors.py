"""Reading rounds, nominations and dossiers: quotas, who is told, what is selected."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Membership, Organisation, User
from documents.choices import AttachmentKind
from documents.models import Attachment
from enterprises.choices import DossierState, NominationState
from enterprises.models import (
    Dossier,
    Enterprise,
    Nomination,
    NominationBatch,
    NominationRound,
    SupportCase,
)
from enterprises.models.dossiers import DossierQuerySet
from enterprises.models.nominations import STANDING, NominationQuerySet
from programs.models import Task


def already_supported(enterprise: Enterprise, task: Task) -> bool:
    """Whether the enterprise was selected for the task before, in whichever round or long ago."""
    return (enterprise.pk, task.pk) in already_supported_pairs({enterprise.pk})


def already_supported_pairs(enterprises: Collection[int]) -> set[tuple[int, int]]:
    """Return enterprise and task of every support that these enterprises are given or were given.

    A case that was cancelled or voided is none: the enterprise may be nominated again.
    """
    cases = SupportCase.objects.standing().filter(
        enterprise__in=enterprises, cancelled_on__isnull=True
    )
    return set(cases.order_by().values_list("enterprise", "task"))


def selected_nominations() -> NominationQuerySet:
    """Return the nominations whose enterprise was selected: support begins from them."""
    submitted = Nomination.objects.filter(state=NominationState.SUBMITTED)
    return submitted.filter(dossier__state=DossierState.SELECTED).select_related(
        "dossier__decision", "enterprise", "organisation", "round", "task"
    )


@dataclass(frozen=True, slots=True)
class Quota:
    """How many places an organisation has in a round, or for a task of it, and has taken."""

    places: int
    taken: int

    @property
    def left(self) -> int:
        """How many more it may nominate."""
        return max(0, self.places - self.taken)


def quota_of(one: NominationRound, organisation: Organisation) -> Quota:
    """Return the quota of an organisation in the round: what stands takes a place."""
    standing = Nomination.objects.standing().filter(round=one, organisation=organisation)
    return Quota(one.quota, standing.count())


def task_quota_of(one: NominationRound, organisation: Organisation, task: Task) -> Quota | None:
    """Return the quota of an organisation for a task of the round, where the task has one."""
    of_task = one.round_tasks.filter(task=task).first()
    if of_task is None or of_task.quota is None:
        return None
    standing = Nomination.objects.standing().filter(round=one, organisation=organisation, task=task)
    return Quota(of_task.quota, standing.count())


def nominators_of(organisations: Iterable[int]) -> list[User]:
    """Return the unit officers of these organisations today."""
    held = Membership.objects.valid_at(timezone.localdate()).filter(
        organisation__in=list(organisations), role=Role.UNIT_OFFICER
    )
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True))


def files_of_letter(nomination: Nomination) -> Any:
    """Return the scans of the official letter: its own, or that of the sheet it came in."""
    kind = AttachmentKind.LETTER
    own = Attachment.objects.of(nomination)
    found = own | Attachment.objects.of(nomination.batch) if nomination.batch else own
    return found.standing().filter(kind=kind)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a nomination: the scans of its letter, and what else proves it."""

    letters: list[Attachment]
    evidence: list[Attachment]


def files_of(nominations: Collection[Nomination]) -> dict[int, Files]:
    """Return the files of nominations by key, in two queries however many there are."""
    batches = {one.batch_id for one in nominations if one.batch_id}
    held: dict[tuple[str, int], list[Attachment]] = defaultdict(list)
    for model, keys in ((Nomination, {one.pk for one in nominations}), (NominationBatch, batches)):
        label = model._meta.label_lower
        rows = Attachment.objects.standing().filter(holder_type=label, holder_id__in=keys)
        for file in rows.select_related("current__late_scan"):
            held[label, file.holder_id].append(file)
    found = {}
    for one in nominations:
        own = held[Nomination._meta.label_lower, one.pk]
        of_batch = held[NominationBatch._meta.label_lower, one.batch_id or 0]
        letters = [file for file in (*own, *of_batch) if file.kind == AttachmentKind.LETTER]
        found[one.pk] = Files(letters, [file for file in own if file not in letters])
    return found


def dossiers_listed(user: User) -> DossierQuerySet:
    """Return the dossiers that the person sees with all that a list of them shows."""
    return (
        Dossier.objects.visible_to(user)
        .select_related("round", "task", "enterprise", "enterprise__area", "proposed_by")
        .prefetch_related("nominations__organisation", "conflicts")
    )


def nominations_listed(user: User) -> NominationQuerySet:
    """Return the nominations that the person sees with all that a list of them shows."""
    return Nomination.objects.visible_to(user).select_related(
        "round", "task", "enterprise", "organisation", "dossier"
    )


def counts_by_state(one: NominationRound) -> Mapping[DossierState, int]:
    """Return how many dossiers of a round stand where, every state named."""
    rows = one.dossiers.order_by().values_list("state").annotate(number=Count("pk"))
    found = dict(rows)
    return {state: found.get(state, 0) for state in DossierState}


@dataclass(frozen=True, slots=True)
class OfOrganisation:
    """What an organisation has done in a round."""

    organisation: str
    standing: int
    selected: int


def by_organisation(one: NominationRound) -> list[OfOrganisation]:
    """Return what each organisation has nominated in a round, the most first."""
    selected = Q(dossier__state=DossierState.SELECTED)
    rows = (
        Nomination.objects.filter(round=one, state__in=STANDING)
        .values("organisation__name")
        .annotate(number=Count("pk"), selected=Count("pk", filter=selected))
        .order_by("-number", "organisation__name")
    )
    return [
        OfOrganisation(row["organisation__name"], row["number"], row["selected"]) for row in rows
    ]


def told_steps(nomination: Nomination) -> Any:
    """Return the steps that who nominated may read, oldest first.

    Their own, and of the review what concerns them: not who proposed what, nor conflicts.
    """
    outcomes = ("shortlist", "select", "refuse")
    own = Q(nomination=nomination)
    if nomination.dossier_id:
        own |= Q(dossier=nomination.dossier_id, nomination__isnull=True, act__in=outcomes)
    steps: Any = nomination.steps.model.objects
    return steps.filter(own).select_related("by", "organisation")


def all_steps(nomination: Nomination) -> Any:
    """Return every step of a nomination and of the review of its enterprise, oldest first."""
    steps: Any = nomination.steps.model.objects
    of_review = Q(dossier=nomination.dossier_id, nomination__isnull=True)
    return steps.filter(Q(nomination=nomination) | of_review).select_related("by", "organisation")


def all_steps_of(dossier: Dossier) -> Any:
    """Return every step of a dossier, oldest first."""
    return dossier.steps.select_related("by", "organisation", "nomination")
