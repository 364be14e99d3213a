"""Taking a run back: every record returns to what it was, if nobody has touched it since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.spreadsheets.applying import Act, Change, store

Records = Mapping[int, models.Model]


def in_the_way(changes: Iterable[Change]) -> Iterator[str]:
    """Yield a sentence for each record that is no longer as the run left it.

    Locks the records for this transaction, in the order of their keys.
    """
    grouped: dict[type[models.Model], dict[int, list[Change]]] = defaultdict(dict)
    for change in changes:
        if change.act is not Act.COUNT:
            grouped[change.model].setdefault(change.pk, []).append(change)
    made = {
        model: {pk for pk, done in of_model.items() if done[0].act is Act.CREATE}
        for model, of_model in grouped.items()
    }
    for model, of_model in grouped.items():
        records = _locked(model, of_model)
        for pk, done in of_model.items():
            # A record that was made and then counted on is as the last change left it.
            after = {name: value for change in done for name, value in change.after.items()}
            record = records.get(pk)
            if record is None:
                told = _("%(kind)s number %(pk)d is no longer there.")
                yield told % {"kind": _kind(model), "pk": pk}
            elif any(not _same(record, name, value) for name, value in after.items()):
                told = _("%(kind)s “%(record)s” was changed after the import.")
                yield told % {"kind": _kind(model), "record": record}
        yield from _hanging_on(model, made)


def take_back(changes: Sequence[Change]) -> None:
    """Undo changes, the last step first; ``in_the_way`` has found nothing."""
    steps: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        steps[change.step].append(change)
    for step in sorted(steps, reverse=True):
        done = steps[step]
        model, act = done[0].model, done[0].act
        if act is Act.CREATE:
            model._base_manager.filter(pk__in=[change.pk for change in done]).delete()
        elif act is Act.UPDATE:
            store(model, {change.pk: _read(model, change.before) for change in done})
        else:
            _take_back_counts(model, done)


def _take_back_counts(model: type[models.Model], done: Iterable[Change]) -> None:
    """Count back where nobody has counted on since; where somebody has, count on."""
    changes = {change.pk: change for change in done}
    records = model._base_manager.filter(pk__in=changes).order_by("pk").select_for_update()
    versions = {}
    for pk, version in records.values_list("pk", "version"):
        change = changes[pk]
        untouched = version == change.after["version"]
        versions[pk] = {"version": change.before["version"] if untouched else version + 1}
    store(model, versions)


def _locked(model: type[models.Model], pks: Iterable[int]) -> Records:
    records = model._base_manager.filter(pk__in=list(pks)).order_by("pk")
    return {record.pk: record for record in records.select_for_update()}


def _same(record: models.Model, name: str, value: Any) -> bool:
    return bool(getattr(record, name) == _field(type(record), name).to_python(value))


def _read(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _field(model, name).to_python(value) for name, value in values.items()}


def _field(model: type[models.Model], attname: str) -> "models.Field[Any, Any]":
    return next(part for part in model._meta.concrete_fields if part.attname == attname)


def _hanging_on(
    model: type[models.Model], made: Mapping[type[models.Model], set[int]]
) -> Iterator[str]:
    """Yield a sentence for each record that was hung on one that the run made."""
    if not made[model]:
        return
    for relation in model._meta.related_objects:
        other = relation.related_model
        if relation.on_delete is models.CASCADE or not isinstance(
            relation.field, models.ForeignKey
        ):
            continue
        hanging = other._base_manager.filter(**{f"{relation.field.attname}__in": made[model]})
        for record in hanging.exclude(pk__in=made.get(other, set())):
            told = _("%(kind)s “%(record)s” was recorded after the import.")
            yield told % {"kind": _kind(other), "record": record}


def _kind(model: type[models.Model]) -> str:
    name = str(model._meta.verbose_name)
    return name[:1].upper() + name[1:]
