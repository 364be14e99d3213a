"""Importing data: a file is brought, checked, looked at, imported by choice, perhaps undone."""

from collections import defaultdict
from pathlib import PurePath
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.errors import DomainError
from core.http import domain_errors_as_messages, quiet
from core.lists import list_page
from core.spreadsheets import register
from core.spreadsheets.marking import Mark, mark_workbook
from core.spreadsheets.planning import find_sheets
from core.spreadsheets.reading import Book
from core.spreadsheets.templates import template, version_of
from documents import policies, services
from documents.choices import ImportStatus, RowOutcome
from documents.filters import ImportRowFilter, ImportRunFilter
from documents.forms import ImportUploadForm
from documents.models import ImportRun
from documents.tables import CHIPS, ImportRowTable, ImportRunTable
from documents.tasks import import_run_work

POLL_SECONDS = 2
IN_MEMORY = 1 << 20


@require_safe
def import_run_list(request: UserRequest) -> HttpResponseBase:
    """List the imports, with the form to bring a file."""
    _require_importer(request)
    return _list(request, ImportUploadForm())


def _list(request: UserRequest, form: ImportUploadForm) -> HttpResponseBase:
    runs = ImportRun.objects.visible_to(request.user)
    return list_page(
        request,
        queryset=runs.select_related("asked_by"),
        filter_class=ImportRunFilter,
        table_class=ImportRunTable,
        template="documents/import_run_list.html",
        export_name="nhap-du-lieu",
        context={"form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_run_upload(request: UserRequest) -> HttpResponseBase:
    """Bring a file; who comes here by address is led to the list."""
    _require_importer(request)
    if request.method != "POST":
        return redirect("import_run_list")
    form = ImportUploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            run = services.import_run_upload(
                file=form.cleaned_data["file"], by=request.user, dispatch=import_run_work.delay
            )
        except DomainError as error:
            form.add_error("file", error.message)
        else:
            return redirect(run)
    return _list(request, form)


@require_safe
def import_template(request: UserRequest) -> FileResponse:
    """Hand out the template to fill in."""
    _require_importer(request)
    name = f"mau-so-lieu-{version_of(register.sheets.values())}.xlsx"
    return FileResponse(template(register), as_attachment=True, filename=name)


@require_safe
def import_run_detail(request: UserRequest, pk: int) -> HttpResponseBase:
    """Show how far an import is: progress, preview with the decision, or result."""
    run = _run(request, pk)
    context = {
        "run": run,
        "chip": CHIPS[run.status],
        "poll_seconds": POLL_SECONDS,
        "confirm_all": policies.can_confirm(request.user, run, good_rows=False),
        "confirm_good": policies.can_confirm(request.user, run, good_rows=True),
        "undo": policies.can_undo(request.user, run),
    }
    if run.at_work or run.status == ImportStatus.REFUSED:
        return render(request, "documents/import_run_work.html", context)
    sheets = [
        (sheet.name, sheet.title, run.counts[sheet.name])
        for sheet in register.sheets.values()
        if sheet.name in run.counts
    ]
    totals = {outcome.value: run.total(outcome) for outcome in RowOutcome}
    return list_page(
        request,
        queryset=run.rows.wrong_first(),
        filter_class=ImportRowFilter,
        table_class=ImportRowTable,
        template="documents/import_run_detail.html",
        export_name="xem-truoc",
        context={**context, "sheets": sheets, "totals": totals},
    )


@quiet
@require_safe
def import_run_progress(request: UserRequest, pk: int) -> HttpResponse:
    """Return the progress alone, for the page that asks again and again."""
    run = _run(request, pk)
    if not run.at_work:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    context = {"run": run, "chip": CHIPS[run.status], "poll_seconds": POLL_SECONDS}
    return render(request, "documents/partials/import_progress.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_run_confirm(request: UserRequest, pk: int) -> HttpResponse:
    """Import a checked file: all of it, or the good rows (``rows=good``)."""
    run = _run(request, pk)
    if request.method == "POST":
        with domain_errors_as_messages(request):
            services.import_run_confirm(
                run=run,
                good_rows=request.POST.get("rows") == "good",
                by=request.user,
                dispatch=import_run_work.delay,
            )
    return redirect(run)


@require_http_methods(["GET", "HEAD", "POST"])
def import_run_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Take the last import back."""
    run = _run(request, pk)
    if request.method == "POST":
        with domain_errors_as_messages(request):
            services.import_run_undo(run=run, by=request.user, dispatch=import_run_work.delay)
    return redirect(run)


@require_safe
def import_run_marked(request: UserRequest, pk: int) -> FileResponse:
    """Hand the file back with its wrong cells marked and commented."""
    run = _run(request, pk)
    marks: dict[str, list[Mark]] = defaultdict(list)
    wrong = run.rows.filter(outcome=RowOutcome.WRONG)
    for sheet, number, problems in wrong.values_list("sheet", "number", "problems"):
        for told in problems:
            place = told["place"]
            text = told["message"] if place is not None else f"{told['column']}: {told['message']}"
            marks[sheet].append(Mark(number, place or 0, text))
    if not marks:
        raise Http404
    # Closed by the answer that hands it out.
    target = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    with _opened(run) as source:
        book = Book(source)
        titles, _skipped = find_sheets(book, register)
        book.close()
        source.seek(0)
        mark_workbook(source, target, {titles[name]: of for name, of in marks.items()})
    target.seek(0)
    name = f"{PurePath(run.name).stem}-danh-dau-loi.xlsx"
    return FileResponse(target, as_attachment=True, filename=name)


@require_safe
def import_run_file(request: UserRequest, pk: int) -> FileResponse:
    """Hand out the file as it was brought."""
    run = _run(request, pk)
    return FileResponse(_opened(run), as_attachment=True, filename=run.name)


def _opened(run: ImportRun) -> IO[bytes]:
    try:
        return cast("IO[bytes]", run.file.open("rb"))
    except FileNotFoundError as error:
        raise Http404(_("The file is not there; tell the administrator.")) from error


def _run(request: UserRequest, pk: int) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.user)
    people = runs.select_related("asked_by", "confirmed_by", "undo_asked_by")
    return get_object_or_404(people, pk=pk)


def _require_importer(request: UserRequest) -> None:
    decision = policies.can_import(request.user)
    if not decision:
        raise PermissionDenied(decision.reason)
