"""A list as an Excel workbook, row by row, whatever its length."""

import datetime as dt
import io
from decimal import Decimal

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from xlsxwriter.format import Format

from core.lists.tables import ListTable

CHUNK = 2_000
SHEET_NAME_LENGTH = 31


def workbook_response(
    table: ListTable, columns: list[str], queryset: QuerySet, title: str, filename: str
) -> FileResponse:
    """Return the rows of the queryset, in its order, with these columns of the table.

    Text is written as text, so that ``=…`` in a record never becomes a formula.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(title[:SHEET_NAME_LENGTH])
    heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "hh:mm dd/mm/yyyy"})
    numbers: dict[int, Format] = {}
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(columns):
        label = str(table.columns[name].header)
        sheet.set_column(place, place, max(12, min(60, len(label) + 6)))
        sheet.write_string(0, place, label, heading)
    for row, record in enumerate(queryset.iterator(chunk_size=CHUNK), start=1):
        for place, name in enumerate(columns):
            match table.export_cell(name, record):
                case None:
                    continue
                case bool() as value:
                    sheet.write_string(row, place, "x" if value else "")
                case int() | Decimal() as value:
                    places = decimal_places(value)
                    if places not in numbers:
                        pattern = f"#,##0.{'0' * places}".rstrip(".")
                        numbers[places] = book.add_format({"num_format": pattern})
                    sheet.write_number(row, place, value, numbers[places])
                case dt.datetime() as value:
                    local = timezone.localtime(value).replace(tzinfo=None)
                    sheet.write_datetime(row, place, local, moment)
                case dt.date() as value:
                    sheet.write_datetime(row, place, value, day)
                case value:
                    sheet.write_string(row, place, str(value))
    book.close()
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=filename)


def decimal_places(value: int | Decimal) -> int:
    """Return how many decimals a number needs."""
    exponent = Decimal(value).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
