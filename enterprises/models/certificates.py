"""Certificates that live: surveillance, suspension, withdrawal, expiry."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.facts import STANDING, Fact, FactQuerySet, voided_with_reason
from core.dated import Dated, DatedQuerySet, dates_in_order, no_overlap
from core.fields import NameField, PassageField
from core.versions import Versioned
from enterprises.choices import (
    MANAGEMENT_SYSTEMS,
    PRODUCT_SCHEMES,
    CertificateState,
    Scheme,
    SurveillanceResult,
)
from enterprises.models.enterprises import WHOLE_REGISTER, Enterprise, OfEnterprise
from enterprises.models.products import Product, Standard


class CertificateQuerySet(FactQuerySet["Certificate"]):
    """Certificates."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        if user.has_role(*WHOLE_REGISTER):
            return self
        return self.filter(enterprise__in=Enterprise.objects.visible_to(user))

    def issued_by(self, day: dt.date) -> Self:
        """Those issued on or before the day, valid or not."""
        return self.standing().filter(issued_on__lte=day)

    def valid_at(self, day: dt.date) -> Self:
        """Those issued by the day, and not expired, withdrawn or suspended on it.

        The day of expiry is still valid, the day of withdrawal no longer.
        """
        suspended = CertificateSuspension.objects.standing().valid_at(day)
        return self.issued_by(day).filter(
            Q(expires_on__isnull=True) | Q(expires_on__gte=day),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day),
            ~Exists(suspended.filter(certificate=OuterRef("pk"))),
        )

    def with_state_at(self, day: dt.date) -> Self:
        """Add to each its ``state`` on the day; VALID is exactly what ``valid_at`` finds."""
        suspended = CertificateSuspension.objects.standing().valid_at(day)
        return self.annotate(
            state=Case(
                When(issued_on__gt=day, then=Value(CertificateState.UPCOMING)),
                When(withdrawn_on__lte=day, then=Value(CertificateState.WITHDRAWN)),
                When(expires_on__lt=day, then=Value(CertificateState.EXPIRED)),
                When(
                    Exists(suspended.filter(certificate=OuterRef("pk"))),
                    then=Value(CertificateState.SUSPENDED),
                ),
                default=Value(CertificateState.VALID),
                output_field=models.CharField(),
            )
        )

    def expiring(self, first: dt.date, last: dt.date) -> Self:
        """Those whose last valid day lies between the days, and that nothing has followed.

        Withdrawn ones are left out, and so are those followed by a later certificate of the same
        scheme, for the same product if it has one.
        """
        followers = (
            Certificate.objects.standing()
            .alias(of=Coalesce("product", 0))
            .filter(
                Q(expires_on__gt=OuterRef("expires_on")) | Q(expires_on__isnull=True),
                of=Coalesce(OuterRef("product"), 0),
                enterprise=OuterRef("enterprise"),
                scheme=OuterRef("scheme"),
                scheme_name=OuterRef("scheme_name"),
                withdrawn_on__isnull=True,
            )
        )
        return self.standing().filter(
            ~Exists(followers), expires_on__range=(first, last), withdrawn_on__isnull=True
        )

    def of_management_systems(self) -> Self:
        """Those of a certified management system (ISO/IEC 17025 is not one)."""
        return self.filter(scheme__in=MANAGEMENT_SYSTEMS)


class Certificate(Versioned, OfEnterprise):
    """A certificate of a management system, a product or a laboratory.

    Its validity at a day is never computed from a constant: ``expires_on`` is what it says.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="certificates")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    scheme_name = NameField(_("name of the scheme"), max_length=120, blank=True)
    standard = models.ForeignKey(
        Standard, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    number = NameField(_("number of the certificate"), max_length=120)
    scope = PassageField(_("scope"), blank=True)
    issuer = NameField(_("issuer"), max_length=200, blank=True)
    method = models.PositiveSmallIntegerField(_("method"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = PassageField(_("reason of the withdrawal"), blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("-issued_on", "pk")
        constraints = (
            models.UniqueConstraint(
                "enterprise",
                "product",
                "scheme",
                models.functions.Lower("number"),
                condition=STANDING,
                nulls_distinct=False,
                name="certificate_unique",
                violation_error_message=_("A certificate with this number is here already."),
            ),
            models.CheckConstraint(
                name="certificate_expiry_in_order",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                violation_error_message=_("The certificate expires before it is issued."),
            ),
            models.CheckConstraint(
                name="certificate_withdrawal_in_order",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("issued_on")),
                violation_error_message=_("The certificate is withdrawn before it is issued."),
            ),
            models.CheckConstraint(
                name="certificate_of_product_or_system",
                condition=(Q(scheme__in=PRODUCT_SCHEMES) & Q(product__isnull=False))
                | (Q(scheme__in=MANAGEMENT_SYSTEMS) & Q(product__isnull=True))
                | ~Q(scheme__in=(*PRODUCT_SCHEMES, *MANAGEMENT_SYSTEMS)),
                violation_error_message=_(
                    "A conformity certificate names its product; that of a management system "
                    "names none."
                ),
            ),
            models.CheckConstraint(
                name="certificate_method",
                condition=Q(method__isnull=True) | Q(method__gte=1, method__lte=8),
                violation_error_message=_("The method of product certification is 1 to 8."),
            ),
            voided_with_reason("certificate_voided_with_reason"),
        )
        indexes = (
            models.Index(fields=("expires_on",), name="certificate_by_expiry"),
            models.Index(
                fields=("-issued_on", "id"), condition=STANDING, name="certificate_by_issue"
            ),
            models.Index(fields=("scheme", "issued_on"), name="certificate_by_scheme"),
        )

    def __str__(self) -> str:
        return f"{self.scheme_label} {self.number}"

    @property
    def scheme_label(self) -> str:
        """The scheme in words; another scheme by its own name."""
        return self.scheme_name or str(self.get_scheme_display())


class SuspensionQuerySet(  # type: ignore[override] # each base makes a manager of its own kind
    DatedQuerySet["CertificateSuspension"], FactQuerySet["CertificateSuspension"]
):
    """Suspensions of certificates."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        return self.filter(certificate__enterprise__in=Enterprise.objects.visible_to(user))


class CertificateSuspension(Versioned, Dated, Fact):
    """The days on which a certificate was suspended, both included."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="suspensions")
    reason = PassageField(_("reason"))

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspension of a certificate")
        verbose_name_plural = _("suspensions of certificates")
        ordering = ("valid_from", "pk")
        constraints = (
            dates_in_order("suspension_dates_in_order"),
            no_overlap(
                "suspension_no_overlap",
                "certificate",
                condition=STANDING,
                message=_("The certificate is suspended at these dates already."),
            ),
            voided_with_reason("suspension_voided_with_reason"),
        )

    def __str__(self) -> str:
        return str(self.certificate)


class SurveillanceQuerySet(FactQuerySet["Surveillance"]):
    """Surveillance audits."""

    def visible_to(self, user: User) -> Self:
        """Those of the enterprises that the person sees."""
        return self.filter(certificate__enterprise__in=Enterprise.objects.visible_to(user))


class Surveillance(Versioned, Fact):
    """A surveillance audit of a certificate: when it was due, when it was done, what it found."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="surveillances")
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=20, choices=SurveillanceResult, blank=True)
    note = PassageField(_("note"), blank=True)

    objects = SurveillanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("surveillance audit")
        verbose_name_plural = _("surveillance audits")
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("certificate", "due_on"),
                condition=STANDING,
                name="surveillance_once_a_day",
                violation_error_message=_("A surveillance audit of this day is here already."),
            ),
            models.CheckConstraint(
                name="surveillance_done_with_result",
                condition=Q(done_on__isnull=True, result="")
                | (Q(done_on__isnull=False) & ~Q(result="")),
                violation_error_message=_("A surveillance audit that was done has a result."),
            ),
            voided_with_reason("surveillance_voided_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.certificate}, {self.due_on:%d/%m/%Y}"
