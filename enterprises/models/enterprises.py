"""Enterprises, cooperatives and household businesses that take part, and their tax codes."""

import datetime as dt
import re
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role, Sector
from accounts.models import AdministrativeArea, Organisation, User
from accounts.models.facts import STANDING, Fact, FactQuerySet, voided_with_reason
from core.fields import NameField, PassageField
from core.searchable import Searchable, SearchableQuerySet
from core.text import search_words
from core.versions import Versioned
from enterprises.choices import ContactKind, EnterpriseKind, NominationState
from enterprises.models.scope import Scope, scope_of

# Who sees every enterprise; a unit officer sees those of their department or area.
WHOLE_REGISTER = (Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD, Role.LEADERSHIP)


class EnterpriseQuerySet(SearchableQuerySet["Enterprise"]):
    """Enterprises."""

    def visible_to(self, user: User) -> Self:
        """All for the Department and the leadership; a unit officer's own for a unit officer.

        Those are what they answer for and what their organisation has nominated.
        """
        if user.has_role(*WHOLE_REGISTER):
            return self
        scope = scope_of(user)
        if not scope.organisations:
            return self.none()
        nominated = Enterprise.objects.filter(
            nominations__organisation__in=scope.organisations,
            nominations__state__in=(NominationState.SUBMITTED, NominationState.RETURNED),
        ).order_by()
        return self.filter(pk__in=_answered_for(scope).union(nominated.values("pk")))

    def answered_for_by(self, user: User) -> Self:
        """Those that the person's organisation manages or that lie in its area, now or formerly."""
        return self.filter(pk__in=_answered_for(scope_of(user)))

    def matching(self, query: str) -> Self:
        """Those found by every word: in the name, a product, a tax code of now or then.

        A personal number is found by all of its twelve digits only.
        """
        found = self
        for word in search_words(query):
            if is_personal_number(word):
                found = found.with_tax_code(word)
            else:
                found = found.filter(Q(search_key__contains=word) | Q(found_by__contains=word))
        return found

    def with_tax_code(self, tax_code: str) -> Self:
        """The one that is or was known by this tax code."""
        codes = EnterpriseTaxCode.objects.filter(tax_code=tax_code).order_by()
        return self.filter(pk__in=codes.values("enterprise"))

    def unmerged(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def existing_at(self, day: dt.date) -> Self:
        """Those that had not ended by the day and were not merged into another."""
        not_ended = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        return self.unmerged().filter(not_ended)

    def ended_at(self, day: dt.date) -> Self:
        """Those that had ended by the day."""
        return self.unmerged().filter(ended_on__lte=day)


class Enterprise(Versioned, Searchable):
    """An enterprise, cooperative or household business, known by its tax code (mã số thuế).

    ``area`` is today's commune or ward, ``former_district`` the district until 30/6/2025;
    ``territory`` the province before the merger, so that both readings of the plan's territory can
    be reported. A merged one points to the enterprise that took over its records.

    ``found_by`` holds the folded names of its products and its tax codes, personal numbers
    excepted; the database keeps it in step by triggers.
    """

    searched_fields: ClassVar = ("name",)

    tax_code = models.CharField(_("tax code"), max_length=14)
    kind = models.CharField(_("kind"), max_length=20, choices=EnterpriseKind)
    name = NameField(_("name"), max_length=255)
    sector = models.CharField(_("size sector"), max_length=20, choices=Sector, blank=True)
    main_line = NameField(_("main line of business"), max_length=255, blank=True)
    area = models.ForeignKey(
        AdministrativeArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune or ward"),
    )
    former_district = models.ForeignKey(
        AdministrativeArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("former district"),
    )
    territory = models.ForeignKey(
        AdministrativeArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("province before the merger"),
    )
    address = NameField(_("address"), max_length=255, blank=True)
    representative = NameField(_("representative"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    managing_departments = models.ManyToManyField(
        Organisation,
        related_name="+",
        blank=True,
        verbose_name=_("managing departments"),
    )
    # Whoever is nominated without being known is "chưa xác minh" until the Department confirms.
    verified_at = models.DateTimeField(_("verified at"), null=True, editable=False)
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged"
    )
    merged_at = models.DateTimeField(_("merged at"), null=True, editable=False)
    merge_reason = PassageField(_("reason of the merger"), blank=True, editable=False)
    found_by = models.TextField(default="", editable=False)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("tax_code",),
                condition=Q(merged_into__isnull=True),
                name="enterprise_tax_code_unique",
                violation_error_message=_("An enterprise with this tax code is here already."),
            ),
            models.CheckConstraint(
                name="enterprise_dates_in_order",
                condition=Q(ended_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                violation_error_message=_(
                    "The end date is before the start date; correct one of them."
                ),
            ),
            models.CheckConstraint(
                name="enterprise_merged_into_another",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                violation_error_message=_("An enterprise cannot be merged into itself."),
            ),
        )
        indexes = (
            GinIndex(
                name="enterprise_search",
                fields=["search_key", "found_by"],
                opclasses=["gin_trgm_ops", "gin_trgm_ops"],
            ),
            # Serves the first page of the list, and counts it.
            models.Index(
                fields=("name", "id"),
                condition=Q(merged_into__isnull=True),
                name="enterprise_by_name",
            ),
            models.Index(
                fields=("id",),
                condition=Q(verified_at__isnull=True, merged_into__isnull=True),
                name="enterprise_unverified",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the enterprise; its tax code never stands in an address."""
        return reverse("enterprise_detail", args=[self.pk])

    @property
    def is_personal(self) -> bool:
        """Whether the tax code is a personal number (12 digits), which is never public."""
        return is_personal_number(self.tax_code)

    @property
    def shown_tax_code(self) -> str:
        """The tax code, masked when it is a personal number."""
        return mask_tax_code(self.tax_code)


def _answered_for(scope: Scope) -> "models.QuerySet[Any, Any]":
    """Return the keys of the enterprises that organisations manage or that lie in areas."""
    # A union lets each branch use its own index; an OR would read the whole table.
    through = Enterprise.managing_departments.through
    managed = through._default_manager.filter(organisation__in=scope.organisations)
    parts = AdministrativeArea.objects.filter(
        Q(pk__in=scope.areas) | Q(parent__in=scope.areas)
    ).order_by()
    here = Enterprise.objects.filter(area__in=parts.values("pk")).order_by()
    formerly = Enterprise.objects.filter(former_district__in=scope.areas).order_by()
    return managed.values("enterprise").union(here.values("pk"), formerly.values("pk"))


def is_personal_number(tax_code: str) -> bool:
    """Whether a tax code is a personal number: twelve digits."""
    return len(tax_code) == 12 and tax_code.isdecimal()


def personal_number_in(query: str) -> str:
    """Return the personal number that somebody searches for, however it is spaced; or nothing."""
    whole = re.sub(r"[\s.-]", "", query)
    return next((one for one in (whole, *query.split()) if is_personal_number(one)), "")


def mask_tax_code(tax_code: str) -> str:
    """Return a tax code as lists, logs and exports show it: of 12 digits only the last three."""
    return f"•••••••••{tax_code[-3:]}" if is_personal_number(tax_code) else tax_code


class EnterpriseTaxCode(models.Model):
    """A tax code under which an enterprise is or was known; any of them finds it.

    The database keeps the current one in step by a trigger, so one code names one enterprise.
    """

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="tax_codes")
    tax_code = models.CharField(_("tax code"), max_length=14)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("tax code")
        verbose_name_plural = _("tax codes")
        ordering = ("valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("tax_code",),
                name="tax_code_of_one_enterprise",
                violation_error_message=_("An enterprise with this tax code is here already."),
            ),
            models.CheckConstraint(
                name="tax_code_dates_in_order",
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_(
                    "The end date is before the start date; correct one of them."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.shown_tax_code

    @property
    def shown_tax_code(self) -> str:
        """The tax code, masked when it is a personal number."""
        return mask_tax_code(self.tax_code)


OfT = TypeVar("OfT", bound="OfEnterprise")


class OfEnterpriseQuerySet(FactQuerySet[OfT]):
    """Facts about enterprises."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class OfEnterprise(Fact):
    """Abstract: a recorded fact about one enterprise."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


class ContactQuerySet(FactQuerySet["Contact"]):
    """People who speak for enterprises."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))


class Contact(Versioned, OfEnterprise):
    """A person who speaks for an enterprise."""

    kind = models.CharField(_("kind"), max_length=20, choices=ContactKind)
    name = NameField(_("full name"), max_length=120)
    position = NameField(_("position"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("kind", "name")
        constraints = (voided_with_reason("contact_voided_with_reason"),)

    def __str__(self) -> str:
        return self.name


class FiguresQuerySet(FactQuerySet["EnterpriseFigures"]):
    """Figures of years."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))

    def up_to(self, day: dt.date) -> Self:
        """Those of the year of the day and of the years before it."""
        return self.standing().filter(year__lte=day.year)


class EnterpriseFigures(Versioned, OfEnterprise):
    """Labour, revenue and capital of a calendar year, from which the size class follows.

    Labour is the yearly average of those who pay social insurance; money is in VND.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="figures")
    year = models.PositiveSmallIntegerField(_("year"))
    labour = models.PositiveIntegerField(_("average labour"), null=True, blank=True)
    revenue = models.BigIntegerField(_("revenue (VND)"), null=True, blank=True)
    capital = models.BigIntegerField(_("capital (VND)"), null=True, blank=True)

    objects = FiguresQuerySet.as_manager()

    class Meta:
        verbose_name = _("figures of a year")
        verbose_name_plural = _("figures of years")
        ordering = ("enterprise", "-year")
        constraints = (
            models.UniqueConstraint(
                fields=("enterprise", "year"),
                condition=STANDING,
                name="figures_once_a_year",
                violation_error_message=_("Figures of this year are here already."),
            ),
            models.CheckConstraint(
                name="figures_not_negative",
                condition=(Q(revenue__isnull=True) | Q(revenue__gte=0))
                & (Q(capital__isnull=True) | Q(capital__gte=0)),
                violation_error_message=_("Revenue and capital are not negative."),
            ),
            voided_with_reason("figures_voided_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.enterprise}, {self.year}"
