"""The filters of the list of enterprises."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import CharField, Q, QuerySet, Value
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.choices import AreaLevel
from accounts.models import AdministrativeArea, Organisation
from core.lists import ListFilter
from enterprises.choices import (
    MANAGING_KINDS,
    CertificateState,
    EnterpriseKind,
    EnterpriseState,
    Scheme,
    SizeClass,
)
from enterprises.models import (
    Certificate,
    CertificateSuspension,
    Enterprise,
    KeyListEntry,
    NetworkMembership,
)
from enterprises.models.certificates import CertificateQuerySet
from enterprises.selectors import in_state
from enterprises.size import Thresholds, enterprises_of_size, enterprises_with_size

DEPARTMENT = "department"
NO_SIZE = "none"
KEY_ENTERPRISE, KEY_PRODUCT = "enterprise", "product"
MEMBER, NO_MEMBER = "member", "other"


def in_certificate_state(
    certificates: CertificateQuerySet, state: str, day: dt.date
) -> CertificateQuerySet:
    """Narrow certificates to those that stand so at a day, as ``with_state_at`` says.

    The state is not computed for every certificate: each has conditions that an index serves.
    """
    issued = certificates.filter(issued_on__lte=day)
    kept = issued.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day))
    match state:
        case CertificateState.VALID:
            return certificates.valid_at(day)
        case CertificateState.UPCOMING:
            return certificates.filter(issued_on__gt=day)
        case CertificateState.WITHDRAWN:
            return issued.filter(withdrawn_on__lte=day)
        case CertificateState.EXPIRED:
            return kept.filter(expires_on__lt=day)
        case CertificateState.SUSPENDED:
            suspended = CertificateSuspension.objects.standing().valid_at(day)
            lasting = kept.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day))
            return lasting.filter(pk__in=suspended.values("certificate"))
    return certificates


class EnterpriseFilter(ListFilter):
    """Enterprises as they stood at a day."""

    ngay = django_filters.DateFilter(
        label=_("As at"),
        method="left_alone",
        widget=forms.DateInput(attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"}),
    )
    state = django_filters.ChoiceFilter(
        choices=EnterpriseState,
        label=_("State"),
        empty_label=_("Any, merged ones aside"),
        method="left_alone",
    )
    kind = django_filters.ChoiceFilter(
        choices=EnterpriseKind, label=_("Kind of enterprise"), empty_label=_("Any kind")
    )
    size = django_filters.ChoiceFilter(
        choices=[*SizeClass.choices, (NO_SIZE, _("No data"))],
        label=_("Size class"),
        empty_label=_("Any size"),
        method="of_size",
    )
    area = django_filters.ChoiceFilter(
        field_name="area__code", label=_("Commune, ward"), empty_label=_("Any commune")
    )
    district = django_filters.ChoiceFilter(
        field_name="former_district__code",
        label=_("Former district"),
        empty_label=_("Any district"),
    )
    department = django_filters.ChoiceFilter(
        label=_("Managing department"), empty_label=_("Any department"), method="managed_by"
    )
    key = django_filters.ChoiceFilter(
        choices=[(KEY_ENTERPRISE, _("Key enterprises")), (KEY_PRODUCT, _("With a key product"))],
        label=_("Key list"),
        empty_label=_("On a list or not"),
        method="on_key_list",
    )
    network = django_filters.ChoiceFilter(
        choices=[(MEMBER, _("Members")), (NO_MEMBER, _("Not members"))],
        label=_("Productivity network"),
        empty_label=_("Member or not"),
        method="in_network",
    )
    scheme = django_filters.ChoiceFilter(
        choices=Scheme, label=_("Certificate"), empty_label=_("Any or none"), method="left_alone"
    )
    certificate = django_filters.ChoiceFilter(
        choices=CertificateState,
        label=_("State of the certificate"),
        empty_label=_("Any state"),
        method="left_alone",
    )

    class Meta:
        model = Enterprise
        fields = (
            "q", "ngay", "state", "kind", "size", "area", "district", "department", "key",
            "network", "scheme", "certificate",
        )  # fmt: skip

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        day: dt.date,
        thresholds: Thresholds,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.day, self.thresholds = day, thresholds
        self._offer("area", AreaLevel.COMMUNE)
        self._offer("district", AreaLevel.DISTRICT)
        self._offer("department", DEPARTMENT)

    def _offer(self, name: str, kind: str) -> None:
        self.filters[name].extra["choices"] = [
            (code, told) for of, code, told in self._places if of == kind
        ]

    @cached_property
    def _places(self) -> list[tuple[str, str, str]]:
        """Communes of today, former districts and departments by kind, in one statement."""
        areas = AdministrativeArea.objects.filter(
            Q(level=AreaLevel.COMMUNE, valid_to__isnull=True) | Q(level=AreaLevel.DISTRICT)
        ).order_by()
        departments = Organisation.objects.filter(kind__in=MANAGING_KINDS).order_by()
        of_department = Value(DEPARTMENT, output_field=CharField())
        both = areas.values_list("level", "code", "name").union(
            departments.values_list(of_department, "code", "name")
        )
        return list(both.order_by("name", "code"))

    def filter_queryset(self, queryset: Any) -> QuerySet[Any]:
        """Narrow the list; state and certificate each follow from more than one field."""
        found = super().filter_queryset(queryset)
        chosen = self.form.cleaned_data
        found = in_state(found, chosen["state"], self.day)
        if chosen["scheme"] or chosen["certificate"]:
            found = found.filter(pk__in=self._certified(chosen["scheme"], chosen["certificate"]))
        return found

    def _certified(self, scheme: str, state: str) -> "QuerySet[Any, Any]":
        """Return the enterprises of certificates of this scheme that stand so at the day."""
        certificates = in_certificate_state(
            Certificate.objects.standing().order_by(), state, self.day
        )
        if scheme:
            certificates = certificates.filter(scheme=scheme)
        return certificates.values("enterprise")

    def left_alone(self, queryset: Any, name: str, value: Any) -> Any:
        """What the whole filter narrows together."""
        return queryset

    def of_size(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to a size class, or to enterprises of which it is not known."""
        if value != NO_SIZE:
            return queryset.filter(pk__in=enterprises_of_size(value, self.day, self.thresholds))
        known = enterprises_with_size(self.day, self.thresholds)
        return queryset.filter(kind=EnterpriseKind.ENTERPRISE).exclude(pk__in=known)

    def managed_by(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to what a department manages."""
        through = Enterprise.managing_departments.through._default_manager
        managed = through.filter(organisation__code=value)
        return queryset.filter(pk__in=managed.values("enterprise"))

    def on_key_list(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to those on a key list at the day, themselves or with a product."""
        entries = KeyListEntry.objects.counting().valid_at(self.day).order_by()
        if value == KEY_ENTERPRISE:
            return queryset.filter(
                pk__in=entries.filter(enterprise__isnull=False).values("enterprise")
            )
        of_products = entries.filter(product__isnull=False)
        return queryset.filter(pk__in=of_products.values("product__enterprise"))

    def in_network(self, queryset: Any, name: str, value: str) -> Any:
        """Narrow to members of the network at the day, or to the others."""
        members = NetworkMembership.objects.standing().valid_at(self.day).order_by()
        if value == MEMBER:
            return queryset.filter(pk__in=members.values("enterprise"))
        return queryset.exclude(pk__in=members.values("enterprise"))
