"""Reading the register: lists, look-ups, and what the page of an enterprise shows."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Value
from django.db.models.functions import Coalesce, NullIf

from accounts.models import User
from enterprises.choices import EnterpriseState
from enterprises.models import Enterprise
from enterprises.models.enterprises import EnterpriseQuerySet, mask_tax_code
from enterprises.size import Thresholds, size_class_of_row


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The enterprise of a tax code; ``open`` when the person may see more than its name."""

    enterprise: Enterprise
    open: bool
    former: bool


def look_up(user: User, tax_code: str) -> LookedUp | None:
    """Return the enterprise that is or was known by a tax code, also out of the person's scope."""
    enterprise = Enterprise.objects.with_tax_code(tax_code).first()
    if enterprise is None:
        return None
    seen = Enterprise.objects.visible_to(user).filter(pk=enterprise.pk).exists()
    return LookedUp(enterprise, open=seen, former=enterprise.tax_code != tax_code)


def rows_of_list(user: User, day: dt.date, thresholds: Thresholds) -> EnterpriseQuerySet:
    """Return the enterprises that the person sees with all that a list of them shows at a day."""
    through = Enterprise.managing_departments.through
    name = Coalesce(NullIf(F("organisation__short_name"), Value("")), F("organisation__name"))
    managing: Any = through._default_manager.filter(enterprise=OuterRef("pk")).annotate(shown=name)
    return (
        Enterprise.objects.visible_to(user)
        .select_related("area", "former_district")
        .defer("search_key", "found_by", "merge_reason")
        .annotate(
            size=size_class_of_row(day, thresholds),
            departments=ArraySubquery(managing.order_by("shown").values("shown")),
        )
    )


def state_at(enterprise: Enterprise, day: dt.date) -> EnterpriseState:
    """Return how an enterprise stands at a day."""
    if enterprise.merged_into_id:
        return EnterpriseState.MERGED
    if enterprise.ended_on and enterprise.ended_on <= day:
        return EnterpriseState.ENDED
    return EnterpriseState.EXISTING if enterprise.verified_at else EnterpriseState.UNVERIFIED


def in_state(rows: EnterpriseQuerySet, state: str, day: dt.date) -> EnterpriseQuerySet:
    """Narrow a list to those that stand so at a day; without a state, to all but merged ones."""
    match state:
        case EnterpriseState.MERGED:
            return rows.filter(merged_into__isnull=False)
        case EnterpriseState.ENDED:
            return rows.ended_at(day)
        case EnterpriseState.UNVERIFIED:
            return rows.unmerged().filter(verified_at__isnull=True)
        case EnterpriseState.EXISTING:
            return rows.existing_at(day)
    return rows.unmerged()


def candidates_for_merger(user: User, enterprise: Enterprise, query: str) -> EnterpriseQuerySet:
    """Return with what an enterprise may be one: those found by the query, or of the same name."""
    others = Enterprise.objects.visible_to(user).unmerged().exclude(pk=enterprise.pk)
    if query:
        return others.matching(query)
    return others.filter(Q(search_key=enterprise.search_key))


def shown_codes(
    enterprise: Enterprise, *, in_full: bool
) -> list[tuple[str, dt.date | None, dt.date | None]]:
    """Return every tax code with its days, the current one first; personal numbers masked."""
    codes = sorted(
        enterprise.tax_codes.all(), key=lambda code: code.tax_code != enterprise.tax_code
    )
    return [
        (
            code.tax_code if in_full else mask_tax_code(code.tax_code),
            code.valid_from,
            code.valid_to,
        )
        for code in codes
    ]
