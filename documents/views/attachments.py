"""The files of a record: seen, brought, replaced, withdrawn, handed out."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.decisions import Decision
from core.files.faults import UploadRefusedError
from core.http import Outcome, domain_errors_in_form
from core.registers import panels
from documents import holders, policies, services
from documents.choices import AttachmentKind, VersionState
from documents.forms import AttachmentReplaceForm, AttachmentUploadForm, AttachmentWithdrawForm
from documents.models import Attachment, AttachmentVersion
from documents.panel import files_context

logger = logging.getLogger(__name__)

ACTS = ["GET", "HEAD", "POST"]
# Whatever a file is: a browser that shows it all the same lets it do nothing.
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


@require_safe
def attachment_list(request: UserRequest, holder: str, pk: int) -> HttpResponse:
    """Show the files of a record, with those withdrawn for whoever may add some."""
    record = _record(request, holder, pk)
    context = files_context(request.user, record)
    context["record_url"] = holders.record_url(record)
    if context["can_attach"]:
        context["withdrawn"] = [file for file in context["all_files"] if file.withdrawn_at]
    return render(request, "documents/attachment_list.html", context)


@require_http_methods(ACTS)
def attachment_upload(request: UserRequest, holder: str, pk: int) -> HttpResponse:
    """Hang a file on a record."""
    record = _record(request, holder, pk)
    _require(policies.can_attach(request.user, record))
    form = AttachmentUploadForm(*_sent(request))
    if form.is_valid():
        with _refusals_in_form(form) as outcome:
            attachment = services.attachment_upload(
                record=record,
                title=form.cleaned_data["title"],
                kind=AttachmentKind(form.cleaned_data["kind"]),
                file=form.cleaned_data["file"],
                by=request.user,
            )
        if outcome.done:
            _tell(request, attachment.current)
            return redirect(holders.home_url(record))
    context = {
        "form": form,
        **_of_record(record),
        "title": _("Add a file"),
        "lead": _("A file has to be chosen again; the rest is kept.") if form.errors else "",
        "submit": _("Upload"),
        "cancel_url": holders.home_url(record),
    }
    return render(request, "documents/attachment_form.html", context)


@require_safe
def attachment_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show a file with all its versions and what may be done with it."""
    attachment = _attachment(request, pk)
    versions = attachment.versions.select_related("uploaded_by", "late_scan")
    context = {
        **_about(attachment),
        "versions": versions,
        "change": policies.can_change(request.user, attachment),
        "opens": not attachment.withdrawn_at
        or bool(policies.can_attach(request.user, attachment.record)),
        "panels": panels.render("attachment", request, attachment),
    }
    return render(request, "documents/attachment_detail.html", context)


@require_http_methods(ACTS)
def attachment_replace(request: UserRequest, pk: int) -> HttpResponse:
    """Bring a newer version of a file."""
    attachment = _attachment(request, pk)
    _require(policies.can_change(request.user, attachment))
    form = AttachmentReplaceForm(*_sent(request), attachment=attachment)
    if form.is_valid():
        with _refusals_in_form(form) as outcome:
            version = services.attachment_replace(
                attachment=attachment,
                file=form.cleaned_data["file"],
                by=request.user,
                seen_version=form.cleaned_data["version"],
            )
        if outcome.done:
            _tell(request, version)
            return redirect(attachment)
        form.seen_now()
    current = attachment.current
    lead = _("The current version %(number)s (%(name)s) stays among the former ones.")
    context = {
        **_about(attachment),
        "form": form,
        "title": _("New version"),
        "code": attachment.title,
        "lead": lead % {"number": current.number, "name": current.name} if current else "",
        "submit": _("Upload"),
        "cancel_url": attachment.get_absolute_url(),
    }
    return render(request, "documents/attachment_form.html", context)


@require_http_methods(ACTS)
def attachment_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Withdraw a file with a reason."""
    attachment = _attachment(request, pk)
    _require(policies.can_change(request.user, attachment))
    form = AttachmentWithdrawForm(*_sent(request), attachment=attachment)
    if form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.attachment_withdraw(
                attachment=attachment,
                reason=form.cleaned_data["reason"],
                by=request.user,
                seen_version=form.cleaned_data["version"],
            )
        if outcome.done:
            told = _("The file “%(title)s” has been withdrawn.") % {"title": attachment.title}
            messages.success(request, told)
            return redirect(holders.home_url(attachment.record))
        form.seen_now()
    context = {
        **_about(attachment),
        "form": form,
        "title": _("Withdraw a file"),
        "code": attachment.title,
        "lead": _("The file leaves every list; its versions and your reason are kept."),
        "submit": _("Withdraw"),
        "cancel_url": attachment.get_absolute_url(),
    }
    return render(request, "documents/attachment_form.html", context)


@require_safe
def attachment_download(request: UserRequest, pk: int) -> FileResponse:
    """Hand out a version of a file, always to be kept, never to be shown by the browser."""
    versions = AttachmentVersion.objects.visible_to(request.user)
    version = get_object_or_404(versions.select_related("attachment", "late_scan"), pk=pk)
    _require(policies.can_download(request.user, version))
    try:
        opened = version.file.open("rb")
    except FileNotFoundError as error:
        logger.exception("The file of version %d is not there.", version.pk)
        raise Http404(_("The file is not there; tell the administrator.")) from error
    # All kinds are packed already: packing them again would only hide how long they are.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    response = FileResponse(
        opened, as_attachment=True, filename=version.name, content_type=version.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response


def _record(request: UserRequest, slug: str, pk: int) -> models.Model:
    holder = holders.of_slug(slug)
    if holder is None:
        raise Http404
    return get_object_or_404(holder.visible_to(request.user), pk=pk)


def _attachment(request: UserRequest, pk: int) -> Attachment:
    files = Attachment.objects.visible_to(request.user)
    return get_object_or_404(files.select_related("current", "withdrawn_by"), pk=pk)


def _sent(request: UserRequest) -> tuple[Any, ...]:
    """Return what a form was filled with, nothing where it is only asked for."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _about(attachment: Attachment) -> dict[str, Any]:
    return {"attachment": attachment, **_of_record(attachment.record)}


def _of_record(record: models.Model) -> dict[str, Any]:
    return {"record": record, "home": holders.home_url(record)}


def _require(decision: Decision) -> None:
    if not decision:
        raise PermissionDenied(decision.reason)


@contextmanager
def _refusals_in_form(
    form: AttachmentUploadForm | AttachmentReplaceForm,
) -> Iterator[Outcome]:
    """Say at its field what is wrong with the file, and other refusals above the form."""
    with domain_errors_in_form(form) as outcome:
        try:
            yield outcome
        except UploadRefusedError as error:
            raise ValidationError({"file": error.message}) from error


def _tell(request: UserRequest, version: AttachmentVersion | None) -> None:
    if version is None:
        return
    if version.state == VersionState.WAITING:
        told = _(
            "The file %(name)s is stored, but the virus check does not answer: it can be opened "
            "as soon as it has been checked."
        )
        messages.warning(request, told % {"name": version.name})
    else:
        messages.success(request, _("The file %(name)s is stored.") % {"name": version.name})
