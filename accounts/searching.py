"""What the search box finds among organisations and areas."""

from collections.abc import Iterator

from django.utils.text import capfirst

from accounts.models import AdministrativeArea, Organisation, User
from core.registers.search import Found


def find_organisations(user: User, query: str, limit: int) -> Iterator[Found]:
    """Yield organisations of every day, by code, name, short name and other names."""
    found = Organisation.objects.visible_to(user).matching(query)
    for one in found.order_by("name", "pk")[:limit]:
        text = "; ".join([one.short_name, *one.aliases]).strip("; ")
        yield Found(one.code, one.name, one.get_absolute_url(), text)


def find_areas(user: User, query: str, limit: int) -> Iterator[Found]:
    """Yield areas of every day, by code and name."""
    found = AdministrativeArea.objects.visible_to(user).matching(query)
    for area in found.order_by("name", "pk")[:limit]:
        yield Found(area.code, f"{capfirst(area.name)} ({area.years})", area.get_absolute_url())
