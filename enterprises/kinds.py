"""The kinds of records that hang on an enterprise, declared once for services, forms and pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from core.versions import Versioned
from enterprises.models import (
    AwardEntry,
    Certificate,
    CertificateSuspension,
    Enterprise,
    EnterpriseFigures,
    KeyListEntry,
    ModelRecognition,
    NetworkMembership,
    Product,
    ProductivityProject,
    ProductivityYear,
    StandardDeclaration,
    Surveillance,
    ToolAdoption,
)

# A record of any of the kinds: a ``Fact`` that is ``Versioned``.
Record = Any


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: what names its acts and pages, what may be typed, and where errors stand.

    ``owner`` is the field that leads to its enterprise, directly or over what it hangs on.
    ``end_fields`` are set by the act that ends it; the first is the last (or first invalid) day.
    ``places`` names the field beside which a constraint of the database is told; ``shown_at`` the
    part of the enterprise's page that shows it, if not one of its own.
    """

    name: str
    slug: str
    model: type[Any]
    fields: tuple[str, ...]
    owner: str = "enterprise"
    end_fields: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    shown_at: str = ""

    @property
    def label(self) -> Any:
        """What a record is called."""
        return self.model._meta.verbose_name

    def records_of(self, enterprise: Enterprise) -> Any:
        """Return all records of an enterprise, voided ones too."""
        if self.owner == "subject":
            held = Q(enterprise=enterprise) | Q(product__enterprise=enterprise)
        elif self.owner == "enterprise":
            held = Q(enterprise=enterprise)
        else:
            held = Q((f"{self.owner}__enterprise", enterprise))
        return self.model.objects.filter(held)

    def parents_of(self, record: Record) -> list[Versioned]:
        """Return what counts a change of the record: what it hangs on, and the enterprise."""
        if self.owner == "enterprise":
            return [record.enterprise]
        parent = record.product if self.owner == "subject" else getattr(record, self.owner)
        return [parent, parent.enterprise] if parent else [record.enterprise]

    def enterprise_of(self, record: Record) -> Enterprise:
        """Return whose record it is."""
        return self.parents_of(record)[-1]  # type: ignore[return-value]

    @property
    def anchor(self) -> str:
        """The part of the enterprise's page that shows it."""
        return self.shown_at or self.slug

    @property
    def end_date(self) -> str:
        """The field of the day on which it ends, or nothing for what does not end."""
        return self.end_fields[0] if self.end_fields else ""


def _dated(prefix: str, overlap: str) -> dict[str, str]:
    return {f"{prefix}_dates_in_order": "valid_to", overlap: "valid_from"}


PRODUCT = RecordKind(
    "product",
    "san-pham",
    Product,
    ("name", "group", "obligated", "obligated_from", "obligated_to"),
    places={"product_name_unique": "name", "product_obligation_in_order": "obligated_to"},
)
KEY_LIST_ENTRY = RecordKind(
    "key_list_entry",
    "danh-muc-trong-diem",
    KeyListEntry,
    ("product", "valid_from", "valid_to", "decision_number", "instrument"),
    owner="subject",
    end_fields=("valid_to",),
    places={
        **_dated("key_entry", "key_entry_product_no_overlap"),
        "key_entry_enterprise_no_overlap": "valid_from",
    },
)
DECLARATION = RecordKind(
    "standard_declaration",
    "cong-bo",
    StandardDeclaration,
    ("product", "standard", "kind", "declared_on", "expires_on"),
    owner="product",
    end_fields=("expires_on",),
    places={"declaration_unique": "standard", "declaration_dates_in_order": "expires_on"},
)
CERTIFICATE = RecordKind(
    "certificate",
    "giay-chung-nhan",
    Certificate,
    (
        "scheme", "scheme_name", "product", "standard", "number", "scope", "issuer", "method",
        "issued_on", "expires_on",
    ),
    end_fields=("withdrawn_on", "withdrawn_reason"),
    places={
        "certificate_unique": "number",
        "certificate_expiry_in_order": "expires_on",
        "certificate_withdrawal_in_order": "withdrawn_on",
        "certificate_of_product_or_system": "product",
        "certificate_method": "method",
    },
)  # fmt: skip
SUSPENSION = RecordKind(
    "certificate_suspension",
    "dinh-chi",
    CertificateSuspension,
    ("certificate", "valid_from", "valid_to", "reason"),
    owner="certificate",
    end_fields=("valid_to",),
    places=_dated("suspension", "suspension_no_overlap"),
    shown_at="giay-chung-nhan",
)
SURVEILLANCE = RecordKind(
    "surveillance",
    "giam-sat",
    Surveillance,
    ("certificate", "due_on", "done_on", "result", "note"),
    owner="certificate",
    places={"surveillance_once_a_day": "due_on", "surveillance_done_with_result": "result"},
    shown_at="giay-chung-nhan",
)
TOOL_ADOPTION = RecordKind(
    "tool_adoption",
    "cong-cu",
    ToolAdoption,
    ("tool", "valid_from", "valid_to"),
    end_fields=("valid_to",),
    places=_dated("tool_adoption", "tool_adoption_no_overlap"),
)
PROJECT = RecordKind(
    "productivity_project",
    "du-an",
    ProductivityProject,
    ("kind", "name", "valid_from", "valid_to"),
    end_fields=("valid_to",),
    places=_dated("project", "project_unique"),
)
PRODUCTIVITY_YEAR = RecordKind(
    "productivity_year",
    "nang-suat",
    ProductivityYear,
    (
        "year", "pretax_profit", "labour_cost", "depreciation", "interest", "production_taxes",
        "fixed_assets", "labour", "is_base",
    ),
    places={
        "productivity_once_a_year": "year",
        "productivity_one_base_year": "is_base",
        "productivity_denominators": "fixed_assets",
    },
)  # fmt: skip
RECOGNITION = RecordKind(
    "model_recognition",
    "dien-hinh",
    ModelRecognition,
    ("kind", "recognised_on", "decision_number", "instrument"),
    places={"recognition_unique": "recognised_on"},
)
AWARD_ENTRY = RecordKind(
    "award_entry",
    "giai-thuong",
    AwardEntry,
    ("year", "result"),
    places={"award_entry_once_a_year": "year"},
)
NETWORK_MEMBERSHIP = RecordKind(
    "network_membership",
    "mang-luoi",
    NetworkMembership,
    ("valid_from", "valid_to"),
    end_fields=("valid_to",),
    places=_dated("network", "network_no_overlap"),
)
FIGURES = RecordKind(
    "enterprise_figures",
    "so-lieu-nam",
    EnterpriseFigures,
    ("year", "labour", "revenue", "capital"),
    places={"figures_once_a_year": "year"},
)

KINDS = (
    PRODUCT, KEY_LIST_ENTRY, DECLARATION, CERTIFICATE, SUSPENSION, SURVEILLANCE, TOOL_ADOPTION,
    PROJECT, PRODUCTIVITY_YEAR, RECOGNITION, AWARD_ENTRY, NETWORK_MEMBERSHIP, FIGURES,
)  # fmt: skip


def kind_of(record: models.Model) -> RecordKind:
    """Return the kind of a record."""
    return next(kind for kind in KINDS if isinstance(record, kind.model))
