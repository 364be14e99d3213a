"""The filters of the lists of records."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.form_fields import DayField
from core.lists import ListFilter, WordsFilter
from enterprises.choices import CertificateState, Scheme, StandardKind, StandardStatus
from enterprises.models import (
    Certificate,
    Enterprise,
    ImprovementTool,
    KeyListEntry,
    Product,
    Standard,
)
from enterprises.record_selectors import EXPIRY_DAYS, expiring_within

YES_NO = (("yes", _("Yes")), ("no", _("No")))


class DayFilter(django_filters.DateFilter):
    """The day as at which the list is shown; ``core.days.day_asked`` has read it."""

    field_class = DayField

    def __init__(self) -> None:
        super().__init__(label=_("As at day"))

    def filter(self, queryset: QuerySet[Any], value: dt.date | None) -> QuerySet[Any]:
        """The rows are of that day already."""
        return queryset


class YesNoFilter(django_filters.ChoiceFilter):
    """Narrows by whether something is true of a row."""

    def __init__(self, field_name: str, label: Any) -> None:
        super().__init__(
            field_name=field_name, choices=YES_NO, label=label, empty_label=_("Yes or no")
        )

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow the list to the rows of which it is true, or is not."""
        return queryset.filter(**{self.field_name: value == "yes"}) if value else queryset


class OwnOrEnterpriseWords(WordsFilter):
    """Finds words in the record's own key, or in that of its enterprise."""

    def __init__(self, *, own: type[Any] | None = None, of_product: bool = False) -> None:
        super().__init__(label=_("Words"))
        self.own, self.of_product = own, of_product

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow the list to what holds every word."""
        if not value:
            return queryset
        enterprises = Enterprise.objects.matching(value).order_by().values("pk")
        held = Q(enterprise__in=enterprises)
        if self.own:
            held |= Q(pk__in=self.own.objects.matching(value).order_by().values("pk"))
        if self.of_product:
            products = Product.objects.matching(value).order_by().values("pk")
            held |= Q(product__in=products) | Q(product__enterprise__in=enterprises)
        return queryset.filter(held)


class ProductFilter(ListFilter):
    """Products by words and by what is true of them on the day."""

    q = OwnOrEnterpriseWords(own=Product)
    listed = YesNoFilter("listed", _("On the key list"))
    bound = YesNoFilter("bound", _("Conformity mandatory"))
    declared = YesNoFilter("declared", _("Standard declared"))
    certified = YesNoFilter("certified", _("Conformity certified"))
    ngay = DayFilter()

    class Meta:
        model = Product
        fields = ("q", "listed", "bound", "declared", "certified", "ngay")


class KeyListFilter(ListFilter):
    """Entries of the key lists by words and by what they are about."""

    q = OwnOrEnterpriseWords(of_product=True)
    about = django_filters.ChoiceFilter(
        choices=(("product", _("Product")), ("enterprise", _("Enterprise"))),
        method="is_about",
        label=_("About"),
        empty_label=_("Products and enterprises"),
    )
    ngay = DayFilter()

    class Meta:
        model = KeyListEntry
        fields = ("q", "about", "ngay")

    def is_about(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Narrow to products or to enterprises."""
        return queryset.filter(product__isnull=value == "enterprise")


class ApprovalFilter(ListFilter):
    """What waits for a second person, by words."""

    q = OwnOrEnterpriseWords(of_product=True)

    class Meta:
        model = KeyListEntry
        fields = ("q",)


class CertificateWords(OwnOrEnterpriseWords):
    """Finds words in the number or in the name of the enterprise or product."""

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow the list to what holds every word."""
        if not value:
            return queryset
        enterprises = Enterprise.objects.matching(value).order_by().values("pk")
        products = Product.objects.matching(value).order_by().values("pk")
        return queryset.filter(
            Q(enterprise__in=enterprises) | Q(product__in=products) | Q(number__icontains=value)
        )


class CertificateFilter(ListFilter):
    """Certificates by words, scheme, state on the day, and how soon they end."""

    q = CertificateWords()
    scheme = django_filters.ChoiceFilter(
        choices=Scheme, label=_("Scheme"), empty_label=_("Any scheme")
    )
    state = django_filters.ChoiceFilter(
        choices=CertificateState, label=_("State on the day"), empty_label=_("Any state")
    )
    expiring = django_filters.ChoiceFilter(
        choices=[(str(days), format_lazy(_("{days} days"), days=days)) for days in EXPIRY_DAYS],
        method="ends_soon",
        label=_("Ends within"),
        empty_label=_("Any time"),
    )
    ngay = DayFilter()

    class Meta:
        model = Certificate
        fields = ("q", "scheme", "state", "expiring", "ngay")

    def __init__(
        self, data: QueryDict | None = None, *, user: User, day: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.user, self.as_at = user, day

    def ends_soon(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Narrow to those that end within so many days and that nothing has followed."""
        return queryset.filter(
            pk__in=expiring_within(self.user, self.as_at, int(value)).values("pk")
        )


class StandardFilter(ListFilter):
    """Standards by words, kind and status."""

    kind = django_filters.ChoiceFilter(
        choices=StandardKind, label=_("Kind"), empty_label=_("Any kind")
    )
    status = django_filters.ChoiceFilter(
        choices=StandardStatus, label=_("Status"), empty_label=_("Any status")
    )

    class Meta:
        model = Standard
        fields = ("q", "kind", "status")


class ToolFilter(ListFilter):
    """Tools by words, and by a day for how many use them."""

    ngay = DayFilter()

    class Meta:
        model = ImprovementTool
        fields = ("q", "ngay")
