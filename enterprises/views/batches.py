"""Many nominations in one Excel sheet: template, preview, submission."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from core.forms import NOT_SEEN, SeenForm, seen_form
from core.http import domain_errors_as_messages, domain_errors_in_form, require
from documents.selectors import files_of
from enterprises import nomination_policies as policies
from enterprises import services
from enterprises.models import NominationBatch
from enterprises.nomination_forms import BatchForm
from enterprises.nomination_sheet import judged, template_of
from enterprises.services.batches import has_letter
from enterprises.views.rounds import round_seen


@require_http_methods(["GET", "HEAD", "POST"])
def nomination_batch_add(request: UserRequest, pk: int) -> HttpResponse:
    """Bring a sheet of nominations."""
    one = round_seen(request, pk)
    require(policies.can_nominate(request.user, one))
    organisations = policies.organisations_of(request.user)
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BatchForm(*typed, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            batch = services.nomination_batch_add(
                one=one,
                organisation=form.cleaned_data.get("organisation") or organisations[0],
                values=form.cleaned_data,
                file=form.cleaned_data["file"],
                letter=form.cleaned_data["letter"],
                by=request.user,
            )
        if outcome.done:
            return redirect(batch)
    context = {
        "one": one,
        "form": form,
        "title": _("Nominate several enterprises with Excel"),
        "lead": _("Nothing is submitted yet: you see every row before."),
        "submit": _("Check the file"),
        "cancel_url": one.get_absolute_url(),
        "cancel_label": _("Go back"),
    }
    return render(request, "enterprises/nomination_batch_form.html", context)


@require_safe
def nomination_batch_template(request: UserRequest, pk: int) -> FileResponse:
    """Hand out the template of a round."""
    one = round_seen(request, pk)
    require(policies.can_nominate(request.user, one))
    name = f"de-cu-dot-{one.pk}.xlsx"
    return FileResponse(template_of(one), as_attachment=True, filename=name)


@require_safe
def nomination_batch_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show what the rows of a sheet would do, or what has become of them."""
    batch = batch_seen(request, pk)
    user = request.user
    rows = []
    if not batch.submitted_at:
        rows = judged(batch, user, timezone.localdate(), letter=has_letter(batch))
    wrong = [row for row in rows if not row.is_good]
    context = {
        "batch": batch,
        "rows": rows,
        "wrong": wrong,
        "good": len(rows) - len(wrong),
        "submit": policies.can_submit_batch(user, batch),
        "nominations": batch.nominations.select_related("enterprise", "task").order_by("pk"),
        "files": files_of(user, batch).standing(),
        "title": _title(batch, len(rows), len(wrong)),
    }
    return render(request, "enterprises/nomination_batch_detail.html", context)


def _title(batch: NominationBatch, rows: int, wrong: int) -> str:
    if batch.submitted_at:
        count = batch.nominations.count()
        told = ngettext(
            "%(count)d nomination was submitted", "%(count)d nominations were submitted", count
        )
        return told % {"count": count}
    if wrong:
        told = _("%(wrong)d of %(rows)d rows are to be corrected in Excel")
        return told % {"wrong": wrong, "rows": rows}
    told = ngettext("%(rows)d row can be submitted", "%(rows)d rows can be submitted", rows)
    return told % {"rows": rows}


@require_POST
def nomination_batch_submit(request: UserRequest, pk: int) -> HttpResponse:
    """Submit every row of a sheet, or none."""
    batch = batch_seen(request, pk)
    require(policies.can_submit_batch(request.user, batch))
    form = seen_form(SeenForm, NominationBatch)(request.POST, instance=batch)
    if not form.is_valid():
        messages.error(request, NOT_SEEN)
        return redirect(batch)
    with domain_errors_as_messages(request) as outcome:
        done = services.nomination_batch_submit(
            batch=batch, version=form.seen_version, by=request.user
        )
    if outcome.done:
        told = ngettext(
            "%(count)d nomination is submitted; the Department has been told.",
            "%(count)d nominations are submitted; the Department has been told.",
            len(done),
        )
        messages.success(request, told % {"count": len(done)})
        return redirect(f"{reverse('nomination_list')}?round={batch.round_id}")
    return redirect(batch)


def batch_seen(request: UserRequest, pk: int) -> NominationBatch:
    """Return a sheet that the person sees."""
    rows = NominationBatch.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("round", "organisation", "brought_by"), pk=pk)
