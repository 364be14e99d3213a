"""What the search box finds among the records of enterprises."""

from collections.abc import Iterator

from accounts.models import User
from core.registers.search import Found
from enterprises.kinds import PRODUCT
from enterprises.models import Product, Standard


def find_products(user: User, query: str, limit: int) -> Iterator[Found]:
    """Find products by name and group."""
    rows = Product.objects.visible_to(user).standing().matching(query)
    for product in rows.select_related("enterprise")[:limit]:
        url = f"{product.enterprise.get_absolute_url()}#{PRODUCT.anchor}"
        yield Found("", product.name, url, f"{product.group} {product.enterprise.name}".strip())


def find_standards(user: User, query: str, limit: int) -> Iterator[Found]:
    """Find standards by number, title and the other names."""
    for standard in Standard.objects.visible_to(user).matching(query)[:limit]:
        text = " ".join([standard.title, *standard.aliases]).strip()
        yield Found(
            standard.number, standard.title or standard.number, standard.get_absolute_url(), text
        )
