"""Sheets about products: SanPham, DanhMucTrongDiem, CongBo, ChungNhan."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.spreadsheets import Catalogue, Column, Found, Need, Problem, Ref, Span
from core.spreadsheets.cells import key_text
from core.spreadsheets.kinds import Choice, Date, Flag, Text
from core.spreadsheets.rows import Row
from core.spreadsheets.sheets import Key
from enterprises.choices import (
    MANAGEMENT_SYSTEMS,
    PRODUCT_SCHEMES,
    Scheme,
    StandardKind,
)
from enterprises.models import (
    Certificate,
    KeyListEntry,
    Product,
    Standard,
    StandardDeclaration,
)
from enterprises.sheets.enterprises import (
    ENTERPRISES,
    OfEnterpriseSheet,
    enterprise_column,
    first_day,
    last_day,
)

PRODUCTS = "SanPham"
STANDARD_NUMBERS = "SoHieuTieuChuan"
OF_PRODUCT, OF_ENTERPRISE = "product", "enterprise"

LISTS = Choice(
    values={
        OF_PRODUCT: ("sản phẩm", "sản phẩm trọng điểm", "sản phẩm chủ lực"),
        OF_ENTERPRISE: ("doanh nghiệp", "doanh nghiệp trọng điểm"),
    }
)
STANDARD_KINDS = Choice(
    values={
        StandardKind.TCVN: ("TCVN",),
        StandardKind.QCVN: ("QCVN",),
        StandardKind.REGIONAL: ("khu vực", "tiêu chuẩn khu vực"),
        StandardKind.FOREIGN: ("nước ngoài", "tiêu chuẩn nước ngoài"),
        StandardKind.TCCS: ("TCCS",),
    }
)


def _dated(name: str, *years: int) -> tuple[str, ...]:
    return (name, *(f"{name}:{year}" for year in years))


SCHEMES = Choice(
    values={
        Scheme.ISO_9001: (*_dated("ISO 9001", 2000, 2008, 2015), "ISO 9000"),
        Scheme.ISO_14001: (*_dated("ISO 14001", 2004, 2015), "ISO 14000"),
        Scheme.ISO_22000: _dated("ISO 22000", 2005, 2018),
        Scheme.HACCP: ("HACCP",),
        Scheme.ISO_45001: (
            *_dated("ISO 45001", 2018),
            *_dated("OHSAS 18001", 1999, 2007),
            "OHSAS 1800",
        ),
        Scheme.IATF_16949: (
            *_dated("IATF 16949", 2016),
            *_dated("ISO/TS 16949", 2002, 2009),
            "TS 16949",
        ),
        Scheme.ISO_27001: (
            *_dated("ISO/IEC 27001", 2005, 2013, 2022),
            "ISO/IEC 2700",
            "ISO 27001",
        ),
        Scheme.ISO_17025: (*_dated("ISO/IEC 17025", 2005, 2017), "ISO 17025"),
        Scheme.STANDARD: ("hợp chuẩn", "chứng nhận hợp chuẩn"),
        Scheme.REGULATION: ("hợp quy", "chứng nhận hợp quy"),
        Scheme.FOREIGN: ("nước ngoài", "tiêu chuẩn nước ngoài"),
        Scheme.OTHER: ("khác",),
    },
    width=20,
)


def product_column(**values: Any) -> Column:
    """Return the column that names a product of the enterprise of the row."""
    given: dict[str, Any] = {
        "field": "product_id",
        "path": "product__name",
        "example": "Chè Shan tuyết",
        **values,
    }
    return Column(
        "product",
        "Tên sản phẩm",
        Text(width=32),
        refers=PRODUCTS,
        by=("enterprise",),
        **given,
    )


class ProductSheet(OfEnterpriseSheet):
    """Products of enterprises."""

    name = PRODUCTS
    title = gettext_lazy("Products")
    missing = gettext_lazy(
        "The enterprise has no product of this name in the portal or in a good row of the sheet "
        "SanPham."
    )
    model = Product
    key = ("enterprise", "name")
    columns: ClassVar = (
        enterprise_column(),
        Column(
            "name", "Tên sản phẩm", Text(width=32), "name", Need.ALWAYS, example="Chè Shan tuyết"
        ),
        Column("group", "Nhóm", Text(120, width=20), "group", example="chè"),
        Column("obligated", "Bắt buộc hợp quy", Flag(), "obligated", example="x"),
    )

    def identify(self, keys: Collection[Key], *, lock: bool) -> Mapping[Key, Found]:
        """Find products by their enterprise and name."""
        owners = {key[0].pk for key in keys}
        stored = self.records().filter(enterprise_id__in=owners)
        named = {
            (Ref(ENTERPRISES, owner), key_text(name)): Found(pk, name)
            for pk, owner, name in stored.values_list("pk", "enterprise_id", "name")
        }
        return {key: named[key] for key in keys if key in named}


class KeyListSheet(OfEnterpriseSheet):
    """The dated lists of key products and key enterprises."""

    name = "DanhMucTrongDiem"
    title = gettext_lazy("Key lists")
    model = KeyListEntry
    key = ("kind", "enterprise", "product", "valid_from")
    columns: ClassVar = (
        Column("kind", "Loại", LISTS, "kind", Need.ALWAYS, example="sản phẩm"),
        enterprise_column("owner_id", "owner_code"),
        product_column(),
        first_day(),
        last_day(),
        Column("decision_number", "Số quyết định", Text(60), "decision_number"),
    )
    spans: ClassVar = (Span(apart=("kind", "enterprise", "product")),)
    also_read = ("approved_at", "proposal")

    def records(self) -> models.QuerySet[Any]:
        """Entries with the enterprise that each is about, by itself or by its product."""
        return (
            super()
            .records()
            .annotate(
                owner_id=Coalesce("enterprise_id", "product__enterprise_id"),
                owner_code=Coalesce("enterprise__tax_code", "product__enterprise__tax_code"),
                kind=Case(
                    When(product__isnull=False, then=Value(OF_PRODUCT)),
                    default=Value(OF_ENTERPRISE),
                ),
            )
        )

    def narrowed(self, records: models.QuerySet[Any], rows: Collection[Row]) -> Any:
        """Entries about the enterprises of the rows and about their products."""
        pks = {row.values["enterprise"].pk for row in rows} - {None}
        return records.filter(Q(enterprise__in=pks) | Q(product__enterprise__in=pks))

    def check(self, row: Row, final: Mapping[str, Any]) -> Iterable[Problem]:
        """A product is named where the list is one of products, and only there."""
        if final["kind"] == OF_PRODUCT and final["product"] is None:
            yield Problem("product", _("Name the product that is on the list."))
        if final["kind"] == OF_ENTERPRISE and final["product"] is not None:
            yield Problem("product", _("A list of enterprises names no product; empty the cell."))
        if row.existing is None:
            return
        stored = row.existing.values
        if stored["approved_at"] is None or (row.changes and stored["proposal"] is not None):
            yield Problem(
                "valid_from",
                _("This entry waits for a second person in the portal; have it decided first."),
            )

    def fields(self, final: Mapping[str, Any]) -> dict[str, Any]:
        """The subject is either the product or the enterprise."""
        of_product = final["kind"] == OF_PRODUCT
        return {
            "enterprise_id": None if of_product else final["enterprise"],
            "product_id": final["product"] if of_product else None,
            "valid_from": final["valid_from"],
            "valid_to": final["valid_to"],
            "decision_number": final["decision_number"],
        }

    def born(self, row: Row, by_id: int | None, now: dt.datetime) -> dict[str, Any]:
        """What is imported counts at once."""
        return {**super().born(row, by_id, now), "approved_at": now, "approved_by_id": by_id}


class DeclarationSheet(OfEnterpriseSheet):
    """Declarations that a product conforms with a standard."""

    name = "CongBo"
    title = gettext_lazy("Declarations of standards")
    model = StandardDeclaration
    key = ("enterprise", "product", "standard", "declared_on")
    columns: ClassVar = (
        enterprise_column("product__enterprise_id", "product__enterprise__tax_code"),
        product_column(need=Need.ALWAYS),
        Column(
            "standard",
            "Số hiệu tiêu chuẩn",
            Text(120, width=24),
            "standard_id",
            Need.ALWAYS,
            path="standard__number",
            refers=STANDARD_NUMBERS,
            example="TCVN 9740:2013",
        ),
        Column("kind", "Loại", STANDARD_KINDS, "kind", example="TCVN"),
        first_day("declared_on", "Ngày công bố"),
        last_day("expires_on", "Ngày hết hiệu lực"),
    )
    spans: ClassVar = (Span("declared_on", "expires_on"),)

    def complete(self, row: Row) -> None:
        """The kind may stand in the number itself: TCVN 9740:2013."""
        if row.get("kind") is None and not row.is_wrong("kind") and row.get("standard"):
            row.values["kind"] = kind_in_number(row.values["standard"].label)

    def check(self, row: Row, final: Mapping[str, Any]) -> Iterable[Problem]:
        """Every declaration says of what kind its standard is."""
        if not final["kind"]:
            yield Problem("kind", _("The number does not tell the kind; fill in this cell."))

    def fields(self, final: Mapping[str, Any]) -> dict[str, Any]:
        """The enterprise is that of the product."""
        values = super().fields(final)
        values.pop("product__enterprise_id")
        return values


class CertificateSheet(OfEnterpriseSheet):
    """Certificates of management systems and of products."""

    name = "ChungNhan"
    title = gettext_lazy("Certificates")
    model = Certificate
    key = ("enterprise", "product", "scheme", "number")
    columns: ClassVar = (
        enterprise_column(),
        product_column(example=None),
        Column("scheme", "Loại", SCHEMES, "scheme", Need.ALWAYS, example="ISO 9001"),
        Column(
            "number", "Số giấy", Text(120, width=20), "number", Need.ALWAYS, example="GCN 01/2026"
        ),
        Column("issuer", "Tổ chức cấp", Text(200, width=28), "issuer"),
        Column(
            "issued_on", "Ngày cấp", Date(), "issued_on", Need.NEW, example=dt.date(2026, 1, 15)
        ),
        last_day("expires_on", "Ngày hết hạn"),
        last_day("withdrawn_on", "Ngày thu hồi"),
    )
    spans: ClassVar = (Span("issued_on", "expires_on"), Span("issued_on", "withdrawn_on"))

    def check(self, row: Row, final: Mapping[str, Any]) -> Iterable[Problem]:
        """A conformity certificate names its product, that of a management system none."""
        if final["scheme"] in PRODUCT_SCHEMES and final["product"] is None:
            yield Problem("product", _("A conformity certificate names its product."))
        if final["scheme"] in MANAGEMENT_SYSTEMS and final["product"] is not None:
            yield Problem(
                "product",
                _("The certificate of a management system names no product; empty the cell."),
            )


def kind_in_number(number: str) -> str:
    """Return the kind of standard that its number tells, or nothing."""
    first = key_text(number).split(" ")[0].split(":")[0]
    for kind in (StandardKind.TCVN, StandardKind.QCVN, StandardKind.TCCS):
        if first.startswith(kind.value):
            return kind.value
    return ""


def find_standards(keys: Collection[Key]) -> Mapping[Key, Found]:
    """Find standards by number or by any of their aliases."""
    wanted = {key[0] for key in keys}
    stored = Standard.objects.annotate(lower=Lower("number"))
    found: dict[Key, Found] = {}
    for pk, number, aliases in stored.filter(Q(lower__in=wanted) | ~Q(aliases=[])).values_list(
        "pk", "number", "aliases"
    ):
        for alias in aliases:
            found.setdefault((key_text(alias),), Found(pk, number))
        found[key_text(number),] = Found(pk, number)
    return {key: found[key] for key in keys if key in found}


def make_standard(key: Key, row: Row) -> models.Model:
    """Return the standard that a declaration names for the first time."""
    return Standard(number=row.final["standard"].label, kind=row.final["kind"])


STANDARDS = Catalogue(
    STANDARD_NUMBERS,
    find_standards,
    gettext_lazy("There is no standard with this number in the portal."),
    make_standard,
)
