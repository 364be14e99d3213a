"""Panels: a page of a lower room shows what upper rooms know of its subject."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# Takes the request and the subject; returns the template's variables, or None when there is
# nothing to show.
Content = Callable[[Any, Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page that an upper room brings."""

    slot: str
    template: str
    content: Content
    position: int = 100


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Show the panel on every page that offers its slot (``task``, ``overview``, …)."""
    _panels.append(panel)


def render(slot: str, request: HttpRequest, subject: Any) -> list[SafeString]:
    """Return the rendered panels of a slot for this subject, in order."""
    contents = (
        (panel.template, panel.content(request, subject))
        for panel in sorted(_panels, key=lambda panel: panel.position)
        if panel.slot == slot
    )
    return [
        render_to_string(template, content, request=request)
        for template, content in contents
        if content is not None
    ]
