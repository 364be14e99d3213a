"""The act that fills a demonstration with an invented province."""

import random
from typing import Any

from django.db import transaction

from accounts.choices import AreaLevel, OrganisationKind
from accounts.models import AdministrativeArea, Organisation
from audit.actors import Actor
from audit.services import record
from core.registers.demo import Wish
from enterprises.demo import PREFIX, STANDARDS, TOOLS, Ground, Province, province
from enterprises.models import Enterprise, ImprovementTool, Product, Standard

BATCH = 2_000
# What a record points to comes before it.
FIRST_KINDS = ("Certificate",)


@transaction.atomic
def demo_province_create(wish: Wish, by: Actor) -> int:
    """Create the invented enterprises with all their records; nothing when they are here.

    Returns how many enterprises were made. The same for the same seed on the same areas.
    """
    if not wish.enterprises or Enterprise.objects.filter(tax_code__startswith=PREFIX).exists():
        return 0
    # Not for secrets: the same seed gives the same province.
    rng = random.Random(wish.seed)  # noqa: S311
    made = province(rng, wish.enterprises, _ground())
    Enterprise.objects.bulk_create(made.enterprises, batch_size=BATCH)
    _managed(made.enterprises)
    Product.objects.bulk_create(made.products, batch_size=BATCH)
    counts = {"enterprise": len(made.enterprises), "product": len(made.products)}
    for model, rows in _in_order(made):
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        counts[model._meta.model_name] = len(rows)
    record(act="demo_province_create", by=by, after={"seed": wish.seed, "records": counts})
    return len(made.enterprises)


def _in_order(made: Province) -> list[tuple[type[Any], list[Any]]]:
    kinds = made.records.items()
    return sorted(kinds, key=lambda kind: (kind[0].__name__ not in FIRST_KINDS, kind[0].__name__))


def _ground() -> Ground:
    standards = [
        Standard.objects.get_or_create(number=number, defaults={"kind": kind})[0]
        for number, kind in STANDARDS
    ]
    tools = [ImprovementTool.objects.get_or_create(name=name)[0] for name in TOOLS]
    areas = AdministrativeArea.objects.order_by("code")
    departments = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).order_by("code")
    return Ground(
        communes=list(areas.filter(level=AreaLevel.COMMUNE)),
        districts=list(areas.filter(level=AreaLevel.DISTRICT)),
        departments=list(departments),
        standards=standards,
        tools=tools,
    )


def _managed(enterprises: list[Enterprise]) -> None:
    """Let the departments of industry and of agriculture manage the enterprises of theirs."""
    by_code = {one.code: one.pk for one in Organisation.objects.filter(code__in=MANAGED.values())}
    through = Enterprise.managing_departments.through
    rows = [
        through(enterprise_id=one.pk, organisation_id=by_code[code])
        for one in enterprises
        if (code := MANAGED.get(one.sector)) in by_code
    ]
    through.objects.bulk_create(rows, batch_size=BATCH)


MANAGED = {"industry": "SCT", "services": "SCT", "agriculture": "SNNMT"}
