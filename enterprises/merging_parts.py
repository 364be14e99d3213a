"""The records of this room that go over when enterprises are merged, and what of them collides."""

import dataclasses
from collections.abc import Callable, Hashable
from typing import Any

from django.db.models import F
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from core.money import format_vnd
from core.numbers import format_number
from enterprises import merging
from enterprises.merging import Collision, Part
from enterprises.models import (
    AwardEntry,
    Certificate,
    Contact,
    Enterprise,
    EnterpriseFigures,
    EnterpriseTaxCode,
    KeyListEntry,
    ModelRecognition,
    NetworkMembership,
    Product,
    ProductivityProject,
    ProductivityYear,
    StandardDeclaration,
    ToolAdoption,
)

# The records that hang on a product and follow it.
OF_PRODUCT = (Certificate, KeyListEntry, StandardDeclaration)


def register() -> None:
    """Bring the parts of this room; called once, when the app is ready."""
    merging.register(
        Part(EnterpriseTaxCode),
        Part(Contact),
        Part(Product, _products, _follow_product),
        Part(Certificate, _certificates),
        Part(KeyListEntry, _dated(KeyListEntry, _entry)),
        Part(EnterpriseFigures, _one_a_key(EnterpriseFigures, lambda one: one.year, _figures)),
        Part(ToolAdoption, _dated(ToolAdoption, _adoption, lambda one: one.tool_id)),
        Part(
            ProductivityProject,
            _one_a_key(ProductivityProject, lambda one: (one.kind, one.valid_from), _project),
        ),
        Part(ProductivityYear, _productivity_years, _require_base),
        Part(
            ModelRecognition,
            _one_a_key(ModelRecognition, lambda one: (one.kind, one.recognised_on), _recognition),
        ),
        Part(AwardEntry, _one_a_key(AwardEntry, lambda one: one.year, _award)),
        Part(NetworkMembership, _dated(NetworkMembership, _period)),
    )


def _standing(model: Any, source: Enterprise, target: Enterprise) -> tuple[list[Any], list[Any]]:
    def of(enterprise: Enterprise) -> list[Any]:
        return list(model._base_manager.filter(enterprise=enterprise, voided_at__isnull=True))

    return of(source), of(target)


def _label(model: Any) -> str:
    return capfirst(str(model._meta.verbose_name))


def _one_a_key(
    model: Any, key_of: Callable[[Any], Hashable], tell: Callable[[Any], str]
) -> Callable[[Enterprise, Enterprise], list[Collision]]:
    def collisions(source: Enterprise, target: Enterprise) -> list[Collision]:
        sides = _standing(model, source, target)
        return merging.same_key(model._meta.model_name, _label(model), sides, key_of, tell)

    return collisions


def _dated(
    model: Any,
    tell: Callable[[Any], str],
    key_of: Callable[[Any], Hashable] = lambda _one: None,
) -> Callable[[Enterprise, Enterprise], list[Collision]]:
    def collisions(source: Enterprise, target: Enterprise) -> list[Collision]:
        sides = _standing(model, source, target)
        return merging.overlapping(model._meta.model_name, _label(model), sides, key_of, tell)

    return collisions


def _certificates(source: Enterprise, target: Enterprise) -> list[Collision]:
    """Certificates without a product; the others collide only where their products do."""
    mine, theirs = _standing(Certificate, source, target)
    sides = ([c for c in mine if not c.product_id], [c for c in theirs if not c.product_id])
    return merging.same_key(
        "certificate", _label(Certificate), sides, _certificate_key, _certificate
    )


def _certificate_key(certificate: Certificate) -> Hashable:
    return certificate.scheme, certificate.number.lower()


def _products(source: Enterprise, target: Enterprise) -> list[Collision]:
    """Products of one name, and what of their own records collides when they become one."""
    sides = _standing(Product, source, target)
    pairs = merging.same_key("product", _label(Product), sides, _product_key, _product)
    found = []
    for pair in pairs:
        found.append(dataclasses.replace(pair, give_way=lambda _record, _by, _reason: None))
        found += _of_products(pair)
    return found


def _product_key(product: Product) -> str:
    return product.name.lower()


def _of_products(pair: Collision) -> list[Collision]:
    def standing(model: Any) -> tuple[list[Any], list[Any]]:
        rows = model.objects.standing()
        return list(rows.filter(product__in=pair.source)), list(
            rows.filter(product__in=pair.target)
        )

    name = pair.source[0].name

    def label(model: Any) -> str:
        return f"{_label(model)} ({name})"

    declarations = standing(StandardDeclaration)
    return [
        *merging.same_key(
            "declaration",
            label(StandardDeclaration),
            declarations,
            lambda one: (one.standard_id, one.declared_on),
            _declaration,
        ),
        *merging.same_key(
            "certificate", label(Certificate), standing(Certificate), _certificate_key, _certificate
        ),
        *merging.overlapping(
            "keylistentry", label(KeyListEntry), standing(KeyListEntry), lambda _one: None, _entry
        ),
    ]


def _follow_product(collision: Collision, kept: str, by: User, reason: str) -> None:
    """Let what hangs on the product that gives way hang on the other one, and void the product."""
    if not isinstance(collision.source[0], Product):
        return
    keeps, goes = collision.source[0], collision.target[0]
    if kept == "target":
        keeps, goes = goes, keeps
    for model in OF_PRODUCT:
        rows = model._base_manager.filter(product=goes)
        rows.update(product=keeps, version=F("version") + 1)
    merging.void(goes, by, reason)


def _productivity_years(source: Enterprise, target: Enterprise) -> list[Collision]:
    """Figures of one year, and two baseline years."""
    sides = _standing(ProductivityYear, source, target)
    found = merging.same_key(
        "productivityyear",
        _label(ProductivityYear),
        sides,
        lambda one: one.year,
        _productivity_year,
    )
    bases = tuple([one for one in side if one.is_base] for side in sides)
    if all(bases) and bases[0][0].year != bases[1][0].year:
        key = f"base-{bases[0][0].pk}-{bases[1][0].pk}"
        label = _("Baseline year")
        found.append(
            Collision(
                key, label, tuple(bases[0]), tuple(bases[1]), lambda one: str(one.year), _no_base
            )
        )
    return found


def _require_base(collision: Collision, kept: str, by: User, reason: str) -> None:
    """Refuse to keep as baseline a year whose figures gave way."""
    base = collision.source[0] if kept == "source" else collision.target[0]
    if collision.key.startswith("base-") and base.voided_at:
        told = _("The baseline year that stays is among the figures that give way; choose again.")
        raise DomainError(told)


def _no_base(year: ProductivityYear, by: User, reason: str) -> None:
    ProductivityYear._base_manager.filter(pk=year.pk).update(
        is_base=False, version=F("version") + 1
    )


def _between(first: Any, last: Any) -> str:
    since = first.strftime("%d/%m/%Y")
    if last is None:
        return _("from %(first)s") % {"first": since}
    return _("from %(first)s to %(last)s") % {"first": since, "last": last.strftime("%d/%m/%Y")}


def _period(record: Any) -> str:
    return _between(record.valid_from, record.valid_to)


def _product(product: Product) -> str:
    return f"{product.name} ({product.group})" if product.group else product.name


def _entry(entry: KeyListEntry) -> str:
    return f"{_period(entry)}; {entry.decision_number}".rstrip("; ")


def _certificate(certificate: Certificate) -> str:
    period = _between(certificate.issued_on, certificate.expires_on)
    return f"{certificate} ({certificate.issuer}), {period}".replace(" ()", "")


def _declaration(declaration: StandardDeclaration) -> str:
    period = _between(declaration.declared_on, declaration.expires_on)
    return f"{declaration.standard}, {period}"


def _adoption(adoption: ToolAdoption) -> str:
    return f"{adoption.tool}, {_period(adoption)}"


def _project(project: ProductivityProject) -> str:
    return f"{project.get_kind_display()} {project.name}".strip() + f", {_period(project)}"


def _recognition(recognition: ModelRecognition) -> str:
    day = recognition.recognised_on.strftime("%d/%m/%Y")
    return f"{recognition.get_kind_display()}, {day}; {recognition.decision_number}".rstrip("; ")


def _award(entry: AwardEntry) -> str:
    return f"{entry.year}: {entry.result}".rstrip(": ")


def _figures(figures: EnterpriseFigures) -> str:
    amount = _("%(label)s %(amount)s đồng")
    told = [
        amount % {"label": label, "amount": format_vnd(value)}
        for label, value in ((_("revenue"), figures.revenue), (_("capital"), figures.capital))
        if value is not None
    ]
    if figures.labour is not None:
        told.insert(0, _("labour %(number)s") % {"number": format_number(figures.labour)})
    return f"{figures.year}: {', '.join(told) or '–'}"


def _productivity_year(year: ProductivityYear) -> str:
    told = _(
        "%(year)d: value added %(value)s đồng, labour %(labour)s, fixed assets %(assets)s đồng"
    )
    return told % {
        "year": year.year,
        "value": format_vnd(year.value_added),
        "labour": format_number(year.labour),
        "assets": format_vnd(year.fixed_assets),
    }
