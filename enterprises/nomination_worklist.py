"""What rounds leave to be done, and by whom."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Role
from accounts.models import User
from core.numbers import format_number
from core.registers.worklist import Item
from enterprises import nomination_policies as policies
from enterprises.choices import DossierState, NominationState
from enterprises.models import Dossier, Nomination, NominationRound
from enterprises.models.dossiers import DECIDED
from enterprises.models.nominations import STANDING
from enterprises.models.scope import scope_of

MOST_ITEMS = 30


def rounds_to_nominate_in(user: User) -> Iterator[Item]:
    """Rounds that take nominations and in which the organisation has places left."""
    organisations = [one.pk for one in policies.organisations_of(user)]
    if not organisations:
        return
    own = Q(nominations__organisation__in=organisations, nominations__state__in=STANDING)
    taking = NominationRound.objects.taking_nominations(timezone.localdate())
    rounds: Any = taking.annotate(taken=Count("nominations", filter=own))
    for one in rounds.filter(taken__lt=F("quota") * len(organisations)).order_by("closes_on", "pk"):
        left = one.quota * len(organisations) - one.taken
        told = ngettext(
            "%(number)s place is left for your organisation.",
            "%(number)s places are left for your organisation.",
            left,
        )
        yield Item(
            key=f"nomination_round:{one.pk}:nominate",
            title=_("Nominate enterprises: %(round)s") % {"round": one},
            url=one.get_absolute_url(),
            due=one.closes_on,
            detail=told % {"number": format_number(left)},
        )


def nominations_in_hand(user: User) -> Iterator[Item]:
    """Drafts to be submitted, and what was returned to be mended."""
    if not user.has_role(Role.UNIT_OFFICER):
        return
    rows = Nomination.objects.filter(organisation__in=scope_of(user).organisations)
    today = timezone.localdate()
    waiting = Q(state=NominationState.RETURNED) & ~Q(dossier__state__in=DECIDED)
    drafts = Q(
        state=NominationState.DRAFT, round__closes_on__gte=today, round__closed_at__isnull=True
    )
    rows = rows.filter(waiting | drafts).select_related("round", "task", "enterprise")
    for nomination in rows.order_by("pk")[:MOST_ITEMS]:
        returned = nomination.state == NominationState.RETURNED
        told = _("Mend: %(what)s") if returned else _("Finish the draft: %(what)s")
        yield Item(
            key=f"nomination:{nomination.pk}:{nomination.state}",
            title=told % {"what": nomination},
            url=nomination.get_absolute_url(),
            due=nomination.mend_by if returned else nomination.round.closes_on,
            detail=nomination.mend_reason,
        )


def dossiers_to_review(user: User) -> Iterator[Item]:
    """How many dossiers of each round wait for the review."""
    if not user.has_role(Role.PROGRAMME_OFFICER):
        return
    states = (DossierState.WAITING, DossierState.SHORTLISTED)
    for one, number in _rounds_with(user, states):
        told = ngettext(
            "%(number)s nomination to review: %(round)s",
            "%(number)s nominations to review: %(round)s",
            number,
        )
        yield Item(
            key=f"nomination_round:{one.pk}:review",
            title=told % {"number": format_number(number), "round": one},
            url=f"{reverse('dossier_list')}?round={one.pk}",
            due=one.review_by,
        )


def selections_to_confirm(user: User) -> Iterator[Item]:
    """How many proposed selections of each round wait for this lead."""
    if not user.has_role(Role.PROGRAMME_LEAD):
        return
    for one, number in _rounds_with(user, (DossierState.PROPOSED,)):
        told = ngettext(
            "%(number)s selection to confirm: %(round)s",
            "%(number)s selections to confirm: %(round)s",
            number,
        )
        yield Item(
            key=f"nomination_round:{one.pk}:confirm",
            title=told % {"number": format_number(number), "round": one},
            url=f"{reverse('dossier_list')}?round={one.pk}&state={DossierState.PROPOSED}",
            due=one.review_by,
        )


def rounds_to_finish(user: User) -> Iterator[Item]:
    """Rounds whose last day is over and that nobody closed, or whose decision is not recorded."""
    if not user.has_role(Role.PROGRAMME_OFFICER):
        return
    unnamed = Dossier.objects.selected().filter(round=OuterRef("pk"), decision__isnull=True)
    opened = NominationRound.objects.filter(opened_at__isnull=False)
    rounds: Any = opened.annotate(lacks_decision=Exists(unnamed)).order_by("pk")
    over = Q(closed_at__isnull=True, closes_on__lt=timezone.localdate())
    for one in rounds.filter(over | Q(lacks_decision=True)):
        if one.closed_at is None and one.closes_on < timezone.localdate():
            told = _("Close or extend: %(round)s")
            yield Item(f"nomination_round:{one.pk}:close", told % {"round": one}, _page(one))
        if one.lacks_decision:
            told = _("Record the decision on the selection: %(round)s")
            url = reverse("selection_list", args=[one.pk])
            yield Item(f"nomination_round:{one.pk}:decision", told % {"round": one}, url)


def _page(one: NominationRound) -> str:
    return one.get_absolute_url()


def _rounds_with(
    user: User, states: tuple[DossierState, ...]
) -> Iterator[tuple[NominationRound, int]]:
    waiting = Dossier.objects.open_to(user).filter(state__in=states)
    if states == (DossierState.PROPOSED,):
        waiting = waiting.exclude(proposed_by=user)
    rows = waiting.order_by().values("round").annotate(number=Count("pk"))
    numbers = dict(rows.values_list("round", "number"))
    for one in NominationRound.objects.filter(pk__in=numbers).order_by("review_by", "pk"):
        yield one, numbers[one.pk]
