"""Organisations, which come and go with dates."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import OrganisationKind, Sector
from accounts.continuity import refuse_own_part, refuse_uncontinued_dates
from accounts.models.areas import AdministrativeArea
from core.dated import Dated, DatedQuerySet, dates_in_order
from core.fields import NameField, search_index
from core.searchable import Searchable, SearchableQuerySet
from core.versions import Versioned


class OrganisationQuerySet(  # type: ignore[override] # each base makes a manager of its own kind
    SearchableQuerySet["Organisation"], DatedQuerySet["Organisation"]
):
    """Organisations asked for by words or as at a day."""

    def visible_to(self, user: Any) -> Self:
        """All of them for whoever has work here, none for others."""
        return self.all() if user.has_any_role else self.none()


class Organisation(Versioned, Searchable, Dated):
    """A department, branch, committee or other body; its code is stable and never reused."""

    searched_fields: ClassVar = ("code", "name", "short_name", "aliases")

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        error_messages={
            "unique": _("An organisation with this code is here already; choose another one.")
        },
    )
    name = NameField(_("name"), max_length=200)
    short_name = NameField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("superior organisation"),
    )
    # The area that a committee governs; departments govern sectors instead.
    area = models.ForeignKey(
        AdministrativeArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("area governed"),
    )
    sectors = ArrayField(
        models.CharField(max_length=20, choices=Sector),
        verbose_name=_("sectors managed"),
        default=list,
        blank=True,
    )
    # Other names under which the office's lists know it.
    aliases = ArrayField(
        NameField(max_length=200), verbose_name=_("other names"), default=list, blank=True
    )
    decision_number = NameField(_("number of the decision"), max_length=60, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)
        constraints = (dates_in_order("organisation_dates_in_order"),)
        indexes = (search_index("organisation_search"),)

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def sector_labels(self) -> list[str]:
        """The sectors managed, in words."""
        return [str(Sector(sector).label) for sector in self.sectors]

    def get_absolute_url(self) -> str:
        """Return the page of the organisation."""
        return reverse("organisation_detail", args=[self.pk])

    def clean(self) -> None:
        """Refuse dates that break a succession or leave people outside, and a circle of parents."""
        super().clean()
        refuse_own_part(self, "parent")
        refuse_uncontinued_dates(self)
        self._refuse_people_left_outside()

    def _refuse_people_left_outside(self) -> None:
        first: dt.date | None = self.valid_from
        if self.pk is None or first is None:
            return
        outside = Q(valid_from__lt=first)
        if self.valid_to:
            outside |= Q(valid_to__isnull=True) | Q(valid_to__gt=self.valid_to)
        people = self.memberships.filter(outside).count()
        if people:
            told = _(
                "%(people)d roles here would lie outside these dates; end them first, or record "
                "which organisation continues the work."
            )
            raise ValidationError(told % {"people": people})
