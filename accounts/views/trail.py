"""The audit trail."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.filters import EntryFilter
from accounts.history import changes_of, history_url, kind_label
from accounts.requests import UserRequest
from accounts.selectors import entries_visible_to
from accounts.tables import EntryTable
from accounts.views.scope import reviewers_only
from audit.models import ChainLink
from core.lists import list_page
from core.registers import acts


@require_safe
@reviewers_only
def entry_list(request: UserRequest) -> HttpResponseBase:
    """Search the history."""
    return list_page(
        request,
        queryset=entries_visible_to(request.user),
        filter_class=EntryFilter,
        table_class=EntryTable,
        template="accounts/entry_list.html",
        export_name="nhat-ky",
    )


@require_safe
def entry_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one act: what it changed, where it came from, and its seal in the chain."""
    entry = get_object_or_404(entries_visible_to(request.user), pk=pk)
    context = {
        "entry": entry,
        "act": acts.label(entry.act),
        "kind": kind_label(entry.target_type),
        "changes": changes_of(entry),
        "link": ChainLink.objects.filter(entry_id=entry.pk).first(),
    }
    if entry.target_type:
        context["history_url"] = history_url(entry.target_type, entry.target_id)
    return render(request, "accounts/entry_detail.html", context)
