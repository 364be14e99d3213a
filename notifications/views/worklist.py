"""The first page after the login: what waits for the person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from notifications.choices import expected_work
from notifications.counts import worklist_count_keep
from notifications.selectors import Horizon, Worklist, working_days, worklist_of


@require_safe
def worklist(request: UserRequest) -> HttpResponse:
    """Show what waits for the person, by due date."""
    waiting = worklist_of(request.user, Horizon.of(timezone.localdate(), working_days()))
    worklist_count_keep(request.user, waiting.count)
    roles = [membership.role for membership in request.user.current_memberships]
    context = {
        "heading": _heading(waiting),
        "waiting": waiting,
        "parts": [
            (_("Overdue"), waiting.overdue),
            (_("Within 7 working days"), waiting.soon),
            (_("Later"), waiting.later),
            (_("Without a due date"), waiting.undated),
        ],
        "expected": expected_work(roles),
    }
    return render(request, "notifications/worklist.html", context)


def _heading(waiting: Worklist) -> str:
    count, overdue = waiting.count, len(waiting.overdue)
    if not count:
        return _("Nothing waits for you")
    told = ngettext(
        "%(count)d piece of work waits for you", "%(count)d pieces of work wait for you", count
    )
    text = told % {"count": count}
    if overdue:
        late = ngettext("%(count)d overdue", "%(count)d overdue", overdue)
        text = f"{text}, {late % {'count': overdue}}"
    return text
