"""What a support case may leave behind, and whether it was there on the day of the acceptance."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.decisions import Decision
from enterprises.models import (
    Certificate,
    Enterprise,
    ProductivityProject,
    StandardDeclaration,
    SupportCase,
    ToolAdoption,
)


def of_enterprise(enterprise: Enterprise) -> dict[str, QuerySet[Any]]:
    """Return every record of an enterprise with which support can end, by the field of a case."""
    declarations = StandardDeclaration.objects.standing().filter(product__enterprise=enterprise)
    tools = ToolAdoption.objects.standing().filter(enterprise=enterprise).select_related("tool")
    return {
        "certificate": Certificate.objects.standing().filter(enterprise=enterprise),
        "declaration": declarations.select_related("standard", "product"),
        "tool": tools,
        "project": ProductivityProject.objects.standing().filter(enterprise=enterprise),
    }


def options(enterprise: Enterprise) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield what can be chosen, by kind: ``certificate:17`` and how it is called."""
    for name, records in of_enterprise(enterprise).items():
        found = [(f"{name}:{one.pk}", label_of(one)) for one in records]
        if found:
            yield capfirst(str(records.model._meta.verbose_name)), found


def label_of(outcome: Any) -> str:
    """Return how an outcome is called, with its day."""
    day = getattr(outcome, "issued_on", None) or getattr(outcome, "declared_on", None)
    day = day or outcome.valid_from
    return f"{outcome} ({day:%d/%m/%Y})"


def held_on(case: SupportCase, name: str, day: dt.date) -> Decision:
    """Whether an outcome is this enterprise's own and was there on the day."""
    outcome = getattr(case, name)
    found: Any = of_enterprise(case.enterprise)[name].filter(pk=outcome.pk)
    if not found.exists():
        return Decision.no(_("Choose one of this enterprise's own records that was not voided."))
    there = found.valid_at(day) if name != "project" else found.begun_by(day)
    told = _("“%(what)s” was not there on %(day)s; correct the day or choose another outcome.")
    return Decision.when(
        there.exists(), told % {"what": label_of(outcome), "day": f"{day:%d/%m/%Y}"}
    )
