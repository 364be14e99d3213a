"""Products, the dated key lists, standards and what products are declared to conform with."""

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.facts import STANDING, Fact, FactQuerySet, voided_with_reason
from core.dated import Dated, DatedQuerySet, dates_in_order, no_overlap
from core.fields import NameField, PassageField, search_index
from core.searchable import Searchable, SearchableQuerySet
from core.versions import Versioned
from enterprises.choices import ApprovalState, StandardKind, StandardStatus
from enterprises.models.enterprises import WHOLE_REGISTER, Enterprise, OfEnterprise
from programs.models import Instrument


def obligated_on(day: dt.date) -> Q:
    """The condition that the conformity of a product is mandatory on the day."""
    begun = Q(obligated_from__isnull=True) | Q(obligated_from__lte=day)
    not_over = Q(obligated_to__isnull=True) | Q(obligated_to__gte=day)
    return Q(obligated=True) & begun & not_over


class ProductQuerySet(  # type: ignore[override] # each base makes a manager of its own kind
    SearchableQuerySet["Product"], FactQuerySet["Product"]
):
    """Products."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        if user.has_role(*WHOLE_REGISTER):
            return self
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


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
        indexes = (
            search_index("product_search"),
            models.Index(fields=("name", "id"), condition=STANDING, name="product_by_name"),
        )

    def __str__(self) -> str:
        return self.name


class KeyListQuerySet(  # type: ignore[override] # each base makes a manager of its own kind
    DatedQuerySet["KeyListEntry"], FactQuerySet["KeyListEntry"]
):
    """Entries of the key lists."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        if user.has_role(*WHOLE_REGISTER):
            return self
        seen = Enterprise.objects.visible_to(user)
        return self.filter(Q(enterprise__in=seen) | Q(product__enterprise__in=seen))

    def counting(self) -> Self:
        """Those that count: not voided, and approved by a second person (imports are at once)."""
        return self.standing().filter(approved_at__isnull=False)

    def waiting(self) -> Self:
        """Those that a second person has to look at: new ones, and proposed changes."""
        asked = Q(approved_at__isnull=True) | Q(proposal__isnull=False)
        return self.standing().filter(asked, returned_at__isnull=True)

    def returned_to(self, user: User) -> Self:
        """Those that came back to the person who prepared them."""
        return self.standing().filter(returned_at__isnull=False, prepared_by=user)


class KeyListEntry(Versioned, Dated, Fact):
    """A product or an enterprise on a key list (chủ lực, trọng điểm) from one day to another.

    The lists are issued by decision; every percentage uses the list as it stood at the cut-off.
    What is entered by form counts when a second person approves it. A change of an entry that
    counts is a ``proposal`` (act, values, reason): until it is approved the entry stays as it is.
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
    proposal = models.JSONField(_("proposed change"), null=True, editable=False)
    prepared_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("prepared by"),
    )
    prepared_at = models.DateTimeField(_("prepared at"), null=True, editable=False)
    returned_at = models.DateTimeField(_("returned at"), null=True, editable=False)
    returned_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    returned_reason = PassageField(_("reason of the return"), blank=True, editable=False)

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
            models.CheckConstraint(
                name="key_entry_second_person",
                condition=Q(approved_by__isnull=True)
                | Q(prepared_by__isnull=True)
                | Q(proposal__isnull=False)
                | ~Q(approved_by=F("prepared_by")),
                violation_error_message=_("Another person must approve this."),
            ),
            models.CheckConstraint(
                name="key_entry_change_of_what_counts",
                condition=Q(proposal__isnull=True) | Q(approved_at__isnull=False),
                violation_error_message=_("Only an entry that counts has a proposed change."),
            ),
            models.CheckConstraint(
                name="key_entry_returned_with_reason",
                condition=Q(returned_at__isnull=True) | ~Q(returned_reason=""),
                violation_error_message=_("Say why it is returned."),
            ),
        )
        indexes = (
            models.Index(
                fields=("prepared_at",),
                condition=STANDING & (Q(approved_at__isnull=True) | Q(proposal__isnull=False)),
                name="key_entry_waiting",
            ),
            models.Index(
                fields=("-valid_from", "id"),
                condition=STANDING & Q(approved_at__isnull=False),
                name="key_entry_by_start",
            ),
        )

    def __str__(self) -> str:
        return str(self.product or self.enterprise)

    @property
    def subject_enterprise(self) -> Enterprise:
        """The enterprise, or that of the product."""
        owner = self.product.enterprise if self.product else self.enterprise
        assert owner is not None  # noqa: S101 - the database holds one of the two
        return owner

    @property
    def approval(self) -> ApprovalState:
        """Where it stands between the person who prepares and the one who approves."""
        returned = self.returned_at is not None
        if self.is_voided:
            return ApprovalState.VOIDED
        if self.approved_at is None:
            return ApprovalState.NEW_RETURNED if returned else ApprovalState.NEW
        if self.proposal is None:
            return ApprovalState.APPROVED
        return ApprovalState.CHANGE_RETURNED if returned else ApprovalState.CHANGE


class StandardQuerySet(SearchableQuerySet["Standard"]):
    """Standards."""

    def visible_to(self, user: User) -> Self:
        """The repository is open to whoever has any work here."""
        return self if user.has_any_role else self.none()


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

    objects = StandardQuerySet.as_manager()

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

    def get_absolute_url(self) -> str:
        """The page of the standard."""
        return reverse("standard_detail", args=[self.pk])


class DeclarationQuerySet(FactQuerySet["StandardDeclaration"]):
    """Declarations of conformity."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        if user.has_role(*WHOLE_REGISTER):
            return self
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
