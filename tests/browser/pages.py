"""The pages that the browser opens, room by room.

A room lists its pages in ``tests/<room>/pages.py``: ``PAGES`` as ``Page`` rows, and in
``ELSEWHERE`` the names of its addresses that are no page of their own (files, fragments, acts) or
that another browser test opens step by step.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module, util

from django.conf import settings

from accounts.choices import Role
from accounts.selectors import REVIEWERS
from tests.browser.visits import Visit

EVERYONE = frozenset(Role)
DOST = frozenset({Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD})
REVIEWING = frozenset(REVIEWERS)


@dataclass(frozen=True)
class Page:
    """A page, who may open it, and for one whose key is not known before: a way to find it.

    ``name`` is the URL name; ``path`` is an address, or takes a visit (logged in) and returns one.
    """

    name: str
    path: str | Callable[[Visit], str]
    roles: frozenset[Role] = EVERYONE

    def address(self, visit: Visit) -> str:
        """Where the page is."""
        return self.path if isinstance(self.path, str) else self.path(visit)


def first_link(list_path: str, selector: str = "#list-result tbody a") -> Callable[[Visit], str]:
    """A way to find a page: the first link of a list."""

    def find(visit: Visit) -> str:
        known = visit.first_links
        if (list_path, selector) not in known:
            visit.page.goto(f"{visit.portal}{list_path}")
            link = visit.page.locator(selector).first.get_attribute("href")
            assert link, f"{list_path} lists nothing"
            known[list_path, selector] = link
        return known[list_path, selector]

    return find


def all_pages() -> Iterable[Page]:
    """The pages of all rooms."""
    for room in settings.ROOMS:
        name = f"tests.{room}.pages"
        if util.find_spec(name):
            yield from import_module(name).PAGES


def elsewhere() -> set[str]:
    """The addresses that are no page of their own, or opened in another test."""
    found: set[str] = set()
    for room in settings.ROOMS:
        name = f"tests.{room}.pages"
        if util.find_spec(name):
            found |= set(getattr(import_module(name), "ELSEWHERE", ()))
    return found
