"""The second person at the key lists: approve, return; and taking a change back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from core.forms import SeenForm, SeenReasonForm, seen_form
from core.http import domain_errors_as_messages, domain_errors_in_form, require
from enterprises import record_policies as policies
from enterprises import services
from enterprises.approvals import changes_asked, what_is_asked
from enterprises.kinds import KEY_LIST_ENTRY
from enterprises.models import KeyListEntry


@require_POST
def key_list_entry_approve(request: UserRequest) -> HttpResponse:
    """Approve the entries that were ticked, as they were seen: all of them or none."""
    if not policies.can_keep_records(request.user):
        raise Http404
    require(policies.can_check(request.user))
    chosen = dict(_chosen(value) for value in request.POST.getlist("entry"))
    if not chosen:
        messages.error(request, _("Nothing is ticked; tick what is to be approved."))
        return redirect("key_list_approval")
    seen = KeyListEntry.objects.visible_to(request.user).filter(pk__in=chosen)
    entries = list(seen.select_related("enterprise", "product__enterprise"))
    if len(entries) != len(chosen):
        raise Http404
    with domain_errors_as_messages(request) as outcome:
        asked = [(entry, chosen[entry.pk]) for entry in entries]
        approved = services.key_list_entry_approve(asked=asked, by=request.user)
    if outcome.done:
        told = ngettext(
            "%(count)d entry is approved.", "%(count)d entries are approved.", len(approved)
        )
        messages.success(request, told % {"count": len(approved)})
    return redirect("key_list_approval")


@require_http_methods(["GET", "HEAD", "POST"])
def key_list_entry_return(request: UserRequest, pk: int) -> HttpResponse:
    """Send an entry or a change back with the reason."""
    entry = _entry(request, pk)
    require(policies.can_decide_entry(request.user, entry))
    typed = request.POST if request.method == "POST" else None
    form = seen_form(SeenReasonForm, KeyListEntry)(typed, instance=entry)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.key_list_entry_return(
                entry=entry,
                reason=form.cleaned_data["reason"],
                version=form.seen_version,
                by=request.user,
            )
        if outcome.done:
            messages.success(request, _("Returned: %(what)s.") % {"what": entry})
            return redirect("key_list_approval")
    context = {
        **_asked(entry),
        "form": form,
        "title": _("Return: %(what)s") % {"what": entry},
        "submit": _("Return"),
        "way": (_("Waiting for approval"), reverse("key_list_approval")),
        "cancel_url": reverse("key_list_approval"),
    }
    return render(request, "enterprises/key_list_entry_decide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def key_list_entry_drop_change(request: UserRequest, pk: int) -> HttpResponse:
    """Take back the proposed change of an entry, which stays as it counts."""
    entry = _entry(request, pk)
    require(policies.can_drop_change(request.user, entry))
    place = f"{entry.subject_enterprise.get_absolute_url()}#{KEY_LIST_ENTRY.anchor}"
    typed = request.POST if request.method == "POST" else None
    form = seen_form(SeenForm, KeyListEntry)(typed, instance=entry)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.key_list_entry_drop_change(
                entry=entry, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("The change is taken back: %(what)s.") % {"what": entry})
            return redirect(place)
    context = {
        **_asked(entry),
        "form": form,
        "title": _("Take the change back: %(what)s") % {"what": entry},
        "submit": _("Take the change back"),
        "way": (entry.subject_enterprise.name, place),
        "cancel_url": place,
    }
    return render(request, "enterprises/key_list_entry_decide.html", context)


def _entry(request: UserRequest, pk: int) -> KeyListEntry:
    """Return an entry for those who keep records; for others there is none."""
    if not policies.can_keep_records(request.user):
        raise Http404
    rows = KeyListEntry.objects.visible_to(request.user).select_related(
        "enterprise", "product__enterprise", "instrument", "prepared_by"
    )
    return get_object_or_404(rows, pk=pk)


def _asked(entry: KeyListEntry) -> dict[str, object]:
    return {
        "entry": entry,
        "asked": what_is_asked(entry),
        "changes": list(changes_asked(entry)),
        "reason": (entry.proposal or {}).get("reason", ""),
    }


def _chosen(value: str) -> tuple[int, int]:
    key, _colon, version = value.partition(":")
    if not (key.isascii() and key.isdigit() and version.isascii() and version.isdigit()):
        raise Http404
    return int(key), int(version)
