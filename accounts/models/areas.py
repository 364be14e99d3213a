"""The administrative areas of the province, which are merged and renamed with dates."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import AreaLevel
from accounts.continuity import refuse_own_part, refuse_uncontinued_dates
from core.dated import Dated, DatedQuerySet, dates_in_order, no_overlap
from core.fields import NameField, search_index
from core.searchable import Searchable, SearchableQuerySet
from core.versions import Versioned


class AreaQuerySet(  # type: ignore[override] # each base makes a manager of its own kind
    SearchableQuerySet["AdministrativeArea"], DatedQuerySet["AdministrativeArea"]
):
    """Areas asked for by words or as at a day."""

    def visible_to(self, user: Any) -> Self:
        """All of them for whoever has work here, none for others."""
        return self.all() if user.has_any_role else self.none()

    def of_level(self, level: AreaLevel) -> Self:
        """Those of one level."""
        return self.filter(level=level)


class AdministrativeArea(Versioned, Searchable, Dated):
    """A province, a district (until 30/6/2025) or a commune or ward; never deleted, only ended.

    Areas and their names are public: whoever has work here sees all of them.
    """

    searched_fields: ClassVar = ("code", "name")

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("An area with this code is here already; choose another one.")},
    )
    name = NameField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=20, choices=AreaLevel)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    decision_number = NameField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("administrative area")
        verbose_name_plural = _("administrative areas")
        ordering = ("name",)
        constraints = (
            dates_in_order("area_dates_in_order"),
            no_overlap(
                "area_one_name_at_a_time",
                "name",
                "level",
                "parent",
                message=_("An area of this name exists here at these dates already."),
            ),
        )
        indexes = (search_index("area_search"),)

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> str:
        """The days of the area in short: areas of one name differ by them."""
        first = f"{self.valid_from:%d/%m/%Y}"
        return f"{first}–{self.valid_to:%d/%m/%Y}" if self.valid_to else str(_("since %s")) % first

    def get_absolute_url(self) -> str:
        """Return the page of the area."""
        return reverse("area_detail", args=[self.pk])

    def clean(self) -> None:
        """Refuse dates that break a succession, and an area that is part of itself."""
        super().clean()
        refuse_own_part(self, "parent")
        refuse_uncontinued_dates(self)


class AreaSuccession(models.Model):
    """One area became part of another, or another, on a day: the first day of the successor."""

    predecessor = models.ForeignKey(
        AdministrativeArea, models.PROTECT, related_name="successions", verbose_name=_("old area")
    )
    successor = models.ForeignKey(
        AdministrativeArea,
        models.PROTECT,
        related_name="predecessions",
        verbose_name=_("new area"),
    )
    on = models.DateField(_("from the day"))
    decision_number = NameField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)

    class Meta:
        verbose_name = _("succession of areas")
        verbose_name_plural = _("successions of areas")
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"),
                name="area_succession_once",
                violation_error_message=_("This succession is recorded already."),
            ),
            models.CheckConstraint(
                name="area_succession_two_areas",
                condition=~Q(predecessor=F("successor")),
                violation_error_message=_("An area cannot succeed itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
