"""Brings rows into step with a file: what is new, what changed, what must not vanish."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.searchable import Searchable
from core.text import search_key
from programs.models import Plan

ModelT = TypeVar("ModelT", bound=Model)
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was added or changed; ``before`` is ``None`` for an added one."""

    label: str
    code: str
    before: dict[str, Any] | None
    after: dict[str, Any]


@dataclass
class PlanSync:
    """The changes that a file brings to the tables of a plan."""

    plan: Plan
    changes: list[Change] = field(default_factory=list)
    rows_by_label: Counter[str] = field(default_factory=Counter)

    def rows(
        self,
        existing: QuerySet[ModelT],
        wanted: Mapping[str, Values],
        *,
        key: str = "code",
        removable: bool = False,
    ) -> dict[str, ModelT]:
        """Bring the rows of ``existing`` into step with ``wanted`` and return them by key.

        ``key`` is the attribute that names a row; one on a path (``task.code``) is in ``values``.
        A row that the file no longer names is removed if nothing hangs on such rows
        (``removable``); otherwise the file is refused: facts may rest on the row.
        """
        model = existing.model
        label = str(model._meta.verbose_name_plural)
        present = {attrgetter(key)(row): row for row in existing}
        self._leave_out(present, wanted, label, removable=removable)
        added, changed, changed_fields = [], [], set()
        for code, values in wanted.items():
            row = present.get(code)
            if row is None:
                named = {} if "." in key else {key: code}
                row = model(**named, **values)
                added.append(row)
                self.changes.append(Change(label, code, None, _told(model, values)))
            else:
                differing = [
                    name for name in values if _stored(row, name) != _wanted(row, name, values)
                ]
                if differing:
                    before = {name: _stored(row, name) for name in differing}
                    for name in differing:
                        setattr(row, name, values[name])
                    changed.append(row)
                    changed_fields.update(differing)
                    after = _told(model, {name: values[name] for name in differing})
                    self.changes.append(Change(label, code, before, after))
            present[code] = row
        for row in (*added, *changed):
            if isinstance(row, Searchable):
                row.search_key = search_key(row.searched_text())
                changed_fields.add("search_key")
        model._default_manager.bulk_create(added)
        if changed:
            model._default_manager.bulk_update(changed, sorted(changed_fields))
        self.rows_by_label[label] += len(wanted)
        return {code: present[code] for code in wanted}

    def links(self, row: Model, name: str, code: str, wanted: Iterable[Any]) -> None:
        """Bring a many-to-many field of a row into step; what is linked is named by its code."""
        manager = getattr(row, name)
        before = {linked.code for linked in manager.all()}
        linked_rows = list(wanted)
        after = {linked.code for linked in linked_rows}
        if before != after:
            manager.set(linked_rows)
            label = str(row._meta.verbose_name_plural)
            told_before = {name: sorted(before)} if before else None
            self.changes.append(Change(label, code, told_before, {name: sorted(after)}))

    def _leave_out(
        self, present: dict[str, Any], wanted: Mapping[str, Values], label: str, *, removable: bool
    ) -> None:
        gone = [code for code in present if code not in wanted]
        if gone and not removable:
            told = _(
                "The file no longer holds %(codes)s (%(label)s), which the portal keeps; "
                "put them back into the file."
            )
            raise DomainError(told % {"codes": ", ".join(gone), "label": label})
        for code in gone:
            row = present.pop(code)
            before = {name: _stored(row, name) for name in ("text", "code") if hasattr(row, name)}
            row.delete()
            self.changes.append(Change(label, code, before, {}))


def _field(row: Model, name: str) -> Any:
    return row._meta.get_field(name)


def _stored(row: Model, name: str) -> Any:
    return getattr(row, _field(row, name).attname)


def _wanted(row: Model, name: str, values: Values) -> Any:
    value = values[name]
    if isinstance(value, Model):
        return value.pk
    return _field(row, name).get_prep_value(value) if isinstance(value, str) else value


def _told(model: type[Model], values: Values) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, Model) else value
        for name, value in values.items()
        if name != "plan"
    }
