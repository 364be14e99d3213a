"""Money: stored in whole đồng, spoken of in triệu đồng (million VND)."""

from decimal import Decimal

from core.numbers import format_number

MILLION = 1_000_000


def format_vnd(amount: int) -> str:
    """Return an amount in đồng, 1050000000 as ``1.050.000.000``."""
    return format_number(amount)


def format_million(amount: int) -> str:
    """Return an amount in triệu đồng, 1050000000 as ``1.050`` and 22500000 as ``22,5``."""
    return format_number(Decimal(amount) / MILLION)
