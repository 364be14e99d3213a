"""An entry of the history in words, and the newest ones on the page of their record."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.requests import UserRequest
from accounts.selectors import entries_visible_to, is_reviewer
from audit.models import Entry, record_type
from core.registers import acts

NEWEST = 5
NOTHING = "–"
MOMENT = "H:i:s d/m/Y"


@dataclass(frozen=True, slots=True)
class Change:
    """What an act recorded of one field."""

    label: str
    before: str
    after: str
    changed: bool


def history_panel(request: UserRequest, subject: models.Model) -> dict[str, Any] | None:
    """Return the newest acts on a record, for those who may see the history."""
    if not is_reviewer(request.user):
        return None
    entries = entries_visible_to(request.user).about(subject)[:NEWEST]
    return {
        "history": [(entry, acts.label(entry.act)) for entry in entries],
        "url": history_url(record_type(subject), str(subject.pk)),
    }


def history_url(kind: str, key: str) -> str:
    """Return the address of the history of one record."""
    return f"{reverse('entry_list')}?{urlencode({'kind': kind, 'record': key})}"


def kind_label(kind: str) -> str:
    """Return what the records of a kind are called; one that is no more keeps its name."""
    model = _model(kind)
    return capfirst(str(model._meta.verbose_name)) if model else kind


def changes_of(entry: Entry) -> list[Change]:
    """Return what an entry recorded, field by field, those that changed first."""
    before, after = entry.before or {}, entry.after or {}
    model = _model(entry.target_type)
    changes = []
    for name in {**before, **after}:
        field = _field(model, name)
        old, new = _shown(before.get(name), field), _shown(after.get(name), field)
        changes.append(Change(_field_label(field, name), old, new, old != new))
    return sorted(changes, key=lambda change: not change.changed)


def _model(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def _field(model: type[models.Model] | None, name: str) -> "models.Field[Any, Any] | None":
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _field_label(field: "models.Field[Any, Any] | None", name: str) -> str:
    if field is None:
        return capfirst(acts.detail_label(name))
    related = field.related_model
    if isinstance(related, type):
        return capfirst(str(related._meta.verbose_name))
    return capfirst(str(field.verbose_name))


def _shown(value: Any, field: "models.Field[Any, Any] | None" = None) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    match value:
        case bool():
            return _("yes") if value else _("no")
        case list():
            between = "\n" if isinstance(value[0], dict) else "; "
            return between.join(_shown(one) for one in value)
        case dict():
            return "; ".join(f"{acts.detail_label(key)}: {_shown(value[key])}" for key in value)
        case str() if field is not None:
            return _shown_text(value, field)
    return str(value)


def _shown_text(value: str, field: "models.Field[Any, Any]") -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    try:
        if isinstance(field, models.DateTimeField):
            return date_format(timezone.localtime(dt.datetime.fromisoformat(value)), MOMENT)
        if isinstance(field, models.DateField):
            return date_format(dt.date.fromisoformat(value), "d/m/Y")
    except ValueError:
        # The field was of another kind when the act was recorded.
        return value
    return value
