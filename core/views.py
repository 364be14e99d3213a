"""The one search box and the small addresses of the house."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.registers import search as register
from core.text import normalise

LONGEST_QUERY = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the person may see that holds every word of ``q``."""
    query = normalise(request.GET.get("q", "").replace("\x00", ""))[:LONGEST_QUERY]
    if secret := register.secret_of(query):
        found = secret.lead(request.user, query)
        if found is None:
            messages.error(request, _("Nothing that you see is known by this number."))
        return redirect(found or "search")
    groups = register.search(request.user, query)
    context = {"query": query, "groups": groups, "count": sum(len(g.hits) for g in groups)}
    return render(request, "core/search.html", context)


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` when the portal and its database work, for whoever watches over it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
