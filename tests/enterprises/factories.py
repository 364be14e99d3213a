"""Records of the register for tests; the tax codes are invented and their check digits right."""

import datetime as dt
from itertools import count
from typing import Any

from enterprises.choices import EnterpriseKind, Scheme, StandardKind
from enterprises.models import (
    Certificate,
    Enterprise,
    KeyListEntry,
    Product,
    Standard,
    StandardDeclaration,
)

_numbers = count(530_000_001)
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
SINCE = dt.date(2021, 1, 1)


def tax_code() -> str:
    """A tax code of ten digits with its check digit, used nowhere else in the tests."""
    while True:
        digits = f"{next(_numbers):09d}"
        check = 10 - sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"


def enterprise(**values: Any) -> Enterprise:
    """An enterprise."""
    code = values.pop("tax_code", None) or tax_code()
    values.setdefault("name", f"Công ty Kiểm Thử {code}")
    values.setdefault("kind", EnterpriseKind.ENTERPRISE)
    return Enterprise.objects.create(tax_code=code, **values)


def product(of: Enterprise | None = None, **values: Any) -> Product:
    """A product."""
    values.setdefault("name", f"Sản phẩm {next(_numbers)}")
    return Product.objects.create(enterprise=of or enterprise(), **values)


def key_entry(
    of: Enterprise | Product, since: dt.date = SINCE, to: dt.date | None = None, **values: Any
) -> KeyListEntry:
    """An entry of a key list, counting."""
    subject = {"product" if isinstance(of, Product) else "enterprise": of}
    values.setdefault("approved_at", dt.datetime(2021, 1, 1, tzinfo=dt.UTC))
    return KeyListEntry.objects.create(valid_from=since, valid_to=to, **subject, **values)


def standard(number: str = "", kind: StandardKind = StandardKind.TCVN) -> Standard:
    """A standard."""
    return Standard.objects.create(number=number or f"TCVN {next(_numbers)}", kind=kind)


def declaration(of: Product, on: dt.date = SINCE, **values: Any) -> StandardDeclaration:
    """A declaration of conformity."""
    declared = values.pop("standard", None) or standard()
    values.setdefault("kind", declared.kind)
    return StandardDeclaration.objects.create(
        product=of, standard=declared, declared_on=on, **values
    )


def certificate(
    of: Enterprise, scheme: Scheme = Scheme.ISO_9001, on: dt.date = SINCE, **values: Any
) -> Certificate:
    """A certificate."""
    values.setdefault("number", f"GCN-{next(_numbers)}")
    return Certificate.objects.create(enterprise=of, scheme=scheme, issued_on=on, **values)
