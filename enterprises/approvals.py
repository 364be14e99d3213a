"""What is asked of the second person, in words."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from enterprises.choices import ProposedAct
from enterprises.models import KeyListEntry

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Change:
    """A field of an entry as it is now and as it shall be."""

    label: str
    now: str
    then: str


def what_is_asked(entry: KeyListEntry) -> str:
    """Return the act that waits: a new entry with its days, or a change of one that counts."""
    if entry.proposal:
        return str(ProposedAct(entry.proposal["act"]).label)
    first, last = f"{entry.valid_from:%d/%m/%Y}", _day(entry.valid_to)
    told = _("New: from %(first)s to %(last)s") % {"first": first, "last": last}
    return f"{told}, {entry.decision_number}" if entry.decision_number else told


def changes_asked(entry: KeyListEntry) -> Iterator[Change]:
    """Return what a proposed change would change in the entry as it is now."""
    for name, value in (entry.proposal or {}).get("after", {}).items():
        now, then = _shown(getattr(entry, name)), _shown(value)
        if now != then:
            yield Change(_label(name), now, then)


def _label(name: str) -> str:
    field = KeyListEntry._meta.get_field(name)
    related = field.related_model
    words = related._meta.verbose_name if isinstance(related, type) else field.verbose_name  # type: ignore[union-attr]
    return capfirst(str(words))


def _shown(value: Any) -> str:
    if value in (None, ""):
        return NOTHING
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    try:
        return f"{dt.date.fromisoformat(str(value)):%d/%m/%Y}"
    except ValueError:
        return str(value)


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else _("open")
