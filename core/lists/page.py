"""The page of a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django_tables2 import RequestConfig

from core.lists.export import workbook_response
from core.lists.filters import ListFilter
from core.lists.tables import ListTable, StableData
from core.spreadsheets import register
from core.spreadsheets.templates import records_workbook
from core.text import normalise

PAGE_SIZE = 50
COLUMNS_PARAMETER = "columns"
EXPORT_PARAMETER = "export"


@dataclass
class ListOnPage:
    """A list as its template sees it."""

    table: ListTable
    filter: ListFilter
    columns: list[tuple[str, str, bool]]
    query: str
    export_url: str
    # Where the same records come as rows to edit and import again, for those who may.
    sheet_url: str = ""

    @property
    def count(self) -> int:
        """How many records pass the filter, on all pages."""
        return self.table.paginator.count

    @property
    def filtered(self) -> bool:
        """Whether any filter narrows the list."""
        return any(self.filter.form.cleaned_data.values()) if self.filter.is_valid() else True


def list_page(
    request: HttpRequest,
    *,
    queryset: QuerySet[Any],
    filter_class: Callable[..., ListFilter],
    table_class: type[ListTable],
    template: str,
    export_name: str,
    context: dict[str, Any] | None = None,
    table_options: dict[str, Any] | None = None,
    sheet: str = "",
    told_of: Callable[[Any], dict[str, Any]] = lambda _listed: {},
) -> HttpResponseBase:
    """Return the list page, or with ``?export=xlsx`` the workbook of exactly what it lists.

    ``queryset`` holds what the person may see (``visible_to``) with everything the table shows
    already joined, so that the number of queries does not depend on the number of rows.
    ``sheet`` names the sheet of the data workbook whose rows these records are; with
    ``?export=sheet`` they then come to be edited and imported again. Give it to those alone who
    may import. ``told_of`` takes the records that pass the filter and returns what the page tells
    of them all.
    """
    filters = filter_class(request.GET, queryset=queryset)
    listed = filters.qs if filters.is_valid() else queryset.none()
    switchable = [n for n in table_class.base_columns if n not in table_class.lasting_columns]
    chosen = [name for name in request.GET.getlist(COLUMNS_PARAMETER) if name in switchable]
    shown = chosen or table_class.first_columns or switchable
    hidden = [name for name in switchable if name not in shown]
    table = table_class(StableData(listed), exclude=hidden, **(table_options or {}))
    RequestConfig(request, paginate={"per_page": PAGE_SIZE}).configure(table)
    if request.GET.get(EXPORT_PARAMETER) == "xlsx":
        names = [column.name for column in table.columns]
        day = timezone.localdate().isoformat()
        ordered = table.data.data
        return workbook_response(table, names, ordered, export_name, f"{export_name}-{day}.xlsx")
    if sheet and request.GET.get(EXPORT_PARAMETER) == "sheet":
        day = timezone.localdate().isoformat()
        book = records_workbook(register, register.sheets[sheet], listed)
        return FileResponse(book, as_attachment=True, filename=f"{export_name}-sua-{day}.xlsx")
    parameters = request.GET.copy()
    parameters.pop("page", None)
    parameters[EXPORT_PARAMETER] = "sheet"
    sheet_url = f"?{parameters.urlencode()}" if sheet else ""
    parameters[EXPORT_PARAMETER] = "xlsx"
    on_page = ListOnPage(
        table=table,
        filter=filters,
        columns=[
            (name, str(table_class.base_columns[name].verbose_name), name not in hidden)
            for name in switchable
        ],
        query=normalise(request.GET.get("q", "")),
        export_url=f"?{parameters.urlencode()}",
        sheet_url=sheet_url,
    )
    return render(request, template, {"list": on_page, **(context or {}), **told_of(listed)})
