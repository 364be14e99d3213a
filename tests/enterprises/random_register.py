"""Random registers, in the tables and as the same plain facts."""

import datetime as dt
import random
from itertools import count

from enterprises.models import (
    AwardEntry,
    Certificate,
    CertificateSuspension,
    Enterprise,
    ImprovementTool,
    KeyListEntry,
    ModelRecognition,
    NetworkMembership,
    Product,
    ProductivityProject,
    ProductivityYear,
    Standard,
    StandardDeclaration,
    ToolAdoption,
)
from programs.models import Indicator, Output, Plan
from tests.enterprises.evaluator import Facts
from tests.enterprises.factories import tax_code

APPROVED = dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
SCHEMES = (
    "iso_9001", "iso_14001", "iso_22000", "haccp", "iso_17025", "standard", "regulation", "other",
)  # fmt: skip
FIRST, LAST = dt.date(2020, 11, 1), dt.date(2031, 2, 1)
# Days around which rules turn.
TURNS = [
    dt.date(2021, 12, 14), dt.date(2025, 12, 14), dt.date(2025, 12, 15), dt.date(2025, 12, 20),
    dt.date(2026, 6, 30), dt.date(2026, 12, 14), dt.date(2030, 12, 14), dt.date(2030, 12, 15),
]  # fmt: skip
_names = count(1)


def a_day(rng: random.Random) -> dt.date:
    """A day, often one at which a rule turns."""
    if rng.random() < 0.4:
        return rng.choice(TURNS) + dt.timedelta(days=rng.randint(-1, 1))
    return FIRST + dt.timedelta(days=rng.randint(0, (LAST - FIRST).days))


def an_end(rng: random.Random, first: dt.date) -> dt.date | None:
    """An end on or after the day, or none."""
    return max(first, a_day(rng)) if rng.random() < 0.6 else None


def spans(rng: random.Random) -> list[tuple[dt.date, dt.date | None]]:
    """One or two entries of a list that do not overlap."""
    first = a_day(rng)
    last = an_end(rng, first)
    found = [(first, last)]
    if last and rng.random() < 0.3:
        found.append((last + dt.timedelta(days=1), None))
    return found


def register(rng: random.Random, plan: Plan) -> Facts:
    """Fill the tables with a random register and return the same as plain facts."""
    facts = Facts()
    enterprises = [
        Enterprise.objects.create(tax_code=tax_code(), name=f"DN {n}", kind="enterprise")
        for n in range(rng.randint(0, 6))
    ]
    standard = Standard.objects.create(number=f"TCVN {next(_names)}", kind="tcvn")
    tool = ImprovementTool.objects.create(name=f"Công cụ {next(_names)}")
    for of in enterprises:
        facts.enterprises.append(of.pk)
        _of_enterprise(rng, facts, of, tool)
        for _n in range(rng.randint(0, 3)):
            _product(rng, facts, of, standard)
    for indicator in Indicator.objects.of_plan(plan).filter(code__in=("K01", "K13")):
        for _n in range(rng.randint(0, 3)):
            on = a_day(rng)
            Output.objects.create(indicator=indicator, name=f"O {next(_names)}", issued_on=on)
            facts.outputs.append((indicator.code, on))
    return facts


def _certificate(
    rng: random.Random, facts: Facts, of: Enterprise, product: Product | None, scheme: str
) -> None:
    issued = a_day(rng)
    expires = an_end(rng, issued)
    withdrawn = an_end(rng, issued) if rng.random() < 0.3 else None
    made = Certificate.objects.create(
        enterprise=of,
        product=product,
        scheme=scheme,
        number=f"G {next(_names)}",
        issued_on=issued,
        expires_on=expires,
        withdrawn_on=withdrawn,
    )
    pauses = spans(rng) if rng.random() < 0.3 else []
    for first, last in pauses:
        CertificateSuspension.objects.create(
            certificate=made, valid_from=first, valid_to=last, reason="Kiểm thử"
        )
    if rng.random() < 0.1:
        _void(made)
        return
    key = product.pk if product else None
    facts.certificates.append((of.pk, key, scheme, issued, expires, withdrawn, pauses))


def _void(record: KeyListEntry | Certificate) -> None:
    """A typing error that was never true."""
    type(record).objects.filter(pk=record.pk).update(voided_at=APPROVED, voided_reason="Nhầm")


def _on_key_list(rng: random.Random, facts: Facts, of: Enterprise) -> None:
    if rng.random() < 0.3:
        return
    for first, last in spans(rng):
        entry = KeyListEntry.objects.create(
            enterprise=of, valid_from=first, valid_to=last, approved_at=APPROVED
        )
        match rng.random():
            case chance if chance < 0.08:
                _void(entry)
            case chance if chance < 0.16:
                # Entered by form, not approved by a second person: it does not count yet.
                KeyListEntry.objects.filter(pk=entry.pk).update(approved_at=None)
            case _:
                facts.key_enterprises.append((of.pk, first, last))


def _lists(rng: random.Random, facts: Facts, of: Enterprise, tool: ImprovementTool) -> None:
    for chance, model, rows, extra in (
        (0.5, NetworkMembership, facts.network, {}),
        (0.5, ToolAdoption, facts.tools, {"tool": tool}),
    ):
        for first, last in spans(rng) if rng.random() < chance else []:
            model.objects.create(enterprise=of, valid_from=first, valid_to=last, **extra)
            rows.append((of.pk, first, last))


def _of_enterprise(rng: random.Random, facts: Facts, of: Enterprise, tool: ImprovementTool) -> None:
    _on_key_list(rng, facts, of)
    _lists(rng, facts, of, tool)
    for scheme in rng.sample(SCHEMES, rng.randint(0, 4)):
        if scheme not in {"standard", "regulation"}:
            _certificate(rng, facts, of, None, scheme)
    for kind in ("project", "plan"):
        if rng.random() < 0.4:
            on = a_day(rng)
            ProductivityProject.objects.create(enterprise=of, kind=kind, valid_from=on)
            facts.projects.append((of.pk, kind, on))
    for kind in ("comprehensive", "pilot"):
        if rng.random() < 0.5:
            on = a_day(rng)
            ModelRecognition.objects.create(enterprise=of, kind=kind, recognised_on=on)
            facts.recognitions.append((of.pk, kind, on))
    for year in rng.sample(range(2021, 2028), rng.randint(0, 2)):
        AwardEntry.objects.create(enterprise=of, year=year)
        facts.awards.append((of.pk, year))
    _productivity(rng, facts, of)


def _productivity(rng: random.Random, facts: Facts, of: Enterprise) -> None:
    years = sorted(rng.sample(range(2020, 2028), rng.randint(0, 3)))
    base = rng.choice(years) if years and rng.random() < 0.8 else None
    for year in years:
        value, assets, labour = rng.randint(-50, 300), rng.randint(80, 120), rng.randint(8, 12)
        # Round numbers meet the 35% exactly now and then.
        value = rng.choice([value, 100, 135, 200])
        ProductivityYear.objects.create(
            enterprise=of,
            year=year,
            pretax_profit=value,
            labour_cost=0,
            depreciation=0,
            interest=0,
            production_taxes=0,
            fixed_assets=assets,
            labour=labour,
            is_base=year == base,
        )
        facts.productivity.append((of.pk, year, value, assets, labour, year == base))


def _product(rng: random.Random, facts: Facts, of: Enterprise, standard: Standard) -> None:
    duty = rng.random() < 0.6
    product = Product.objects.create(enterprise=of, name=f"SP {next(_names)}", obligated=duty)
    facts.products.append((product.pk, of.pk, duty))
    if rng.random() < 0.8:
        for first, last in spans(rng):
            KeyListEntry.objects.create(
                product=product, valid_from=first, valid_to=last, approved_at=APPROVED
            )
            facts.key_products.append((product.pk, first, last))
    for on in {a_day(rng) for _n in range(rng.randint(0, 2))}:
        kind = rng.choice(["tcvn", "qcvn", "regional", "foreign", "tccs"])
        expires = an_end(rng, on)
        StandardDeclaration.objects.create(
            product=product, standard=standard, kind=kind, declared_on=on, expires_on=expires
        )
        facts.declarations.append((product.pk, kind, on, expires))
    for scheme in ("standard", "regulation", "iso_17025"):
        if rng.random() < 0.4:
            _certificate(rng, facts, of, product, scheme)
