"""Good values of every kind of record, and records made of them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import models

from enterprises.choices import (
    ProjectKind,
    RecognitionKind,
    Scheme,
    StandardKind,
    SurveillanceResult,
)
from enterprises.kinds import KINDS, RecordKind
from enterprises.models import Enterprise, ImprovementTool
from tests.enterprises import factories

FROM = dt.date(2022, 3, 1)
MONEY = 1_050_000_000


def tool() -> ImprovementTool:
    """A tool of the catalogue."""
    return ImprovementTool.objects.create(name=f"Công cụ {factories.tax_code()}")


def values_of(kind: RecordKind, of: Enterprise) -> dict[str, Any]:
    """What is typed for a good record of the kind."""
    return VALUES[kind.name](of)


AMOUNTS = (
    "pretax_profit", "labour_cost", "depreciation", "interest", "production_taxes", "fixed_assets",
)  # fmt: skip
VALUES: dict[str, Callable[[Enterprise], dict[str, Any]]] = {
    "product": lambda _of: {
        "name": f"Chè {factories.tax_code()}",
        "group": "Chè",
        "obligated": False,
    },
    "key_list_entry": lambda of: {
        "product": factories.product(of),
        "valid_from": FROM,
        "decision_number": "12/QĐ-UBND",
    },
    "standard_declaration": lambda of: {
        "product": factories.product(of),
        "standard": factories.standard(),
        "kind": StandardKind.TCVN,
        "declared_on": FROM,
    },
    "certificate": lambda _of: {
        "scheme": Scheme.ISO_9001,
        "number": f"GCN {factories.tax_code()}",
        "issued_on": FROM,
    },
    "certificate_suspension": lambda of: {
        "certificate": factories.certificate(of),
        "valid_from": FROM,
        "reason": "Chậm giám sát.",
    },
    "surveillance": lambda of: {
        "certificate": factories.certificate(of),
        "due_on": FROM,
        "done_on": FROM,
        "result": SurveillanceResult.KEPT,
    },
    "tool_adoption": lambda _of: {"tool": tool(), "valid_from": FROM},
    "productivity_project": lambda _of: {
        "kind": ProjectKind.PROJECT,
        "name": "Tinh gọn",
        "valid_from": FROM,
    },
    "productivity_year": lambda _of: {
        **dict.fromkeys(AMOUNTS, MONEY),
        "year": 2022,
        "labour": Decimal("85.50"),
        "is_base": True,
    },
    "model_recognition": lambda _of: {"kind": RecognitionKind.PILOT, "recognised_on": FROM},
    "award_entry": lambda _of: {"year": 2023, "result": "Giải Bạc"},
    "network_membership": lambda _of: {"valid_from": FROM},
    "enterprise_figures": lambda _of: {
        "year": 2023,
        "labour": 85,
        "revenue": MONEY,
        "capital": MONEY,
    },
}


def record_of(kind: RecordKind, of: Enterprise | None = None, /, **values: Any) -> Any:
    """A record of the kind."""
    enterprise = of or factories.enterprise()
    record = kind.model(**{**values_of(kind, enterprise), **values})
    if kind.owner == "enterprise":
        record.enterprise = enterprise
    record.save()
    return kind.model.objects.get(pk=record.pk)


LATER = FROM + dt.timedelta(days=3)
OTHER_VALUES: dict[str, tuple[str, Any]] = {
    "product": ("group", "Quế"),
    "surveillance": ("note", "Đã khắc phục."),
    "certificate": ("issuer", "Trung tâm Chứng nhận"),
    "standard_declaration": ("declared_on", LATER),
    "productivity_year": ("pretax_profit", -5),
    "model_recognition": ("decision_number", "15/QĐ-UBND"),
    "award_entry": ("result", "Giải Vàng"),
    "enterprise_figures": ("labour", 90),
}


def another_value(kind: RecordKind) -> tuple[str, Any]:
    """A field of the kind and a value that differs from that of the samples."""
    return OTHER_VALUES.get(kind.name, ("valid_from", LATER))


def form_data(kind: RecordKind, record: Any) -> dict[str, Any]:
    """What a browser sends for the record as it is."""
    return {name: sent(getattr(record, name)) for name in kind.fields}


def data_of(values: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends for values."""
    return {name: sent(value) for name, value in values.items()}


def sent(value: Any) -> Any:
    """A value as a form sends it."""
    match value:
        case None | False:
            return ""
        case True:
            return "on"
        case models.Model():
            return value.pk
        case Decimal():
            return str(value).replace(".", ",")
        case dt.date():
            return f"{value:%d/%m/%Y}"
    return value


def kind_named(name: str) -> RecordKind:
    """A kind by its name."""
    return next(kind for kind in KINDS if kind.name == name)
