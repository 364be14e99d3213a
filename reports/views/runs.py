"""Asking for reports, watching them being made, taking them along."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.errors import DomainError, NotAllowedError
from core.http import quiet
from core.lists import list_page
from core.registers import panels
from programs.current import current_plan
from reports import policies, services
from reports.choices import FileFormat, PeriodKind
from reports.documents.files import document_of
from reports.filters import ReportRunFilter
from reports.forms import ReportAskForm
from reports.models import ReportFile, ReportRun
from reports.tables import CHIPS, ReportRunTable
from reports.tasks import report_run_render

POLL_SECONDS = 2


@require_safe
def report_run_list(request: UserRequest) -> HttpResponseBase:
    """List the reports that were asked for, with the form to ask for one."""
    return _list(request, form=None)


def _list(request: UserRequest, form: ReportAskForm | None) -> HttpResponseBase:
    plan = current_plan(request)
    decision = policies.can_ask_for_report(request.user)
    if plan and decision and form is None:
        form = ReportAskForm(plan=plan, today=timezone.localdate())
    runs = ReportRun.objects.visible_to(request.user)
    return list_page(
        request,
        queryset=runs.select_related("period", "plan", "asked_by"),
        filter_class=ReportRunFilter,
        table_class=ReportRunTable,
        template="reports/report_run_list.html",
        export_name="bao-cao",
        context={"plan": plan, "form": form, "decision": decision},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report_run_ask(request: UserRequest) -> HttpResponseBase:
    """Ask for the annual report of a year; who comes here by address is led to the list."""
    if request.method != "POST":
        return redirect(f"{reverse('report_run_list')}?{request.GET.urlencode()}")
    plan = current_plan(request)
    if plan is None:
        raise Http404
    form = ReportAskForm(request.POST, plan=plan, today=timezone.localdate())
    if not form.is_valid():
        return _list(request, form=form)
    try:
        run = services.report_run_ask(
            plan=plan,
            kind=PeriodKind.ANNUAL,
            year=form.cleaned_data["year"],
            by=request.user,
            dispatch=report_run_render.delay,
        )
    except NotAllowedError as error:
        raise PermissionDenied(error.message) from error
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("report_run_list")
    return redirect(run)


@require_safe
def report_run_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show how far a report is; when it is done, its files and what it says."""
    run = _run(request, pk)
    files: list[ReportFile] = list(run.snapshot.files.all()) if run.snapshot else []
    context = {
        "run": run,
        "chip": CHIPS[run.status],
        "poll_seconds": POLL_SECONDS,
        "restart": policies.can_restart(request.user, run),
        "files": sorted(files, key=lambda file: FileFormat.values.index(file.format)),
        "panels": panels.render("report_run", request, run),
    }
    return render(request, "reports/report_run_detail.html", context)


@quiet
@require_safe
def report_run_progress(request: UserRequest, pk: int) -> HttpResponse:
    """Return the progress alone, for the page that asks again and again."""
    run = _run(request, pk)
    if run.ended:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    context = {"run": run, "chip": CHIPS[run.status], "poll_seconds": POLL_SECONDS}
    return render(request, "reports/partials/progress.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report_run_restart(request: UserRequest, pk: int) -> HttpResponse:
    """Start a report again that failed; who comes here by address is led to its page."""
    run = _run(request, pk)
    if request.method != "POST":
        return redirect(run)
    try:
        services.report_run_restart(run=run, by=request.user, dispatch=report_run_render.delay)
    except NotAllowedError as error:
        raise PermissionDenied(error.message) from error
    except DomainError as error:
        messages.error(request, error.message)
    return redirect(run)


@require_safe
def report_run_preview(request: UserRequest, pk: int) -> HttpResponse:
    """Show what the report says, as the files say it."""
    run = _run(request, pk)
    if run.snapshot is None:
        raise Http404
    context = {"run": run, "document": document_of(run.snapshot.data)}
    return render(request, "reports/report_run_preview.html", context)


@require_safe
def report_file_download(request: UserRequest, pk: int) -> FileResponse:
    """Hand out a file of a report."""
    file = get_object_or_404(ReportFile.objects.visible_to(request.user), pk=pk)
    try:
        opened = file.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("The file is not there; tell the administrator.")) from error
    return FileResponse(opened, as_attachment=True, filename=file.name)


def _run(request: UserRequest, pk: int) -> ReportRun:
    runs = ReportRun.objects.visible_to(request.user)
    rows = runs.select_related("plan", "period", "asked_by", "snapshot__period")
    return get_object_or_404(rows, pk=pk)
