"""Sheets about what enterprises do for their productivity, and what comes of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.spreadsheets import Catalogue, Column, Existing, Found, Need, Span
from core.spreadsheets.cells import key_text
from core.spreadsheets.kinds import Amount, Choice, Flag, Number, Text, Year
from core.spreadsheets.rows import Row
from core.spreadsheets.sheets import Key
from enterprises.choices import ProjectKind, RecognitionKind
from enterprises.models import (
    AwardEntry,
    ImprovementTool,
    ModelRecognition,
    ProductivityProject,
    ProductivityYear,
    ToolAdoption,
)
from enterprises.sheets.enterprises import (
    OfEnterpriseSheet,
    enterprise_column,
    first_day,
    last_day,
)

TOOL_NAMES = "CongCuCaiTien"
PROJECT_KINDS = Choice(values={ProjectKind.PROJECT: ("dự án",), ProjectKind.PLAN: ("kế hoạch",)})
RECOGNITION_KINDS = Choice(
    values={
        RecognitionKind.COMPREHENSIVE: ("điển hình toàn diện",),
        RecognitionKind.PILOT: ("mô hình điểm",),
    },
    width=20,
)


class ToolSheet(OfEnterpriseSheet):
    """Tools in use."""

    name = "CongCu"
    title = gettext_lazy("Tools in use")
    model = ToolAdoption
    key = ("enterprise", "tool", "valid_from")
    columns: ClassVar = (
        enterprise_column(),
        Column(
            "tool",
            "Công cụ",
            Text(120, width=24),
            "tool_id",
            Need.ALWAYS,
            path="tool__name",
            refers=TOOL_NAMES,
            example="5S",
        ),
        first_day(),
        last_day(),
    )
    spans: ClassVar = (Span(apart=("enterprise", "tool")),)


class ProjectSheet(OfEnterpriseSheet):
    """Projects and plans of enterprises."""

    name = "DuAnNSCL"
    title = gettext_lazy("Productivity projects and plans")
    model = ProductivityProject
    key = ("enterprise", "kind", "valid_from")
    columns: ClassVar = (
        enterprise_column(),
        Column("kind", "Loại", PROJECT_KINDS, "kind", Need.ALWAYS, example="dự án"),
        first_day(),
        last_day(),
    )
    spans: ClassVar = (Span(),)


def _cost(name: str, header: str, example: int) -> Column:
    return Column(name, header, Amount(), name, example=example)


class ProductivitySheet(OfEnterpriseSheet):
    """The figures of a calendar year from which productivity is computed."""

    name = "NangSuat"
    title = gettext_lazy("Productivity figures")
    model = ProductivityYear
    key = ("enterprise", "year")
    columns: ClassVar = (
        enterprise_column(),
        Column("year", "Năm", Year(), "year", Need.ALWAYS, example=2025),
        Column(
            "pretax_profit",
            "Lợi nhuận trước thuế",
            Amount(least=None),
            "pretax_profit",
            Need.NEW,
            example=900_000_000,
        ),
        Column(
            "labour_cost",
            "Chi phí lao động",
            Amount(),
            "labour_cost",
            Need.NEW,
            example=2_400_000_000,
        ),
        _cost("depreciation", "Khấu hao", 300_000_000),
        _cost("interest", "Lãi vay", 50_000_000),
        _cost("production_taxes", "Thuế sản xuất", 40_000_000),
        Column(
            "fixed_assets",
            "Tài sản cố định",
            Amount(above_zero=True),
            "fixed_assets",
            Need.NEW,
            example=5_000_000_000,
        ),
        Column(
            "labour",
            "Lao động bình quân",
            Number(places=2, above_zero=True),
            "labour",
            Need.NEW,
            example=25,
        ),
        Column("is_base", "Năm gốc", Flag(), "is_base", example="x"),
    )

    def complete(self, row: Row) -> None:
        """A cost that a new row leaves out is none."""
        for name in ("depreciation", "interest", "production_taxes"):
            if row.get(name) is None and not row.is_wrong(name):
                row.values[name] = 0

    def check_together(self, rows: Collection[Row], stored: Mapping[Key, Existing]) -> None:
        """An enterprise has one baseline year."""
        based: dict[Any, list[Row | None]] = defaultdict(list)
        replaced = set()
        for row in rows:
            if row.existing and not row.problems:
                replaced.add(row.existing.pk)
            if row.final.get("is_base") and not row.problems:
                based[row.final["enterprise"]].append(row)
        for existing in stored.values():
            if existing.values["is_base"] and existing.pk not in replaced:
                based[existing.values["enterprise"]].append(None)
        for holders in based.values():
            for holder in holders if len(holders) > 1 else ():
                if holder is not None:
                    holder.wrong("is_base", _("The enterprise has two baseline years; keep one."))

    def rank(self, row: Row) -> int:
        """The year that is no longer the baseline makes room for the one that becomes it."""
        return int(bool(row.final["is_base"]))


class RecognitionSheet(OfEnterpriseSheet):
    """Recognitions as a model enterprise."""

    name = "DienHinh"
    title = gettext_lazy("Model enterprises")
    model = ModelRecognition
    key = ("enterprise", "kind", "recognised_on")
    columns: ClassVar = (
        enterprise_column(),
        Column(
            "kind", "Loại", RECOGNITION_KINDS, "kind", Need.ALWAYS, example="điển hình toàn diện"
        ),
        first_day("recognised_on", "Ngày công nhận"),
        Column("decision_number", "Số quyết định", Text(60), "decision_number"),
    )


class AwardSheet(OfEnterpriseSheet):
    """Entries for the National Quality Award; the year is a reporting year."""

    name = "GiaiThuong"
    title = gettext_lazy("Award entries")
    model = AwardEntry
    key = ("enterprise", "year")
    columns: ClassVar = (
        enterprise_column(),
        Column("year", "Năm", Year(), "year", Need.ALWAYS, example=2026),
        Column("result", "Kết quả", Text(200, width=28), "result", example="Giải vàng"),
    )


def find_tools(keys: Collection[Key]) -> Mapping[Key, Found]:
    """Find tools by name or by any of their aliases."""
    wanted = {key[0] for key in keys}
    stored = ImprovementTool.objects.annotate(lower=Lower("name"))
    found: dict[Key, Found] = {}
    for pk, name, aliases in stored.filter(Q(lower__in=wanted) | ~Q(aliases=[])).values_list(
        "pk", "name", "aliases"
    ):
        for alias in aliases:
            found.setdefault((key_text(alias),), Found(pk, name))
        found[key_text(name),] = Found(pk, name)
    return {key: found[key] for key in keys if key in found}


def tool_names() -> Iterable[str]:
    """The tools of the catalogue."""
    return ImprovementTool.objects.values_list("name", flat=True)


def make_tool(key: Key, row: Row) -> models.Model:
    """Return the tool that a row names for the first time; the catalogue is open."""
    return ImprovementTool(name=row.final["tool"].label)


TOOLS = Catalogue(
    TOOL_NAMES,
    find_tools,
    gettext_lazy("There is no tool of this name in the portal."),
    make_tool,
    tool_names,
)
