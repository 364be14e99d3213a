"""Entries of one list for one subject never overlap: checked as all will stand together."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.spreadsheets.rows import Row
from core.spreadsheets.sheets import Existing, Key, Sheet, Span

# One entry: its first and last day, and the row of the file that brings it, if one does.
Entry = tuple[dt.date, dt.date, Row | None]


def check_spans(sheet: Sheet, rows: Collection[Row], stored: Mapping[Key, Existing]) -> None:
    """Add to the problems of rows whose days overlap those of another row or stored record."""
    for span in sheet.spans:
        if span.apart:
            # A row that turns out to be wrong leaves its record as it is stored, which may in
            # turn stand in the way of another row.
            while _find_overlaps(sheet, span, rows, stored):
                pass


def _find_overlaps(
    sheet: Sheet, span: Span, rows: Collection[Row], stored: Mapping[Key, Existing]
) -> bool:
    entries: dict[Key, list[Entry]] = defaultdict(list)
    replaced = set()
    for row in rows:
        if row.problems or not row.final.get(span.first):
            continue
        entries[_subject(span, row.final)].append(_entry(span, row.final, row))
        if row.existing:
            replaced.add(row.existing.pk)
    for existing in {record.pk: record for record in stored.values()}.values():
        subject = _subject(span, existing.values)
        if existing.pk not in replaced and subject in entries:
            entries[subject].append(_entry(span, existing.values, None))
    found = False
    for held in entries.values():
        for one, other in _overlapping(held):
            for held_by, opposite in ((one[2], other), (other[2], one)):
                if held_by is not None:
                    held_by.wrong(span.first, _told(opposite))
                    found = True
    return found


def _overlapping(entries: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield each entry that begins before an earlier one has ended, with that one."""
    ordered = sorted(entries, key=lambda entry: entry[:2])
    longest = ordered[0]
    for entry in ordered[1:]:
        if entry[0] <= longest[1]:
            yield longest, entry
        if entry[1] > longest[1]:
            longest = entry


def _subject(span: Span, values: Mapping[str, Any]) -> Key:
    return tuple(values.get(name) for name in span.apart)


def _entry(span: Span, values: Mapping[str, Any], row: Row | None) -> Entry:
    return (values[span.first], values.get(span.last) or dt.date.max, row)


def _told(other: Entry) -> str:
    first, last, row = other
    days = f"{first:%d/%m/%Y} – " + ("" if last == dt.date.max else f"{last:%d/%m/%Y}")
    if row is None:
        return _("The days overlap an entry in the portal: %(days)s.") % {"days": days}
    told = _("The days overlap row %(row)d: %(days)s.")
    return told % {"row": row.number, "days": days}
