"""Tools, projects, productivity figures, recognitions, awards and the network."""

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
from core.fields import NameField, search_index
from core.numbers import format_number
from core.searchable import Searchable, SearchableQuerySet
from core.versions import Versioned
from enterprises.choices import ProjectKind, RecognitionKind
from enterprises.models.enterprises import Enterprise, OfEnterprise, OfEnterpriseQuerySet, OfT
from programs.models import Instrument


class ToolQuerySet(SearchableQuerySet["ImprovementTool"]):
    """Tools."""

    def visible_to(self, user: User) -> Self:
        """The catalogue is open to whoever has any work here."""
        return self if user.has_any_role else self.none()


class ImprovementTool(Versioned, Searchable):
    """A tool for productivity and quality (5S, Kaizen, TPM …); the catalogue is open."""

    searched_fields: ClassVar = ("name", "aliases")

    name = NameField(_("name of the tool"), max_length=120)
    aliases = ArrayField(
        NameField(max_length=120), verbose_name=_("other names"), default=list, blank=True
    )

    objects = ToolQuerySet.as_manager()

    class Meta:
        verbose_name = _("improvement tool")
        verbose_name_plural = _("improvement tools")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                Lower("name"),
                name="tool_name_unique",
                violation_error_message=_("A tool of this name is here already."),
            ),
        )
        indexes = (search_index("tool_search"),)

    def __str__(self) -> str:
        return self.name


class DatedOfEnterpriseQuerySet(  # type: ignore[override] # each base makes its own manager
    DatedQuerySet[OfT], OfEnterpriseQuerySet[OfT]
):
    """Facts about enterprises that hold from one day to another."""


class ToolAdoption(Versioned, Dated, OfEnterprise):
    """An enterprise uses a tool from one day to another."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="tool_adoptions")
    tool = models.ForeignKey(ImprovementTool, models.PROTECT, related_name="adoptions")

    objects = DatedOfEnterpriseQuerySet["ToolAdoption"].as_manager()

    class Meta:
        verbose_name = _("tool in use")
        verbose_name_plural = _("tools in use")
        ordering = ("-valid_from", "pk")
        constraints = (
            dates_in_order("tool_adoption_dates_in_order"),
            no_overlap(
                "tool_adoption_no_overlap",
                "enterprise",
                "tool",
                condition=STANDING,
                message=_("The enterprise uses this tool at these dates already."),
            ),
            voided_with_reason("tool_adoption_voided_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.tool}, {self.enterprise}"


class ProjectQuerySet(OfEnterpriseQuerySet["ProductivityProject"]):
    """Projects and plans."""

    def begun_by(self, day: dt.date) -> Self:
        """Those begun on or before the day, finished or not."""
        return self.standing().filter(valid_from__lte=day)


class ProductivityProject(Versioned, Dated, OfEnterprise):
    """A project or plan of an enterprise for its productivity and quality."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="projects")
    kind = models.CharField(_("kind"), max_length=20, choices=ProjectKind)
    name = NameField(_("name"), max_length=255, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("productivity project or plan")
        verbose_name_plural = _("productivity projects and plans")
        ordering = ("-valid_from", "pk")
        constraints = (
            dates_in_order("project_dates_in_order"),
            models.UniqueConstraint(
                fields=("enterprise", "kind", "valid_from"),
                condition=STANDING,
                name="project_unique",
                violation_error_message=_(
                    "A project or plan of this kind begins here on this day already."
                ),
            ),
            voided_with_reason("project_voided_with_reason"),
        )

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()}, {self.enterprise}"


# The amounts that add up to value added.
VALUE_ADDED = ("pretax_profit", "labour_cost", "depreciation", "interest", "production_taxes")


class ProductivityYear(Versioned, OfEnterprise):
    """The figures of a calendar year from which productivity is computed; money in VND."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="productivity_years")
    year = models.PositiveSmallIntegerField(_("year"))
    pretax_profit = models.BigIntegerField(_("pre-tax profit (VND)"))
    labour_cost = models.BigIntegerField(_("labour cost (VND)"))
    depreciation = models.BigIntegerField(_("depreciation (VND)"))
    interest = models.BigIntegerField(_("interest (VND)"))
    production_taxes = models.BigIntegerField(_("taxes on production (VND)"))
    fixed_assets = models.BigIntegerField(_("fixed assets (VND)"))
    labour = models.DecimalField(_("average labour"), max_digits=12, decimal_places=2)
    is_base = models.BooleanField(_("baseline year"), default=False)

    objects = OfEnterpriseQuerySet["ProductivityYear"].as_manager()

    class Meta:
        verbose_name = _("productivity figures of a year")
        verbose_name_plural = _("productivity figures of years")
        ordering = ("enterprise", "-year")
        constraints = (
            models.UniqueConstraint(
                fields=("enterprise", "year"),
                condition=STANDING,
                name="productivity_once_a_year",
                violation_error_message=_("Productivity figures of this year are here already."),
            ),
            models.UniqueConstraint(
                fields=("enterprise",),
                condition=STANDING & Q(is_base=True),
                name="productivity_one_base_year",
                violation_error_message=_("The enterprise has another baseline year already."),
            ),
            models.CheckConstraint(
                name="productivity_denominators",
                condition=Q(labour__gt=0) & Q(fixed_assets__gt=0),
                violation_error_message=_(
                    "Average labour and fixed assets are above zero: productivity divides by them."
                ),
            ),
            models.CheckConstraint(
                name="productivity_costs_not_negative",
                condition=Q(labour_cost__gte=0)
                & Q(depreciation__gte=0)
                & Q(interest__gte=0)
                & Q(production_taxes__gte=0),
                violation_error_message=_("Only the profit may be negative."),
            ),
            voided_with_reason("productivity_voided_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.enterprise}, {self.year}"

    @property
    def value_added(self) -> int:
        """Value added in VND: profit, labour cost, depreciation, interest and production taxes."""
        return sum(getattr(self, part) for part in VALUE_ADDED)


class CoefficientsQuerySet(FactQuerySet["ProductivityCoefficients"]):
    """Coefficients."""

    def visible_to(self, user: User) -> Self:
        """They explain figures that whoever has any work here may see."""
        return self if user.has_any_role else self.none()

    def counting(self) -> Self:
        """Those that count: approved by a second person, and not voided."""
        return self.standing().filter(approved_at__isnull=False)

    def in_force_on(self, day: dt.date) -> "ProductivityCoefficients | None":
        """The ones that hold on the day: those that began last."""
        return self.counting().filter(valid_from__lte=day).order_by("-valid_from").first()


class ProductivityCoefficients(Versioned, Fact):
    """The shares of capital and labour in the growth of TFP (bK + bL = 1), from a day on.

    Before the first day, and while nothing is approved, ``productivity.DEFAULT_SHARES`` hold.
    """

    valid_from = models.DateField(_("from"))
    capital_share = models.DecimalField(_("share of capital (bK)"), max_digits=5, decimal_places=4)
    labour_share = models.DecimalField(_("share of labour (bL)"), max_digits=5, decimal_places=4)
    basis = NameField(_("basis"), max_length=200)
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = CoefficientsQuerySet.as_manager()

    class Meta:
        verbose_name = _("coefficients of TFP")
        verbose_name_plural = _("coefficients of TFP")
        ordering = ("-valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("valid_from",),
                condition=STANDING & Q(approved_at__isnull=False),
                name="coefficients_once_a_day",
                violation_error_message=_("Coefficients from this day are here already."),
            ),
            models.CheckConstraint(
                name="coefficients_are_shares",
                condition=Q(capital_share__gte=0)
                & Q(labour_share__gte=0)
                & Q(labour_share=1 - F("capital_share")),
                violation_error_message=_("The two shares are not negative and add up to 1."),
            ),
            models.CheckConstraint(
                name="coefficients_second_person",
                condition=Q(approved_by__isnull=True)
                | Q(recorded_by__isnull=True)
                | ~Q(approved_by=F("recorded_by")),
                violation_error_message=_("Another person must approve this."),
            ),
            voided_with_reason("coefficients_voided_with_reason"),
        )

    def __str__(self) -> str:
        shares = format_number(self.capital_share), format_number(self.labour_share)
        return "bK = {}, bL = {}".format(*shares)


class ModelRecognition(Versioned, OfEnterprise):
    """The recognition of an enterprise as a model, by decision."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="recognitions")
    kind = models.CharField(_("kind"), max_length=20, choices=RecognitionKind)
    recognised_on = models.DateField(_("recognised on"))
    decision_number = NameField(_("number of the decision"), max_length=60, blank=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfEnterpriseQuerySet["ModelRecognition"].as_manager()

    class Meta:
        verbose_name = _("recognition as a model")
        verbose_name_plural = _("recognitions as a model")
        ordering = ("-recognised_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("enterprise", "kind", "recognised_on"),
                condition=STANDING,
                name="recognition_unique",
                violation_error_message=_("This recognition is here already."),
            ),
            voided_with_reason("recognition_voided_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.enterprise}"


class AwardEntry(Versioned, OfEnterprise):
    """An enterprise's entry for the National Quality Award; ``year`` is a reporting year."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="award_entries")
    year = models.PositiveSmallIntegerField(_("reporting year"))
    result = NameField(_("result"), max_length=200, blank=True)

    objects = OfEnterpriseQuerySet["AwardEntry"].as_manager()

    class Meta:
        verbose_name = _("award entry")
        verbose_name_plural = _("award entries")
        ordering = ("-year", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("enterprise", "year"),
                condition=STANDING,
                name="award_entry_once_a_year",
                violation_error_message=_("The enterprise entered in this year already."),
            ),
            voided_with_reason("award_entry_voided_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.enterprise}, {self.year}"


class NetworkMembership(Versioned, Dated, OfEnterprise):
    """An enterprise belongs to the productivity network from one day to another."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="network_memberships")

    objects = DatedOfEnterpriseQuerySet["NetworkMembership"].as_manager()

    class Meta:
        verbose_name = _("membership of the network")
        verbose_name_plural = _("memberships of the network")
        ordering = ("-valid_from", "pk")
        constraints = (
            dates_in_order("network_dates_in_order"),
            no_overlap(
                "network_no_overlap",
                "enterprise",
                condition=STANDING,
                message=_("The enterprise is a member of the network at these dates already."),
            ),
            voided_with_reason("network_voided_with_reason"),
        )

    def __str__(self) -> str:
        return str(self.enterprise)
