"""The mail outbox, for administrators."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.choices import Role
from accounts.requests import UserRequest
from core.http import domain_errors_as_messages
from core.lists import list_page
from core.registers import panels
from notifications import policies, services
from notifications.filters import OutboxMailFilter
from notifications.models import OutboxMail
from notifications.tables import CHIPS, OutboxMailTable
from notifications.tasks import outbox_mail_send


@require_safe
def outbox_mail_list(request: UserRequest) -> HttpResponseBase:
    """List the mails of the portal: to whom, how far, what the server said."""
    if not request.user.has_role(Role.ADMINISTRATOR):
        raise Http404
    mails = OutboxMail.objects.visible_to(request.user)
    return list_page(
        request,
        queryset=mails.defer("body", "html"),
        filter_class=OutboxMailFilter,
        table_class=OutboxMailTable,
        template="notifications/outbox_mail_list.html",
        export_name="thu-gui",
        context={"failed": mails.failed().count()},
    )


@require_safe
def outbox_mail_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show the fate of one mail, never its text: it may hold a token."""
    mail = _mail(request, pk)
    context = {
        "mail": mail,
        "chip": CHIPS[mail.state],
        "resend": policies.can_resend(request.user, mail),
        "panels": panels.render("outbox_mail", request, mail),
    }
    return render(request, "notifications/outbox_mail_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def outbox_mail_resend(request: UserRequest, pk: int) -> HttpResponse:
    """Send a mail again that was given up; who comes here by address is led to its page."""
    mail = _mail(request, pk)
    if request.method == "POST":
        with domain_errors_as_messages(request) as outcome:
            services.outbox_mail_resend(mail=mail, by=request.user, dispatch=outbox_mail_send.delay)
        if outcome.done:
            messages.success(request, _("The mail is being sent again."))
    return redirect(mail)


def _mail(request: UserRequest, pk: int) -> OutboxMail:
    mails = OutboxMail.objects.visible_to(request.user).defer("body", "html")
    return get_object_or_404(mails, pk=pk)
