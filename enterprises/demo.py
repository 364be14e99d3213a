"""An invented province: enterprises, what they make, hold and do, from a seed of chance.

Names say that they are invented; tax codes have valid check digits and begin with 99, which no
province uses. Nothing here depends on the day on which it runs.
"""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from stdnum.vn import mst

from accounts.choices import Sector
from accounts.models import AdministrativeArea, Organisation
from core.text import search_key
from enterprises.choices import EnterpriseKind, ProjectKind, RecognitionKind, Scheme, StandardKind
from enterprises.models import (
    AwardEntry,
    Certificate,
    CertificateSuspension,
    Enterprise,
    EnterpriseFigures,
    ImprovementTool,
    KeyListEntry,
    ModelRecognition,
    NetworkMembership,
    Product,
    ProductivityProject,
    ProductivityYear,
    Standard,
    StandardDeclaration,
    ToolAdoption,
)
from enterprises.models.enterprises import mask_tax_code

FIRST, LAST = dt.date(2021, 1, 1), dt.date(2026, 10, 31)
APPROVED = dt.datetime(2021, 6, 1, tzinfo=dt.UTC)
PREFIX = "99"
DECISION = "01/QĐ-MẪU"

GOODS = {
    Sector.AGRICULTURE: (
        "Chè xanh", "Chè Shan tuyết", "Tinh dầu quế", "Quế thanh", "Gạo Séng Cù", "Mật ong",
        "Rau ôn đới", "Cá nước lạnh", "Dược liệu atiso", "Thịt lợn đen", "Miến đao", "Tương ớt",
    ),
    Sector.INDUSTRY: (
        "Gạch không nung", "Xi măng", "Ván ép", "Phân lân", "Nước uống đóng chai", "Thổ cẩm",
        "Bao bì giấy", "Cơ khí nông cụ", "Rượu ngô", "Đồ gỗ nội thất",
    ),
    Sector.SERVICES: ("Lưu trú du lịch", "Vận tải hàng hóa", "Phân phối vật tư", "Kiểm nghiệm"),
}  # fmt: skip
STANDARDS = (
    ("TCVN 9740:2013", StandardKind.TCVN), ("TCVN 3218:2012", StandardKind.TCVN),
    ("TCVN 5603:2023", StandardKind.TCVN), ("QCVN 8-2:2011/BYT", StandardKind.QCVN),
    ("QCVN 16:2023/BXD", StandardKind.QCVN), ("ASEAN GAP", StandardKind.REGIONAL),
    ("JAS", StandardKind.FOREIGN), ("TCCS 01:2023/MẪU", StandardKind.TCCS),
)  # fmt: skip
TOOLS = ("5S", "Kaizen", "TPM", "Lean 6 Sigma", "KPI", "TQM", "QCC", "ISO 50001")
SYSTEMS = (
    Scheme.ISO_9001, Scheme.ISO_9001, Scheme.ISO_14001, Scheme.ISO_22000, Scheme.HACCP,
    Scheme.ISO_45001, Scheme.ISO_17025,
)  # fmt: skip
AWARDS = ("", "Giải Bạc", "Giải Vàng", "Không đạt giải")
RECOGNISED = (
    (RecognitionKind.COMPREHENSIVE, FIRST, dt.date(2025, 12, 14)),
    (RecognitionKind.PILOT, dt.date(2025, 12, 15), LAST),
)
BILLION = 1_000_000_000


@dataclass
class Province:
    """What is to be inserted, kind by kind, parents before children."""

    enterprises: list[Enterprise] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    records: dict[type[Any], list[Any]] = field(default_factory=dict)

    def add(self, record: Any) -> None:
        """Keep a record for the insertion of its kind."""
        self.records.setdefault(type(record), []).append(record)


@dataclass(frozen=True)
class Ground:
    """What the invented enterprises stand on."""

    communes: Sequence[AdministrativeArea]
    districts: Sequence[AdministrativeArea]
    departments: Sequence[Organisation]
    standards: Sequence[Standard]
    tools: Sequence[ImprovementTool]


def tax_codes(start: int = 0) -> Iterator[str]:
    """Yield tax codes of ten digits whose check digit is right, all beginning with 99."""
    number = start
    while True:
        digits = f"{PREFIX}{number:07d}"
        number += 1
        for check in "0123456789":
            if mst.is_valid(digits + check):
                yield digits + check
                break


def province(rng: random.Random, count: int, ground: Ground) -> Province:
    """Return an invented province of so many enterprises."""
    made = Province()
    codes = tax_codes()
    for number in range(1, count + 1):
        enterprise = _enterprise(rng, number, next(codes), ground)
        made.enterprises.append(enterprise)
        _records(rng, made, enterprise, ground, number)
    return made


def _enterprise(rng: random.Random, number: int, code: str, ground: Ground) -> Enterprise:
    sector = rng.choices(list(GOODS), (5, 3, 2))[0]
    kind = rng.choices(list(EnterpriseKind), (70, 22, 8))[0]
    good = rng.choice(GOODS[sector])
    titles = {
        EnterpriseKind.ENTERPRISE: rng.choice(("Công ty TNHH", "Công ty Cổ phần")),
        EnterpriseKind.COOPERATIVE: "Hợp tác xã",
        EnterpriseKind.HOUSEHOLD: "Hộ kinh doanh",
    }
    name = f"{titles[kind]} {good} Mẫu Số {number}"
    if kind == EnterpriseKind.HOUSEHOLD:
        code = f"099{number:09d}"
    started = _day(rng, dt.date(2005, 1, 1), dt.date(2023, 12, 31))
    return Enterprise(
        tax_code=code,
        kind=kind,
        name=name,
        search_key=search_key(name, mask_tax_code(code)),
        sector=sector,
        main_line=good,
        area=rng.choice(ground.communes) if ground.communes else None,
        former_district=rng.choice(ground.districts) if ground.districts else None,
        address=f"Tổ {rng.randint(1, 20)}",
        representative=f"Người Đại Diện Mẫu {number}",
        phone=f"0000{number:06d}",
        email=f"doanhnghiep{number}@mau.invalid",
        started_on=started,
        ended_on=_day(rng, dt.date(2024, 1, 1), LAST) if rng.random() < 0.03 else None,
        verified_at=APPROVED if rng.random() < 0.95 else None,
    )


def _records(
    rng: random.Random, made: Province, of: Enterprise, ground: Ground, number: int
) -> None:
    is_key = of.kind != EnterpriseKind.HOUSEHOLD and rng.random() < 0.3
    if is_key:
        first, last = _span(rng, 0.15)
        made.add(
            KeyListEntry(
                enterprise=of,
                valid_from=first,
                valid_to=last,
                decision_number=DECISION,
                approved_at=APPROVED,
            )
        )
    _figures(rng, made, of, is_key=is_key)
    _products(rng, made, of, ground, is_key=is_key, number=number)
    _systems(rng, made, of, number)
    for tool in rng.sample(ground.tools, rng.choice((0, 0, 1, 1, 2, 3)) if is_key else 0):
        first, last = _span(rng, 0.3)
        made.add(ToolAdoption(enterprise=of, tool=tool, valid_from=first, valid_to=last))
    for kind in ProjectKind:
        if rng.random() < (0.55 if is_key else 0.05):
            first, last = _span(rng, 0.4)
            made.add(ProductivityProject(enterprise=of, kind=kind, valid_from=first, valid_to=last))
    if is_key and rng.random() < 0.6:
        first, last = _span(rng, 0.1)
        made.add(NetworkMembership(enterprise=of, valid_from=first, valid_to=last))
    if is_key and rng.random() < 0.15:
        years = rng.sample(range(2021, 2027), 1)
        for year in years:
            made.add(AwardEntry(enterprise=of, year=year, result=rng.choice(AWARDS)))
    if is_key and rng.random() < 0.3:
        # Comprehensive models belong to the first phase, pilot models to the second.
        recognised, begins, ends = rng.choice(RECOGNISED)
        made.add(
            ModelRecognition(
                enterprise=of,
                kind=recognised,
                recognised_on=_day(rng, begins, ends),
                decision_number=DECISION,
            )
        )


def _figures(rng: random.Random, made: Province, of: Enterprise, *, is_key: bool) -> None:
    labour = rng.choice((4, 8, 10, 11, 25, 48, 60, 100, 101, 180, 260))
    for year in range(2021, 2026):
        if rng.random() < 0.1:
            continue
        revenue = labour * rng.randint(200, 900) * 1_000_000
        made.add(
            EnterpriseFigures(
                enterprise=of,
                year=year,
                labour=labour + rng.randint(0, 3),
                revenue=revenue,
                capital=revenue * rng.randint(20, 90) // 100,
            )
        )
    if not is_key or rng.random() < 0.3:
        return
    value, assets = rng.randint(5, 60) * BILLION // 10, rng.randint(10, 80) * BILLION // 10
    for year in (2021, 2024, 2025):
        growth = 1 + (year - 2021) * rng.uniform(-0.02, 0.16)
        added = int(value * growth)
        made.add(
            ProductivityYear(
                enterprise=of,
                year=year,
                pretax_profit=added - added * 6 // 10,
                labour_cost=added * 4 // 10,
                depreciation=added // 10,
                interest=added // 20,
                production_taxes=added * 6 // 10 - added * 4 // 10 - added // 10 - added // 20,
                fixed_assets=int(assets * (1 + (year - 2021) * rng.uniform(0, 0.03))),
                labour=labour,
                is_base=year == 2021,
            )
        )


def _products(
    rng: random.Random,
    made: Province,
    of: Enterprise,
    ground: Ground,
    *,
    is_key: bool,
    number: int,
) -> None:
    for good in rng.sample(GOODS[Sector(of.sector)], rng.choice((1, 1, 1, 2, 3))):
        name = f"{good} Mẫu {number}"
        duty = rng.random() < 0.35
        product = Product(
            enterprise=of,
            name=name,
            search_key=search_key(name, good),
            group=good,
            obligated=duty,
        )
        made.products.append(product)
        if is_key and rng.random() < 0.7:
            first, last = _span(rng, 0.1)
            made.add(
                KeyListEntry(
                    product=product,
                    valid_from=first,
                    valid_to=last,
                    decision_number=DECISION,
                    approved_at=APPROVED,
                )
            )
        for standard in rng.sample(ground.standards, rng.choice((0, 1, 1, 2))):
            on = _day(rng, FIRST, LAST)
            expires = on + dt.timedelta(days=3 * 365) if rng.random() < 0.4 else None
            made.add(
                StandardDeclaration(
                    product=product,
                    standard=standard,
                    kind=standard.kind,
                    declared_on=on,
                    expires_on=expires,
                )
            )
        if rng.random() < (0.5 if duty else 0.1):
            scheme = Scheme.REGULATION if duty and rng.random() < 0.7 else Scheme.STANDARD
            _certificate(rng, made, of, scheme, product, f"{number}-{len(made.products)}")


def _systems(rng: random.Random, made: Province, of: Enterprise, number: int) -> None:
    chance = 0.35 if of.kind != EnterpriseKind.HOUSEHOLD else 0.02
    while rng.random() < chance:
        held = len(made.records.get(Certificate, ()))
        _certificate(rng, made, of, rng.choice(SYSTEMS), None, f"{number}-H{held}")


def _certificate(
    rng: random.Random,
    made: Province,
    of: Enterprise,
    scheme: Scheme,
    product: Product | None,
    number: str,
) -> None:
    issued = _day(rng, FIRST, LAST)
    certificate = Certificate(
        enterprise=of,
        product=product,
        scheme=scheme,
        number=f"GCN-MẪU-{number}",
        issuer="Tổ chức chứng nhận Mẫu",
        issued_on=issued,
        expires_on=issued + dt.timedelta(days=3 * 365) if rng.random() < 0.9 else None,
        withdrawn_on=_day(rng, issued, LAST) if rng.random() < 0.04 else None,
    )
    if certificate.withdrawn_on:
        certificate.withdrawn_reason = "Không thực hiện đánh giá giám sát"
    made.add(certificate)
    if rng.random() < 0.05:
        first = _day(rng, issued, LAST)
        made.add(
            CertificateSuspension(
                certificate=certificate,
                valid_from=first,
                valid_to=first + dt.timedelta(days=60),
                reason="Chờ khắc phục",
            )
        )


def _day(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=rng.randint(0, (last - first).days))


def _span(rng: random.Random, ends: float) -> tuple[dt.date, dt.date | None]:
    first = _day(rng, FIRST, dt.date(2025, 6, 30))
    return first, _day(rng, first, LAST) if rng.random() < ends else None
