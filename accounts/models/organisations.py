"""Organisations, which come and go with dates."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.choices import OrganisationKind, Sector
from accounts.models.areas import AdministrativeArea
from core.dated import Dated, DatedQuerySet, dates_in_order
from core.fields import NameField
from core.versions import Versioned


class OrganisationQuerySet(DatedQuerySet["Organisation"]):
    """Organisations asked for as at a day."""


class Organisation(Versioned, Dated):
    """A department, branch, committee or other body; its code is stable and never reused."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = NameField(_("name"), max_length=200)
    short_name = NameField(_("short name"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="branches"
    )
    # The area that a committee governs; departments govern sectors instead.
    area = models.ForeignKey(
        AdministrativeArea, models.PROTECT, null=True, blank=True, related_name="organisations"
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

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name
