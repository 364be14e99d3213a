"""Sheets about enterprises themselves: DoanhNghiep, ThanhVienMangLuoi, SoLieuNam."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.choices import Sector
from accounts.sheets import COMMUNES, FORMER_DISTRICTS, FactSheet
from core.spreadsheets import Column, Existing, Found, Need, Sheet, Span
from core.spreadsheets.kinds import Amount, Choice, Date, Email, Number, Phone, TaxCode, Text, Year
from core.spreadsheets.rows import Row
from core.spreadsheets.sheets import Key
from enterprises.choices import EnterpriseKind
from enterprises.models import (
    Enterprise,
    EnterpriseFigures,
    EnterpriseTaxCode,
    NetworkMembership,
)

ENTERPRISES = "DoanhNghiep"
TAX_CODE_LENGTH_OF_PERSON = 12

KINDS = Choice(
    values={
        EnterpriseKind.ENTERPRISE: ("doanh nghiệp", "DN", "công ty"),
        EnterpriseKind.COOPERATIVE: ("hợp tác xã", "HTX"),
        EnterpriseKind.HOUSEHOLD: ("hộ kinh doanh", "hộ", "HKD"),
    }
)
SECTORS = Choice(
    values={
        Sector.AGRICULTURE: (
            "nông lâm thủy sản",
            "nông, lâm, thủy sản",
            "nông lâm nghiệp thủy sản",
        ),
        Sector.INDUSTRY: ("công nghiệp xây dựng", "công nghiệp, xây dựng"),
        Sector.SERVICES: ("thương mại dịch vụ", "thương mại, dịch vụ"),
    },
    width=24,
)
# A tax code with the right check digit that is given to nobody.
EXAMPLE_CODE = "0100233488"


def enterprise_column(field: str = "enterprise_id", path: str = "enterprise__tax_code") -> Column:
    """Return the column that names the enterprise of a row."""
    return Column(
        "enterprise",
        "Mã số thuế",
        TaxCode(),
        field=field,
        path=path,
        need=Need.ALWAYS,
        refers=ENTERPRISES,
        example=EXAMPLE_CODE,
    )


def first_day(
    field: str = "valid_from", header: str = "Từ ngày", example: dt.date = dt.date(2026, 1, 15)
) -> Column:
    """Return the column of a first day that belongs to the key."""
    return Column(field, header, Date(), field, Need.ALWAYS, example=example)


def last_day(field: str = "valid_to", header: str = "Đến ngày") -> Column:
    """Return the column of a last day."""
    return Column(field, header, Date(), field)


class EnterpriseSheet(Sheet):
    """Enterprises, cooperatives, household businesses."""

    name = ENTERPRISES
    title = _("Enterprises")
    missing = _(
        "No enterprise with this tax code is in the portal or in a good row of the sheet "
        "DoanhNghiep."
    )
    model = Enterprise
    key = ("tax_code",)
    columns: ClassVar = (
        Column("tax_code", "Mã số thuế", TaxCode(), "tax_code", Need.ALWAYS, example=EXAMPLE_CODE),
        Column(
            "name", "Tên doanh nghiệp", Text(width=40), "name", Need.ALWAYS, example="Công ty A"
        ),
        Column("kind", "Loại hình", KINDS, "kind", example="doanh nghiệp"),
        Column("sector", "Nhóm ngành", SECTORS, "sector", example="nông lâm thủy sản"),
        Column(
            "area",
            "Xã phường",
            Text(width=24),
            "area_id",
            path="area__name",
            refers=COMMUNES,
        ),
        Column(
            "former_district",
            "Huyện cũ",
            Text(width=20),
            "former_district_id",
            path="former_district__name",
            refers=FORMER_DISTRICTS,
            example="Sa Pa",
        ),
        Column("address", "Địa chỉ", Text(width=36), "address", example="Số 1, đường A"),
        Column("representative", "Người đại diện", Text(120, width=24), "representative"),
        Column("phone", "Điện thoại", Phone(), "phone", example="0214 3 000 000"),
        Column("email", "Email", Email(width=24), "email", example="ten@vidu.vn"),
    )
    also_read = ("codes",)
    derived = ("found_by",)

    def records(self) -> models.QuerySet[Any]:
        """All of them, with the tax codes under which they are or were known."""
        codes = EnterpriseTaxCode.objects.filter(enterprise=OuterRef("pk")).values("tax_code")
        return Enterprise.objects.annotate(codes=ArraySubquery(codes))

    def narrowed(self, records: models.QuerySet[Any], rows: Collection[Row]) -> Any:
        """Those that are or were known under a tax code of the rows."""
        codes = {str(row.values["tax_code"]) for row in rows}
        named = EnterpriseTaxCode.objects.filter(tax_code__in=codes)
        return records.filter(pk__in=named.values("enterprise"))

    def keys_of(self, existing: Existing) -> Iterable[Key]:
        """Any of its tax codes."""
        return [(code,) for code in existing.values["codes"]]

    def identify(self, keys: Collection[Key], *, lock: bool) -> Mapping[Key, Found]:
        """Find enterprises by a tax code, current or former; a merged one by who took it over."""
        named = EnterpriseTaxCode.objects.filter(tax_code__in=[key[0] for key in keys])
        owner = Coalesce("enterprise__merged_into", "enterprise")
        pairs = named.values_list("tax_code", owner, F("enterprise__name"))
        found = {(code,): Found(pk, code) for code, pk, _name in pairs}
        if lock:
            pks = sorted({one.pk for one in found.values() if one.pk is not None})
            owners = Enterprise.objects.filter(pk__in=pks).order_by("pk")
            list(owners.select_for_update().values_list("pk"))
        return found

    def complete(self, row: Row) -> None:
        """A personal tax code is that of a household business; other bodies are enterprises."""
        if row.get("kind") is None and not row.is_wrong("kind"):
            personal = len(row.get("tax_code") or "") == TAX_CODE_LENGTH_OF_PERSON
            household = EnterpriseKind.HOUSEHOLD if personal else EnterpriseKind.ENTERPRISE
            row.values["kind"] = household.value

    def born(self, row: Row, by_id: int | None, now: dt.datetime) -> dict[str, Any]:
        """What the Department imports is verified by it."""
        return {"verified_at": now, "verified_by_id": by_id}


class OfEnterpriseSheet(FactSheet):
    """Facts about one enterprise each."""

    within = "enterprise"
    belongs_to = "enterprise"


class NetworkSheet(OfEnterpriseSheet):
    """Members of the network."""

    name = "ThanhVienMangLuoi"
    title = _("Members of the network")
    model = NetworkMembership
    key = ("enterprise", "valid_from")
    columns: ClassVar = (enterprise_column(), first_day(), last_day())
    spans: ClassVar = (Span(apart=("enterprise",)),)


class FiguresSheet(OfEnterpriseSheet):
    """Labour, revenue and capital of a calendar year."""

    name = "SoLieuNam"
    title = _("Yearly figures")
    model = EnterpriseFigures
    key = ("enterprise", "year")
    columns: ClassVar = (
        enterprise_column(),
        Column("year", "Năm", Year(), "year", Need.ALWAYS, example=2025),
        Column("labour", "Lao động", Number(), "labour", example=25),
        Column(
            "revenue", "Doanh thu", Amount(), "revenue", unit="triệu đồng", example=12_500_000_000
        ),
        Column(
            "capital", "Nguồn vốn", Amount(), "capital", unit="triệu đồng", example=8_000_000_000
        ),
    )
