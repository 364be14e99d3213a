"""What the plan brings to the data workbook: SanPhamDauRa, and the tasks that cells name."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.sheets import FactSheet
from core.spreadsheets import Catalogue, Column, Found, Need
from core.spreadsheets.cells import key_text
from core.spreadsheets.kinds import Date, Text
from core.spreadsheets.sheets import Key
from programs import output_measures
from programs.choices import TaskKind
from programs.models import Indicator, Output, Task

INDICATORS = "ChiTieu"
SUPPORT_TASKS = "NhiemVuHoTro"


class OutputSheet(FactSheet):
    """Documents and lists that indicators ask for."""

    name = "SanPhamDauRa"
    title = _("Outputs of the plan")
    model = Output
    key = ("indicator", "name")
    within = "indicator"
    columns: ClassVar = (
        Column(
            "indicator",
            "Mã chỉ tiêu",
            Text(20),
            "indicator_id",
            Need.ALWAYS,
            path="indicator__code",
            refers=INDICATORS,
            example="K01",
        ),
        Column("name", "Tên", Text(width=48), "name", Need.ALWAYS, example="Báo cáo khảo sát"),
        Column(
            "issued_on",
            "Ngày ban hành",
            Date(),
            "issued_on",
            Need.NEW,
            example=dt.date(2026, 1, 15),
        ),
    )


def find_indicators(keys: Collection[Key]) -> Mapping[Key, Found]:
    """Find the indicators of the current plan that count documents, by code."""
    codes = _counting().values_list("pk", "code")
    found = {(key_text(code),): Found(pk, code) for pk, code in codes}
    return {key: found[key] for key in keys if key in found}


def _counting() -> QuerySet[Indicator]:
    return Indicator.objects.filter(
        plan__is_current=True, measure_key=output_measures.outputs_issued.__name__
    )


def find_support_tasks(keys: Collection[Key]) -> Mapping[Key, Found]:
    """Find the support tasks of the current plan, by code."""
    codes = _support_tasks().values_list("pk", "code")
    found = {(key_text(code),): Found(pk, code) for pk, code in codes}
    return {key: found[key] for key in keys if key in found}


def _support_tasks() -> QuerySet[Task]:
    return Task.objects.filter(plan__is_current=True, kind=TaskKind.SUPPORT)


CATALOGUES = (
    Catalogue(
        INDICATORS,
        find_indicators,
        _("No indicator of the current plan with this code counts documents."),
        options=lambda: _counting().values_list("code", flat=True),
    ),
    Catalogue(
        SUPPORT_TASKS,
        find_support_tasks,
        _("No task of the current plan with this code supports enterprises."),
        options=lambda: _support_tasks().order_by("position").values_list("code", flat=True),
    ),
)
SHEETS = (OutputSheet(),)
