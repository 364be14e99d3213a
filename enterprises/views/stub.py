"""The page of an enterprise, until the register brings its own."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.registers import panels
from enterprises.models import Enterprise


@require_safe
def enterprise_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show what the rooms know of an enterprise."""
    enterprise = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)
    context = {
        "enterprise": enterprise,
        "panels": panels.render("enterprise", request, enterprise),
    }
    return render(request, "enterprises/stub.html", context)
