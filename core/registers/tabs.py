"""Tabs: the pages of one subject, to which upper rooms may add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a subject (``plan``): its label, URL name, address and place in the row."""

    subject: str
    label: str | Promise
    url_name: str
    url: Callable[[Any], str]
    position: int


_tabs: list[Tab] = []


def register(tab: Tab) -> None:
    """Show the tab on every page of its subject."""
    _tabs.append(tab)


def row(subject: str, request: HttpRequest, of: Any) -> list[tuple[str, str, bool]]:
    """Return label, address and whether it is this page, for each tab of the subject."""
    current = request.resolver_match.url_name if request.resolver_match else None
    return [
        (str(tab.label), tab.url(of), tab.url_name == current)
        for tab in sorted(_tabs, key=lambda tab: tab.position)
        if tab.subject == subject
    ]
