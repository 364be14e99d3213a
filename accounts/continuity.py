"""What areas and organisations share: days that agree with their successions, no circle."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.errors import DomainError

ONE_DAY = dt.timedelta(days=1)


def day_text(day: dt.date) -> str:
    """Return a day as people write it."""
    return day.strftime("%d/%m/%Y")


def refuse_uncontinued_dates(record: Any) -> None:
    """Refuse dates of a record that do not meet the days of its successions.

    Raises ``ValidationError`` at the field to correct.
    """
    if record.pk is None or record.valid_from is None:
        return
    if passed := record.successions.order_by("on").first():
        last = passed.on - ONE_DAY
        if record.valid_to != last:
            told = _("The work passed to %(name)s on %(on)s, so the last day here is %(last)s.")
            values = {"name": passed.successor, "on": day_text(passed.on), "last": day_text(last)}
            raise ValidationError({"valid_to": told % values})
    taken = record.predecessions.order_by("on")
    if (first := taken.first()) and first.on < record.valid_from:
        told = _("It took over the work of %(name)s on %(on)s, so it cannot begin later.")
        values = {"name": first.predecessor, "on": day_text(first.on)}
        raise ValidationError({"valid_from": told % values})
    if record.valid_to and (latest := taken.last()) and latest.on > record.valid_to:
        told = _("It took over the work of %(name)s on %(on)s, so it cannot end before.")
        values = {"name": latest.predecessor, "on": day_text(latest.on)}
        raise ValidationError({"valid_to": told % values})


def refuse_own_part(record: Any, name: str) -> None:
    """Refuse a record that stands above itself by way of its field ``name``."""
    above, seen = getattr(record, name), set()
    while above is not None and above.pk not in seen:
        if record.pk is not None and above.pk == record.pk:
            raise ValidationError({name: _("It cannot stand below itself; choose another one.")})
        seen.add(above.pk)
        above = getattr(above, name)


def refuse_impossible(old: Any, new: Sequence[Any], on: dt.date, lineage: Any) -> None:
    """Raise ``DomainError`` when these records cannot continue this one from the day.

    Serves organisations and areas alike; ``lineage`` is an ``accounts.lineage.Lineage``.
    """
    if not new:
        raise DomainError(_("Choose at least one successor."))
    for one in new:
        names = {"old": old, "new": one}
        if one.pk == old.pk:
            raise DomainError(_("%(old)s cannot succeed itself; choose another one.") % names)
        if one.pk in {key for _on, key in lineage.after.get(old.pk, ())}:
            raise DomainError(_("That %(new)s continues %(old)s is recorded already.") % names)
        if lineage.descends(old.pk, one.pk):
            told = _("%(old)s itself continues %(new)s: this succession would close a circle.")
            raise DomainError(told % names)
    _refuse_days(old, on, {day for day, _key in lineage.after.get(old.pk, ())})
    for one in new:
        if on < one.valid_from or (one.valid_to and one.valid_to < on):
            told = _("%(new)s does not exist on %(on)s; correct the day or choose another one.")
            raise DomainError(told % {"new": one, "on": day_text(on)})


def _refuse_days(old: Any, on: dt.date, recorded: Collection[dt.date]) -> None:
    values = {"old": old, "on": day_text(on)}
    if recorded and on not in recorded:
        told = _("The work of %(old)s passed on %(day)s already; enter that day.")
        raise DomainError(told % {**values, "day": day_text(min(recorded))})
    if on <= old.valid_from:
        told = _("%(old)s begins on %(day)s; a successor can begin on a later day only.")
        raise DomainError(told % {**values, "day": day_text(old.valid_from)})
    if old.valid_to and old.valid_to + ONE_DAY != on:
        told = _("%(old)s ends on %(last)s, so its successor begins on %(next)s, not on %(on)s.")
        days = {"last": day_text(old.valid_to), "next": day_text(old.valid_to + ONE_DAY)}
        raise DomainError(told % {**values, **days})
