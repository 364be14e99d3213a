"""Products, the dated key lists, standards and what products are declared to conform with."""

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.facts import STANDING, Fact, FactQuerySet, voided_with_reason
from core.dated import Dated, DatedQuerySet, dates_in_order, no_overlap
from core.fields import NameField, PassageField, search_index
from core.searchable import Searchable, SearchableQuerySet
from core.versions import Versioned
from enterprises.choices import StandardKind, StandardStatus
from enterprises.models.enterprises import Enterprise, OfEnterprise
from programs.models import Instrument


class ProductQuerySet(  # type: ignore[override] # each base makes a manager of its own kind
    SearchableQuerySet["Product"], FactQuerySet["Product"]
):
    """Products."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))

    def obligated_at(self, day: dt.date) -> Self:
        """Those whose conformity is mandatory on the day."""
        return self.filter(
            Q(obligated_from__isnull=True) | Q(obligated_from__lte=day),
            Q(obligated_to__isnull=True) | Q(obligated_to__gte=day),
            obligated=True,
        )


class Product(Versioned, Searchable, OfEnterprise):
    """A product or good of an enterprise; ``obligated`` when its conformity is mandatory.

    Without dates the obligation has always held; both dates are included.
    """

    searched_fields: ClassVar = ("name", "group")

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="products")
    name = NameField(_("name of the product"), max_length=255)
    group = NameField(_("group of products"), max_length=120, blank=True)
    obligated = models.BooleanField(_("conformity is mandatory"), default=False)
    obligated_from = models.DateField(_("mandatory from"), null=True, blank=True)
    obligated_to = models.DateField(_("mandatory to"), null=True, blank=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                "enterprise",
                Lower("name"),
                condition=STANDING,
                name="product_name_unique",
                violation_error_message=_("The enterprise has a product of this name already."),
            ),
            models.CheckConstraint(
                name="product_obligation_in_order",
                condition=Q(obligated_from__isnull=True)
                | Q(obligated_to__isnull=True)
                | Q(obligated_to__gte=F("obligated_from")),
                violation_error_message=_(
                    "The end date is before the start date; correct one of them."
                ),
            ),
            voided_with_reason("product_voided_with_reason"),
        )
        indexes = (search_index("product_search"),)

    def __str__(self) -> str:
        return self.name


class KeyListQuerySet(  # type: ignore[override] # each base makes a manager of its own kind
    DatedQuerySet["KeyListEntry"], FactQuerySet["KeyListEntry"]
):
    """Entries of the key lists."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        seen = Enterprise.objects.visible_to(user)
        return self.filter(Q(enterprise__in=seen) | Q(product__enterprise__in=seen))

    def counting(self) -> Self:
        """Those that count: not voided, and approved by a second person (imports are at once)."""
        return self.standing().filter(approved_at__isnull=False)


class KeyListEntry(Versioned, Dated, Fact):
    """A product or an enterprise on a key list (chủ lực, trọng điểm) from one day to another.

    The lists are issued by decision; every percentage uses the list as it stood at the cut-off.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="key_entries"
    )
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="key_entries"
    )
    decision_number = NameField(_("number of the decision"), max_length=60, blank=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = KeyListQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a key list")
        verbose_name_plural = _("entries of key lists")
        ordering = ("valid_from", "pk")
        constraints = (
            dates_in_order("key_entry_dates_in_order"),
            models.CheckConstraint(
                name="key_entry_one_subject",
                condition=Q(enterprise__isnull=True, product__isnull=False)
                | Q(enterprise__isnull=False, product__isnull=True),
                violation_error_message=_("An entry is about a product or about an enterprise."),
            ),
            no_overlap(
                "key_entry_product_no_overlap",
                "product",
                condition=STANDING & Q(product__isnull=False),
                message=_("The product is on the list at these dates already."),
            ),
            no_overlap(
                "key_entry_enterprise_no_overlap",
                "enterprise",
                condition=STANDING & Q(enterprise__isnull=False),
                message=_("The enterprise is on the list at these dates already."),
            ),
            voided_with_reason("key_entry_voided_with_reason"),
        )

    def __str__(self) -> str:
        return str(self.product or self.enterprise)


class Standard(Versioned, Searchable):
    """A standard or technical regulation: number, title, status and link, never its text."""

    searched_fields: ClassVar = ("number", "title", "aliases")

    number = NameField(_("number of the standard"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=StandardKind)
    title = PassageField(_("title"), blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=StandardStatus, default=StandardStatus.IN_FORCE
    )
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    aliases = ArrayField(
        NameField(max_length=120), verbose_name=_("other names"), default=list, blank=True
    )
    link = models.URLField(_("link"), max_length=500, blank=True)

    objects = SearchableQuerySet["Standard"].as_manager()

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                Lower("number"),
                name="standard_number_unique",
                violation_error_message=_("A standard with this number is here already."),
            ),
            models.CheckConstraint(
                name="standard_replaced_by_another",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("pk")),
                violation_error_message=_("A standard cannot replace itself."),
            ),
        )
        indexes = (search_index("standard_search"),)

    def __str__(self) -> str:
        return self.number


class DeclarationQuerySet(FactQuerySet["StandardDeclaration"]):
    """Declarations of conformity."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        return self.filter(product__enterprise__in=Enterprise.objects.visible_to(user))

    def declared_by(self, day: dt.date) -> Self:
        """Those made on or before the day, valid or not."""
        return self.standing().filter(declared_on__lte=day)

    def valid_at(self, day: dt.date) -> Self:
        """Those made on or before the day and not expired on it."""
        return self.declared_by(day).filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day))


class StandardDeclaration(Versioned, Fact):
    """An enterprise's own declaration (công bố) that a product conforms with a standard."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="declarations")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="declarations")
    kind = models.CharField(_("kind"), max_length=20, choices=StandardKind)
    declared_on = models.DateField(_("declared on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaration of a standard")
        verbose_name_plural = _("declarations of standards")
        ordering = ("-declared_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("product", "standard", "declared_on"),
                condition=STANDING,
                name="declaration_unique",
                violation_error_message=_("This declaration is here already."),
            ),
            models.CheckConstraint(
                name="declaration_dates_in_order",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("declared_on")),
                violation_error_message=_(
                    "The end date is before the start date; correct one of them."
                ),
            ),
            voided_with_reason("declaration_voided_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.product}, {self.standard}"
