"""Panels: a page shows what other rooms know of its subject.

A slot on the page of a record is called as the record is: ``task``, ``report_run``. The other
slots are parts of pages, such as ``overview_card``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# Takes the request and the subject; returns the template's variables, or None when there is
# nothing to show.
Content = Callable[[Any, Any], dict[str, Any] | None]

# The slot of a panel that stands on the page of every record, whichever it is.
EVERY_RECORD = "*"


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page that another room brings."""

    slot: str
    template: str
    content: Content
    position: int = 100

    def stands_in(self, slot: str, subject: Any) -> bool:
        """Whether the panel is shown in this slot of a page about the subject."""
        if self.slot == EVERY_RECORD:
            return bool(slot.replace("_", "") == subject._meta.model_name)
        return self.slot == slot


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Show the panel on every page that offers its slot, or that of ``EVERY_RECORD``."""
    _panels.append(panel)


def render(slot: str, request: HttpRequest, subject: Any) -> list[SafeString]:
    """Return the rendered panels of a slot for this subject, in order."""
    contents = (
        (panel.template, panel.content(request, subject))
        for panel in sorted(_panels, key=lambda panel: panel.position)
        if panel.stands_in(slot, subject)
    )
    return [
        render_to_string(template, content, request=request)
        for template, content in contents
        if content is not None
    ]
