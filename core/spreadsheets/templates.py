"""Workbooks that people start from: the empty template, and records to edit and import again."""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.spreadsheets.cells import EXAMPLE
from core.spreadsheets.columns import Column, Need
from core.spreadsheets.reading import GUIDE_SHEET, LISTS_SHEET
from core.spreadsheets.sheets import Ref, Register, Sheet

# So many rows below the headers get drop-down lists and formats.
PREPARED_ROWS = 5_000
FIRST_LIST_ROW = 2


class _Book:
    """A workbook being written, with its hidden sheet of lists."""

    def __init__(self, target: io.BytesIO, register: Register, sheets: Iterable[Sheet]) -> None:
        self.book = xlsxwriter.Workbook(
            target, {"constant_memory": True, "strings_to_formulas": False}
        )
        self.register = register
        self.formats: dict[tuple[str, bool], Format] = {}
        self.lists: dict[tuple[str, ...], str] = {}
        self.sheets = list(sheets)
        common = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
        self.heading = self.book.add_format({**common, "bg_color": "#E3EFEB"})
        self.needed = self.book.add_format({**common, "bg_color": "#F7D58A"})
        self.strong = self.book.add_format({"bold": True, "font_size": 14})
        self.text = self.book.add_format({"text_wrap": True, "valign": "top"})

    def format_of(self, column: Column, *, example: bool = False) -> Format:
        """Return the format of the cells of a column."""
        key = (column.kind.excel_format, example)
        if key not in self.formats:
            values: dict[str, Any] = {"num_format": key[0]}
            if example:
                values |= {"italic": True, "font_color": "#5F6B68"}
            self.formats[key] = self.book.add_format(values)
        return self.formats[key]

    def start(self, sheet: Sheet) -> Worksheet:
        """Add a sheet with its headers, formats and drop-down lists."""
        page = self.book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.kind.width, self.format_of(column))
            needed = column.need is not Need.NEVER
            page.write_string(0, place, column.full_header, self.needed if needed else self.heading)
            if source := self._source(column):
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                rule["error_title"] = _("Not in the list")
                rule["error_message"] = _("This value is not in the list. Keep it all the same?")
                page.data_validation(1, place, PREPARED_ROWS, place, rule)
        return page

    def _source(self, column: Column) -> str:
        """Return where the drop-down list of a column lies, if it has one."""
        catalogue = self.register.catalogues.get(column.refers)
        options = column.kind.options
        if catalogue is not None and catalogue.options is not None:
            options = list(catalogue.options())
        if not options:
            return ""
        key = tuple(options)
        if key not in self.lists:
            letter = xlsxwriter.utility.xl_col_to_name(len(self.lists))
            first, last = FIRST_LIST_ROW + 1, FIRST_LIST_ROW + len(options)
            self.lists[key] = f"={LISTS_SHEET}!${letter}${first}:${letter}${last}"
        return self.lists[key]

    def finish(self) -> None:
        """Write the hidden sheet of lists with the version of the template."""
        page = self.book.add_worksheet(LISTS_SHEET)
        page.hide()
        page.write_string(0, 0, _("Version of the template"))
        page.write_string(0, 1, version_of(self.sheets))
        lists = list(self.lists)
        for row in range(max(map(len, lists), default=0)):
            for place, options in enumerate(lists):
                if row < len(options):
                    page.write_string(FIRST_LIST_ROW + row, place, options[row])
        self.book.close()


def version_of(sheets: Iterable[Sheet]) -> str:
    """Return the date of the newest change of these sheets."""
    return max(sheet.since for sheet in sheets).isoformat()


def template(register: Register) -> io.BytesIO:
    """Return the empty template: every sheet with its headers, lists and one example row."""
    target = io.BytesIO()
    book = _Book(target, register, register.sheets.values())
    _write_guide(book)
    for sheet in book.sheets:
        page = book.start(sheet)
        for place, column in enumerate(sheet.columns):
            example = EXAMPLE if place == 0 else column.example
            if example is not None:
                _write(page, 1, place, column, example, book.format_of(column, example=True))
    book.finish()
    target.seek(0)
    return target


def records_workbook(register: Register, sheet: Sheet, records: QuerySet[Any]) -> io.BytesIO:
    """Return records as rows of their sheet, to be edited in Excel and imported again.

    What belongs to them comes along, each in its own sheet.
    """
    target = io.BytesIO()
    chosen = records.order_by().values("pk")
    found = {sheet: sheet.editable(sheet.records()).filter(pk__in=chosen)}
    for other in register.sheets.values():
        parent = other.by_name.get(other.belongs_to)
        if parent is not None and parent.refers == sheet.name:
            of_parent = {f"{parent.field}__in": chosen}
            found[other] = other.editable(other.records()).filter(**of_parent)
    book = _Book(target, register, found)
    for one, of_sheet in found.items():
        _write_records(book, one, of_sheet)
    book.finish()
    target.seek(0)
    return target


def _write_records(book: _Book, sheet: Sheet, records: QuerySet[Any]) -> None:
    page = book.start(sheet)
    formats = [book.format_of(column) for column in sheet.columns]
    key = [sheet.column(name) for name in sheet.key]
    ordered = records.order_by(*(column.path or column.field for column in key), "pk")
    for row, existing in enumerate(sheet.existing(ordered), start=1):
        for place, column in enumerate(sheet.columns):
            value = existing.values.get(column.name)
            value = value.label if isinstance(value, Ref) else value
            if value is not None and value != "":
                _write(page, row, place, column, value, formats[place])


def _write(
    page: Worksheet, row: int, place: int, column: Column, value: Any, style: Format
) -> None:
    factor = column.kind.unit(column.unit) if column.unit else 1
    held = value if value == EXAMPLE else column.kind.write(value)
    match held:
        case None:
            return
        case str():
            page.write_string(row, place, held, style)
        case int() | float():
            page.write_number(row, place, held / factor if factor > 1 else held, style)
        case dt.date():
            page.write_datetime(row, place, held, style)
        case _other:
            page.write_number(row, place, float(held) / factor, style)


def _write_guide(book: _Book) -> None:
    page = book.book.add_worksheet(GUIDE_SHEET)
    page.set_column(0, 0, 110, book.text)
    page.write_string(0, 0, _("How to fill in this workbook"), book.strong)
    for row, told in enumerate(
        (
            _("Fill in the sheets that you need and leave the others as they are."),
            _("Yellow headers must be filled; row 1 stays as it is; the example row is ignored."),
            _("An empty cell changes nothing; a cell with - takes away what is stored."),
            _("Dates: day/month/year, the year with four digits, for instance 31/12/2026."),
            _("Amounts are in đồng unless the header says (triệu đồng)."),
            _("Tax codes are text: 10 digits, 10-3 for a dependent unit, 12 of a person."),
            _("For yes write x; leave the cell empty for no."),
            _("A row whose yellow cells are in the portal already changes that record."),
            _("Everything is checked before anything is imported, and you see what will happen."),
        ),
        start=2,
    ):
        page.write_string(row, 0, told, book.text)
