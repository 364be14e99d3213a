"""The access review."""

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.filters import AccessFilter
from accounts.models import Deputy
from accounts.requests import UserRequest
from accounts.selectors import access_in_force, memberships_visible_to, with_access_state
from accounts.tables import AccessTable
from accounts.views.scope import reviewers_only
from core.lists import list_page


@require_safe
@reviewers_only
def access_review(request: UserRequest) -> HttpResponseBase:
    """List who holds which right, since when, until when, and when they were last seen."""
    memberships = with_access_state(memberships_visible_to(request.user), timezone.now())
    valid, idle = access_in_force(memberships)
    standing_in = Deputy.objects.visible_to(request.user).in_force(timezone.localdate())
    return list_page(
        request,
        queryset=memberships.select_related("user", "organisation"),
        filter_class=AccessFilter,
        table_class=AccessTable,
        template="accounts/access_review.html",
        export_name="quyen-truy-cap",
        context={
            "valid": valid,
            "idle": idle,
            "standing_in": standing_in.select_related("lead", "deputy", "organisation"),
        },
    )
