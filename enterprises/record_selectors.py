"""Reading the records of all enterprises as at a day, for lists, counts and panels."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.choices import Role
from accounts.models import User
from enterprises.choices import PRODUCT_SCHEMES
from enterprises.models import (
    Certificate,
    ImprovementTool,
    KeyListEntry,
    Product,
    Standard,
    StandardDeclaration,
    ToolAdoption,
)
from enterprises.models.enterprises import WHOLE_REGISTER
from enterprises.models.products import KeyListQuerySet

EXPIRY_DAYS = (30, 90)


def reads_register(user: User) -> bool:
    """Whether the person sees any part of the register."""
    return user.has_role(*WHOLE_REGISTER, Role.UNIT_OFFICER)


def products_at(user: User, day: dt.date) -> QuerySet[Product]:
    """Return the products that stand, with what is true of each on the day.

    ``bound``: conformity is mandatory; ``listed``: on the key list; ``declared``: to conform with
    some standard, validly; ``certified``: of conformity, validly.
    """
    of_product = OuterRef("pk")
    listed = KeyListEntry.objects.counting().valid_at(day).filter(product=of_product)
    declared = StandardDeclaration.objects.valid_at(day).filter(product=of_product)
    certified = Certificate.objects.valid_at(day).filter(
        product=of_product, scheme__in=PRODUCT_SCHEMES
    )
    begun = Q(obligated_from__isnull=True) | Q(obligated_from__lte=day)
    going_on = Q(obligated_to__isnull=True) | Q(obligated_to__gte=day)
    bound = Case(
        When(begun & going_on, obligated=True, then=Value(True)),  # noqa: FBT003 - Django's API
        default=Value(False),  # noqa: FBT003
        output_field=BooleanField(),
    )
    return (
        Product.objects.visible_to(user)
        .standing()
        .select_related("enterprise")
        .annotate(
            bound=bound,
            listed=Exists(listed),
            declared=Exists(declared),
            certified=Exists(certified),
        )
    )


def with_holder(entries: KeyListQuerySet) -> KeyListQuerySet:
    """Join whom each entry is about; the list is sorted by the ``holder``'s name if asked."""
    return entries.select_related("enterprise", "product__enterprise", "instrument").annotate(
        holder=Coalesce("enterprise__name", "product__enterprise__name")
    )


def key_list_at(user: User, day: dt.date) -> KeyListQuerySet:
    """Return the key lists as they stood on the day."""
    return with_holder(KeyListEntry.objects.visible_to(user).counting().valid_at(day))


@dataclass(frozen=True, slots=True)
class KeyListCounts:
    """How many products and enterprises are on the key lists on a day."""

    products: int
    enterprises: int


def key_list_counts(user: User, day: dt.date) -> KeyListCounts:
    """Count the key lists as they stood on the day."""
    listed = KeyListEntry.objects.visible_to(user).counting().valid_at(day)
    return KeyListCounts(
        **listed.aggregate(
            products=Count("product", distinct=True), enterprises=Count("enterprise", distinct=True)
        )
    )


def certificates_at(user: User, day: dt.date) -> QuerySet[Certificate]:
    """Return the certificates that stand, with their ``state`` on the day."""
    rows = Certificate.objects.visible_to(user).standing().with_state_at(day)
    return rows.select_related("enterprise", "product", "standard")


@dataclass(frozen=True, slots=True)
class CertificateCounts:
    """How many certificates are valid on a day, and how many end within so many days."""

    valid: int
    expiring: dict[int, int]


def certificate_counts(user: User, day: dt.date) -> CertificateCounts:
    """Count certificates as at the day."""
    valid = Certificate.objects.visible_to(user).valid_at(day).count()
    return CertificateCounts(
        valid, {days: expiring_within(user, day, days).count() for days in EXPIRY_DAYS}
    )


def expiring_within(user: User, day: dt.date, days: int) -> QuerySet[Certificate]:
    """Return the certificates issued by the day that end within so many days, unfollowed."""
    rows = Certificate.objects.visible_to(user).filter(issued_on__lte=day)
    return rows.expiring(day, day + dt.timedelta(days=days))


def standards_with_use(user: User, day: dt.date) -> QuerySet[Standard]:
    """Return the repository with how many declarations and certificates use each on the day."""
    declared = StandardDeclaration.objects.visible_to(user).valid_at(day)
    certified = Certificate.objects.visible_to(user).valid_at(day)
    return (
        Standard.objects.visible_to(user)
        .select_related("replaced_by")
        .annotate(
            declared=_count_of(declared, "standard"), certified=_count_of(certified, "standard")
        )
    )


def tools_with_use(user: User, day: dt.date) -> QuerySet[ImprovementTool]:
    """Return the catalogue with how many enterprises use each tool on the day."""
    used = ToolAdoption.objects.visible_to(user).standing().valid_at(day)
    return ImprovementTool.objects.visible_to(user).annotate(used=_count_of(used, "tool"))


def _count_of(rows: QuerySet, of: str) -> Coalesce:
    counted = (
        rows.filter(**{of: OuterRef("pk")})
        .order_by()
        .values(of)
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


# On the page of a standard; the lists hold the rest.
CERTIFICATES_SHOWN = 50


def declarations_at(user: User, day: dt.date) -> QuerySet[StandardDeclaration]:
    """Return the declarations that are valid on the day, with their products."""
    rows = StandardDeclaration.objects.visible_to(user).valid_at(day)
    return rows.select_related("product__enterprise", "standard")


def replacement_chain(standard: Standard) -> list[Standard]:
    """Return the standards that replaced each other, from the oldest to the newest.

    Where several were replaced by one, all of them stand before it.
    """
    numbers = dict(Standard.objects.values_list("pk", "replaced_by"))
    later, follower = [standard.pk], numbers.get(standard.pk)
    while follower and follower not in later:
        later.append(follower)
        follower = numbers.get(follower)
    earlier: list[int] = []
    newest = [standard.pk]
    while newest:
        newest = [key for key, next_key in numbers.items() if next_key in newest]
        newest = [key for key in newest if key not in earlier and key not in later]
        earlier = newest + earlier
    found = Standard.objects.in_bulk([*earlier, *later])
    return [found[key] for key in (*earlier, *later)]
