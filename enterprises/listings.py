"""How the records of this room are listed as evidence, and how figures are split by place."""

import datetime as dt
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.lists import ListFilter, ListTable
from core.text import search_words
from enterprises.choices import SizeClass
from enterprises.models import Certificate, Enterprise, Product
from enterprises.models.enterprises import mask_tax_code
from enterprises.size import size_class_of_row, thresholds_at
from programs.evidence import Breakdown, Listing, register_breakdown, register_listing

NAME_CELL = {"td": {"class": "name"}}


class EnterpriseEvidenceFilter(ListFilter):
    """Enterprises by words and former district."""

    class Meta:
        model = Enterprise
        fields = ("q",)


class OfEnterpriseWords(django_filters.CharFilter):
    """Finds records by the words of their own name or of the name of their enterprise."""

    def __init__(self, own: str) -> None:
        super().__init__(label=_("Words"), max_length=200)
        self.own = own

    def filter(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow the list to what holds every word."""
        for word in search_words(value or ""):
            own = Q((f"{self.own}__contains", word)) if self.own else Q(pk=None)
            queryset = queryset.filter(own | Q(enterprise__search_key__contains=word))
        return queryset


class ProductEvidenceFilter(ListFilter):
    """Products by words."""

    q = OfEnterpriseWords("search_key")

    class Meta:
        model = Product
        fields = ("q",)


class CertificateEvidenceFilter(ListFilter):
    """Certificates by the words of their enterprise."""

    q = OfEnterpriseWords("")

    class Meta:
        model = Certificate
        fields = ("q",)


def _page_of_enterprise(record: Any) -> str:
    return str(record.enterprise.get_absolute_url())


class EvidenceTable(ListTable):
    """Records behind a figure, with the enterprise that each belongs to."""

    def render_tax_code(self, value: str) -> str:
        """The tax code, masked when it is personal."""
        return mask_tax_code(value)

    def export_tax_code(self, record: Any) -> str:
        """The tax code, masked when it is personal."""
        of = record if isinstance(record, Enterprise) else record.enterprise
        return str(of.shown_tax_code)


class EnterpriseEvidenceTable(EvidenceTable):
    """Enterprises behind a figure."""

    name = tables.Column(_("Enterprise"), attrs=NAME_CELL, linkify=True)
    tax_code = tables.Column(_("Tax code"), orderable=False)
    area = tables.Column(_("Commune or ward"), accessor="area__name")
    former_district = tables.Column(_("Former district"), accessor="former_district__name")

    class Meta(ListTable.Meta):
        model = Enterprise
        fields = ("name", "tax_code", "area", "former_district")
        order_by = "name"
        caption = _("Enterprises behind the figure")


class ProductEvidenceTable(EvidenceTable):
    """Products behind a figure."""

    name = tables.Column(_("Product"), attrs=NAME_CELL)
    enterprise = tables.Column(
        _("Enterprise"), accessor="enterprise__name", linkify=_page_of_enterprise
    )
    tax_code = tables.Column(_("Tax code"), accessor="enterprise__tax_code", orderable=False)
    area = tables.Column(_("Commune or ward"), accessor="enterprise__area__name")

    class Meta(ListTable.Meta):
        model = Product
        fields = ("name", "enterprise", "tax_code", "area")
        order_by = "name"
        caption = _("Products behind the figure")


class CertificateEvidenceTable(EvidenceTable):
    """Certificates behind a figure."""

    number = tables.Column(_("Number of the certificate"), attrs=NAME_CELL)
    scheme = tables.Column(_("Scheme"), accessor="scheme_label", order_by="scheme")
    enterprise = tables.Column(
        _("Enterprise"), accessor="enterprise__name", linkify=_page_of_enterprise
    )
    tax_code = tables.Column(_("Tax code"), accessor="enterprise__tax_code", orderable=False)
    issued_on = tables.Column(_("Issued on"))
    expires_on = tables.Column(_("Expires on"))

    class Meta(ListTable.Meta):
        model = Certificate
        fields = ("number", "scheme", "enterprise", "tax_code", "issued_on", "expires_on")
        order_by = "-issued_on"
        caption = _("Certificates behind the figure")


def register() -> None:
    """Bring the lists and the ways to split figures."""
    places = ("area", "former_district")
    of_enterprise = ("enterprise", "enterprise__area", "enterprise__former_district")
    for kind, table, filter_class, joined in (
        ("enterprises.enterprise", EnterpriseEvidenceTable, EnterpriseEvidenceFilter, places),
        ("enterprises.product", ProductEvidenceTable, ProductEvidenceFilter, of_enterprise),
        (
            "enterprises.certificate",
            CertificateEvidenceTable,
            CertificateEvidenceFilter,
            of_enterprise,
        ),
    ):
        register_listing(kind, Listing(table, filter_class, _joining(*joined)))
    for label, path, without in (
        (_("By commune or ward"), "area__name", _("no commune recorded")),
        (_("By former district"), "former_district__name", _("no district recorded")),
        (
            _("By managing department"),
            "managing_departments__name",
            _("no managing department recorded"),
        ),
    ):
        register_breakdown(Breakdown(label, path, without))
    no_size = _("no size class, or no data for it")
    register_breakdown(
        Breakdown(_("By size class"), "size_class", no_size, _size_class, _size_name)
    )


def _size_class(path: str, day: dt.date) -> Any:
    return size_class_of_row(day, thresholds_at(day), path or "pk")


def _size_name(value: str) -> Any:
    return SizeClass(value).label


def _joining(*paths: str) -> Any:
    return lambda records: records.select_related(*paths)
