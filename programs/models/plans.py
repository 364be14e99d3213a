"""The plan, the documents that give it force, and its phases."""

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.calendar import Window, reporting_year, years_window
from core.fields import NameField, PassageField
from programs.choices import InstrumentKind


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans."""

    def visible_to(self, user: User) -> Self:
        """A plan is a public document: whoever has any work here sees all of it."""
        return self if user.has_any_role else self.none()

    def current(self) -> "Plan | None":
        """The plan on which work goes on, if one is loaded."""
        return self.filter(is_current=True).first()


class Plan(models.Model):
    """A plan (kế hoạch) as issued; its words are kept as they are."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    number = NameField(_("number"), max_length=60)
    document_type = NameField(_("type of document"), max_length=60)
    title = PassageField(_("title"))
    issuer = NameField(_("issuer"), max_length=200)
    agency_lines = ArrayField(models.TextField(), verbose_name=_("heading of the issuer"))
    place_date = NameField(_("place and date"), max_length=120)
    issued_on = models.DateField(_("issued on"))
    territory = NameField(_("territory"), max_length=200)
    introduction = PassageField(_("introduction"))
    signature = ArrayField(models.TextField(), verbose_name=_("signature"))
    recipients = ArrayField(models.TextField(), verbose_name=_("recipients"))
    funding_paragraphs = ArrayField(models.TextField(), verbose_name=_("funding"))
    appendix_title = PassageField(_("title of the appendix"))
    appendix_attached_to = PassageField(_("the appendix is attached to"))
    appendix_unit = NameField(_("unit of the appendix"), max_length=60)
    appendix_columns = models.JSONField(_("columns of the appendix"))
    appendix_total_label = NameField(_("label of the total"), max_length=60)
    amount_in_words = PassageField(_("amount in words"))
    is_current = models.BooleanField(_("current"), default=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ("-is_current", "-issued_on", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("is_current",),
                condition=Q(is_current=True),
                name="plan_one_current",
                violation_error_message=_("Another plan is the current one."),
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of the plan."""
        return reverse("plan_detail", args=[self.code])


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    """Documents that give force."""

    def visible_to(self, user: User) -> Self:
        """Official documents are seen by whoever has any work here."""
        return self if user.has_any_role else self.none()


class Instrument(models.Model):
    """A decision or plan document by its number and date (số, ngày ban hành)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="instruments")
    kind = models.CharField(_("kind"), max_length=20, choices=InstrumentKind)
    number = NameField(_("number"), max_length=60)
    issued_on = models.DateField(_("issued on"))
    issuer = NameField(_("issuer"), max_length=200)
    title = PassageField(_("title"), blank=True)
    is_legal_basis = models.BooleanField(_("legal basis of the plan"), default=False)

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ("issued_on", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "number", "issued_on"),
                name="instrument_unique",
                violation_error_message=_("A document with this number and date is here already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}, {self.issued_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """The place of the document on the page of the plan."""
        return f"{self.plan.get_absolute_url()}#instrument-{self.pk}"


class YearRange(Func):
    """The years of a phase, both included."""

    function = "int4range"
    output_field = IntegerRangeField()

    def __init__(self) -> None:
        super().__init__(F("first_year"), F("last_year"), Value("[]"))


class PhaseQuerySet(models.QuerySet["Phase"]):
    """Phases."""

    def visible_to(self, user: User) -> Self:
        """A plan is a public document: whoever has any work here sees all of it."""
        return self if user.has_any_role else self.none()


class Phase(models.Model):
    """A phase (giai đoạn) of a plan: calendar years, both included."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="phases")
    code = models.SlugField(_("code"), max_length=20)
    name = NameField(_("name"), max_length=120)
    labels = ArrayField(models.TextField(), verbose_name=_("names in the text"))
    number = NameField(_("number in the appendix"), max_length=20)
    heading = PassageField(_("heading in the appendix"))
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    position = models.PositiveSmallIntegerField()

    objects = PhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ("plan", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "code"),
                name="phase_code_unique",
                violation_error_message=_("This code is in the plan already."),
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="phase_years_in_order",
                violation_error_message=_("The last year is before the first year."),
            ),
            ExclusionConstraint(
                name="phase_no_overlap",
                expressions=[
                    ("plan", RangeOperators.EQUAL),
                    (YearRange(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Two phases of a plan share a year."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> str:
        """The years as people write them, ``2026–2030``."""
        return f"{self.first_year}–{self.last_year}"

    @property
    def window(self) -> Window:
        """The reporting days of the phase: 15/12 before its first year to 14/12 of its last."""
        return years_window(self.first_year, self.last_year)

    def runs_on(self, day: dt.date) -> bool:
        """Whether the reporting year of the day lies in the phase."""
        return self.first_year <= reporting_year(day) <= self.last_year
