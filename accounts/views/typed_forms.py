"""What was typed and not saved: drafts that come by themselves, and what to do with it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as refused
from django.views.decorators.http import require_POST

from accounts import services
from accounts.models import FormDraft, KeptForm
from accounts.requests import UserRequest
from accounts.typed import page_with, posted_token
from core.http import is_quiet, quiet
from core.typed import KEPT_PARAMETER


@quiet
@require_POST
def form_draft_save(request: UserRequest) -> HttpResponse:
    """Save what stands in a form now, as its page asks every few seconds."""
    token = posted_token(request)
    if token is None:
        return HttpResponseBadRequest(_("The draft was not saved: reload the page."))
    if token.user_id != request.user.pk:
        raise PermissionDenied(_("Another person opened this form; reload the page."))
    if services.form_draft_save(token=token, posted=request.POST) is None:
        return HttpResponse(_("The draft was not saved."), content_type="text/plain")
    time = date_format(timezone.localtime(), "H:i")
    told = _("Draft saved at %(time)s.") % {"time": time}
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


@require_POST
def form_draft_discard(request: UserRequest, pk: int) -> HttpResponse:
    """Forget a draft and go back to its form."""
    draft = get_object_or_404(FormDraft.objects.visible_to(request.user), pk=pk)
    services.form_draft_discard(draft=draft)
    return redirect(draft.page)


@require_POST
def kept_form_discard(request: UserRequest, pk: int) -> HttpResponse:
    """Forget a form that was kept and go back to its page."""
    kept = get_object_or_404(KeptForm.objects.visible_to(request.user), pk=pk)
    services.kept_form_discard(kept=kept)
    return redirect(kept.page)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Keep what was posted from a page that is older than the last login, and open it again.

    The act is not done: the page is only shown, to the person whose words they are.
    """
    token = posted_token(request)
    if token is None or request.resolver_match is None or is_quiet(request.resolver_match.func):
        return refused(request, reason)
    kept = services.kept_form_keep(token=token, posted=request.POST)
    if kept is None or request.user.pk not in {None, kept.user_id}:
        return refused(request, reason)
    return redirect(page_with(kept.page, KEPT_PARAMETER, kept.pk))
