"""The key enterprises as at a day, as a report lists them."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from enterprises.models import (
    Certificate,
    Enterprise,
    KeyListEntry,
    Product,
    ProductivityProject,
    StandardDeclaration,
    ToolAdoption,
)


def key_enterprises_at(day: dt.date) -> list[dict[str, Any]]:
    """Return the enterprises on the key list on a day with what they had and did then.

    Products are those on the key list of products; declarations and certificates the valid ones,
    tools those in use, projects those begun. Plain data, the number of statements is fixed.
    """
    entries = KeyListEntry.objects.counting().valid_at(day)
    products = Product.objects.standing().filter(Exists(entries.filter(product=OuterRef("pk"))))
    valid = StandardDeclaration.objects.valid_at(day).select_related("standard")
    rows = (
        Enterprise.objects.filter(Exists(entries.filter(enterprise=OuterRef("pk"))))
        .select_related("area", "former_district")
        .prefetch_related(
            Prefetch(
                "products",
                products.prefetch_related(Prefetch("declarations", valid, to_attr="valid_then")),
                to_attr="key_products",
            ),
            Prefetch(
                "certificates",
                Certificate.objects.valid_at(day).order_by("issued_on", "pk"),
                to_attr="valid_then",
            ),
            Prefetch(
                "tool_adoptions",
                ToolAdoption.objects.standing().valid_at(day).select_related("tool"),
                to_attr="in_use",
            ),
            Prefetch(
                "projects",
                ProductivityProject.objects.begun_by(day).order_by("valid_from", "pk"),
                to_attr="begun",
            ),
        )
    )
    return [_row(enterprise) for enterprise in rows]


def _row(enterprise: Any) -> dict[str, Any]:
    place = enterprise.area or enterprise.former_district
    declared = {one.standard.number for p in enterprise.key_products for one in p.valid_then}
    return {
        "id": enterprise.pk,
        "name": enterprise.name,
        "tax_code": enterprise.shown_tax_code,
        "place": place.name if place else "",
        "products": [product.name for product in enterprise.key_products],
        "declarations": sorted(declared),
        "certificates": [str(one) for one in enterprise.valid_then],
        "tools": sorted({one.tool.name for one in enterprise.in_use}),
        "projects": [
            f"{one.name or one.get_kind_display()} ({one.valid_from:%d/%m/%Y})"
            for one in enterprise.begun
        ],
    }
