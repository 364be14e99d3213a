"""How the indicators of the plan read the register, each thing counted once.

A dated list holds on a day from its first to its last day, both included. A certificate is valid on
a day when it was issued by then and not expired, withdrawn or suspended.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enterprises.choices import (
    PRODUCT_SCHEMES,
    ProjectKind,
    RecognitionKind,
    Scheme,
    StandardKind,
)
from enterprises.models import (
    AwardEntry,
    Certificate,
    Enterprise,
    KeyListEntry,
    ModelRecognition,
    NetworkMembership,
    Product,
    ProductivityCoefficients,
    ProductivityProject,
    ProductivityYear,
    StandardDeclaration,
    ToolAdoption,
)
from enterprises.models.enterprises import mask_tax_code
from enterprises.models.products import obligated_on
from enterprises.productivity import figures_by_enterprise, growths, shares_on
from programs import measures
from programs.measures import (
    Computation,
    Facts,
    Formula,
    Options,
    Parameter,
    Reading,
    Scope,
    dated,
)
from programs.models import Plan, TextIssue

NO_KEY_PRODUCTS = _("No product is on the key list on this day.")
NO_OBLIGATED_PRODUCTS = _("No product on the key list is under mandatory conformity on this day.")
NO_KEY_ENTERPRISES = _("No enterprise is on the key list on this day.")
NO_BASELINE = _("No model enterprise has figures of a baseline year and of a later year.")
NO_EARLIER_CERTIFICATES = _("No certificate was issued in the phase before.")

# TCCS and foreign standards do not count towards K02 and K18.
COUNTED_STANDARDS = (StandardKind.TCVN, StandardKind.QCVN, StandardKind.REGIONAL)
GROWTH_SCHEMES = (Scheme.ISO_9001, Scheme.ISO_14001)


def key_products_declared(scope: Scope) -> Computation:
    """K02, K18: key products with a valid declaration of TCVN, QCVN or a regional standard."""
    declared = StandardDeclaration.objects.valid_at(scope.day).filter(kind__in=COUNTED_STANDARDS)
    facts = (dated(StandardDeclaration, declared_on__lte=scope.day),)
    return _of_key_products(scope, _has(declared, "product"), facts)


def key_products_in_repository(scope: Scope) -> Computation:
    """K14: key products with a declaration of any kind made by the day."""
    declared = StandardDeclaration.objects.declared_by(scope.day)
    facts = (dated(StandardDeclaration, declared_on__lte=scope.day),)
    return _of_key_products(scope, _has(declared, "product"), facts)


def key_products_certified(scope: Scope) -> Computation:
    """K03, K19: key products under obligation that are certified themselves; C06 hợp quy only."""
    valid = Certificate.objects.valid_at(scope.day)
    obligated = obligated_on(scope.day)
    both, regulation = (
        _has(valid.filter(scheme__in=schemes), "product")
        for schemes in (PRODUCT_SCHEMES, (Scheme.REGULATION,))
    )
    return Computation(
        _key_products(scope),
        (
            Reading(obligated & both, obligated, "both_kinds"),
            Reading(obligated & regulation, obligated, "hop_quy_only"),
        ),
        Formula.SHARE,
        NO_OBLIGATED_PRODUCTS,
        enterprise="enterprise",
        facts=(*_key_facts(scope), dated(Certificate, issued_on__lte=scope.day)),
    )


def award_entrants(scope: Scope) -> Computation:
    """K04: enterprises with an award entry for the reporting year."""
    entries = AwardEntry.objects.standing().filter(year=scope.year)
    facts = (dated(AwardEntry, year=scope.year),)
    return _enterprises_with(_has(entries, "enterprise"), facts)


def key_enterprises_with_project(scope: Scope) -> Computation:
    """K05, K20: key enterprises with a project (or plan) begun by the day, finished or not."""
    facts = (dated(ProductivityProject, valid_from__lte=scope.day),)
    return _of_key_enterprises(scope, _with_project(scope), facts)


def key_enterprises_improving(scope: Scope) -> Computation:
    """K06, K21: key enterprises with a tool in use or a valid management-system certificate.

    C05: of all key enterprises, or of those with a project (K05, K20).
    """
    tools = ToolAdoption.objects.standing().valid_at(scope.day)
    systems = Certificate.objects.valid_at(scope.day).of_management_systems()
    improving = _has(tools, "enterprise") | _has(systems, "enterprise")
    with_project = _with_project(scope)
    return Computation(
        _key_enterprises(scope),
        (
            Reading(improving, Q(), "all_key_enterprises"),
            Reading(improving & with_project, with_project, "with_project"),
        ),
        Formula.SHARE,
        NO_KEY_ENTERPRISES,
        enterprise="",
        facts=(
            *_key_facts(scope),
            dated(ToolAdoption, valid_from__lte=scope.day),
            dated(Certificate, issued_on__lte=scope.day),
            dated(ProductivityProject, valid_from__lte=scope.day),
        ),
    )


def key_enterprises_networked(scope: Scope) -> Computation:
    """K11: key enterprises that are members of the network on the day."""
    members = NetworkMembership.objects.standing().valid_at(scope.day)
    facts = (dated(NetworkMembership, valid_from__lte=scope.day),)
    return _of_key_enterprises(scope, _has(members, "enterprise"), facts)


def models_recognised(scope: Scope) -> Computation:
    """K07, K24: enterprises recognised within the phase by the day."""
    return _enterprises_with(
        _recognised(scope), (dated(ModelRecognition, recognised_on__lte=scope.day),)
    )


def productivity_grown(scope: Scope) -> Computation:
    """K08: model enterprises whose three factors each grew by the percentage of the plan.

    From the baseline year to the last later year whose figures are in, none after the reporting
    year. Whoever lacks one of them is left out.
    """
    models = Enterprise.objects.filter(_recognised(scope))
    measured, grown = _factors_grown(scope, models)
    return Computation(
        models.filter(pk__in=measured),
        (Reading(Q(pk__in=grown), Q()),),
        Formula.SHARE,
        NO_BASELINE,
        enterprise="",
        facts=(
            dated(ModelRecognition, recognised_on__lte=scope.day),
            dated(ProductivityYear, year__lte=scope.year, enterprise__in=models),
            dated(ProductivityCoefficients, valid_from__lte=scope.day),
        ),
        left_out=models.exclude(pk__in=measured),
    )


def certificates_grown(scope: Scope) -> Computation:
    """K22, K23: certificates issued in this phase by the day against those of the phase before.

    Whatever their validity. C08: of the one scheme, or of both schemes together.
    """
    scheme = Q(scheme=scope.parameters["scheme"])
    later = Q(issued_on__range=(scope.window.first, scope.window.last))
    before = scope.previous_phase
    earlier = (
        Q(issued_on__range=(before.window.first, before.window.last)) if before else Q(pk=None)
    )
    return Computation(
        Certificate.objects.standing().filter(later | earlier, scheme__in=GROWTH_SCHEMES),
        (
            Reading(later & scheme, earlier & scheme, "each_scheme"),
            Reading(later, earlier, "both_schemes"),
        ),
        Formula.GROWTH,
        NO_EARLIER_CERTIFICATES,
        enterprise="enterprise",
        facts=(dated(Certificate, scheme__in=GROWTH_SCHEMES, issued_on__lte=scope.day),),
    )


def describe_enterprises(records: QuerySet[Any]) -> dict[int, dict[str, Any]]:
    """Name and tax code of enterprises; personal numbers masked."""
    found = records.values_list("pk", "name", "tax_code")
    return {key: {"name": name, "tax_code": mask_tax_code(code)} for key, name, code in found}


def describe_products(records: QuerySet[Any]) -> dict[int, dict[str, Any]]:
    """Name of products, and whose they are."""
    found = records.values_list("pk", "name", "enterprise__name", "enterprise__tax_code")
    return {
        key: {"name": name, "enterprise": of, "tax_code": mask_tax_code(code)}
        for key, name, of, code in found
    }


def describe_certificates(records: QuerySet[Any]) -> dict[int, dict[str, Any]]:
    """Scheme and number of certificates, and whose they are."""
    return {
        record.pk: {
            "name": str(record),
            "enterprise": record.enterprise.name,
            "tax_code": record.enterprise.shown_tax_code,
            "issued_on": record.issued_on.isoformat(),
        }
        for record in records.select_related("enterprise")
    }


def issue_options(plan: Plan) -> list[tuple[str, str]]:
    """Return the unclear passages of a plan that can be read in more than one way."""
    rows = TextIssue.objects.of_plan(plan).filter(readings__isnull=False).distinct()
    return [
        (code, f"{code} {statement}") for code, statement in rows.values_list("code", "statement")
    ]


def choices_of(choices: type[TextChoices], *only: TextChoices) -> Options:
    """Return the options of a closed list, all of it or some."""
    return lambda _plan: [(one.value, one.label) for one in only or choices]


ISSUE = Parameter("issue", _("unclear passage that decides how it is read"), issue_options)
KINDS = Parameter("kinds", _("what counts"), choices_of(ProjectKind), several=True)
RECOGNITION = Parameter("kind", _("recognised as"), choices_of(RecognitionKind))
SCHEME = Parameter("scheme", _("scheme"), choices_of(Scheme, *GROWTH_SCHEMES))
PERCENT = Parameter("percent", _("growth of each factor by at least (%)"))
Known = tuple[Callable[[Scope], Computation], Promise, tuple[Parameter, ...]]
COMPUTED: tuple[Known, ...] = (
    (key_products_declared, _("Key products with a valid declaration of a standard"), ()),
    (key_products_in_repository, _("Key products with a declaration of any kind"), ()),
    (key_products_certified, _("Key products under obligation that are certified"), (ISSUE,)),
    (award_entrants, _("Enterprises that entered the National Quality Award"), ()),
    (key_enterprises_with_project, _("Key enterprises with a project or plan"), (KINDS,)),
    (key_enterprises_improving, _("Key enterprises with a tool or a system"), (KINDS, ISSUE)),
    (key_enterprises_networked, _("Key enterprises in the network"), ()),
    (models_recognised, _("Enterprises recognised as models"), (RECOGNITION,)),
    (productivity_grown, _("Model enterprises whose three factors grew"), (PERCENT, RECOGNITION)),
    (certificates_grown, _("Growth of certificates from phase to phase"), (SCHEME, ISSUE)),
)


def register() -> None:
    """Make the measures of this room known, and how its records are called in evidence."""
    measures.describe("enterprises.enterprise", describe_enterprises)
    measures.describe("enterprises.product", describe_products)
    measures.describe("enterprises.certificate", describe_certificates)
    for compute, label, parameters in COMPUTED:
        measures.register(compute, label, parameters)


def _has(facts: QuerySet[Any], path: str) -> Q:
    """The condition that a record has one of these facts, which point to it by ``path``.

    The keys of the facts are gathered once; asking anew for every record costs several times that.
    """
    pointing = facts.filter(**{f"{path}__isnull": False})
    return Q(pk__in=pointing.order_by().values(path))


def _entries(scope: Scope) -> QuerySet[Any]:
    return KeyListEntry.objects.counting().valid_at(scope.day)


def _key_facts(scope: Scope) -> tuple[Facts, ...]:
    return (dated(KeyListEntry, valid_from__lte=scope.day),)


def _key_products(scope: Scope) -> QuerySet[Any]:
    return Product.objects.standing().filter(_has(_entries(scope), "product"))


def _key_enterprises(scope: Scope) -> QuerySet[Any]:
    return Enterprise.objects.filter(_has(_entries(scope), "enterprise"))


def _of_key_products(scope: Scope, counts: Q, facts: tuple[Facts, ...]) -> Computation:
    return Computation(
        _key_products(scope),
        (Reading(counts, Q()),),
        Formula.SHARE,
        NO_KEY_PRODUCTS,
        enterprise="enterprise",
        facts=(*_key_facts(scope), *facts),
    )


def _of_key_enterprises(scope: Scope, counts: Q, facts: tuple[Facts, ...]) -> Computation:
    return Computation(
        _key_enterprises(scope),
        (Reading(counts, Q()),),
        Formula.SHARE,
        NO_KEY_ENTERPRISES,
        enterprise="",
        facts=(*_key_facts(scope), *facts),
    )


def _enterprises_with(counts: Q, facts: tuple[Facts, ...]) -> Computation:
    records = Enterprise.objects.filter(counts)
    return Computation(records, (Reading(Q()),), Formula.COUNT, enterprise="", facts=facts)


def _with_project(scope: Scope) -> Q:
    begun = ProductivityProject.objects.begun_by(scope.day)
    return _has(begun.filter(kind__in=scope.parameters["kinds"]), "enterprise")


def _recognised(scope: Scope) -> Q:
    within = ModelRecognition.objects.standing().filter(
        kind=scope.parameters["kind"],
        recognised_on__range=(scope.window.first, scope.window.last),
    )
    return _has(within, "enterprise")


def _factors_grown(scope: Scope, models: QuerySet[Any]) -> tuple[list[int], list[int]]:
    """Return the models that have both years, and those of them whose every factor grew enough."""
    years = ProductivityYear.objects.standing().filter(enterprise__in=models, year__lte=scope.year)
    least = Fraction(str(scope.parameters["percent"])) / 100
    shares = shares_on(scope.day)
    measured, grown = [], []
    for enterprise_id, rows in figures_by_enterprise(years).items():
        base = next((row for row in rows if row.is_base), None)
        if base is None or rows[-1].year <= base.year:
            continue
        factors = growths(base, rows[-1], shares)
        if None in factors:
            # From nothing or a loss there is no growth.
            continue
        measured.append(enterprise_id)
        if all(factor >= least for factor in factors if factor is not None):
            grown.append(enterprise_id)
    return measured, grown
