"""What every page of the portal knows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property

from core.registers import navigation


@dataclass
class Portal:
    """The frame around a page, computed only when the page shows it."""

    request: HttpRequest

    @cached_property
    def navigation(self) -> list[list[navigation.Item]]:
        """The menu of the person who is logged in."""
        return navigation.menu(self.request)

    @property
    def demo(self) -> bool:
        """Whether the portal runs with demo accounts, which every page says."""
        return bool(settings.DEMO)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the frame as the template variable ``portal``."""
    return {"portal": Portal(request)}
