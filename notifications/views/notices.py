"""The inbox, and how a person wants mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from core.lists import list_page
from notifications import services
from notifications.choices import MailMode
from notifications.filters import NoticeFilter
from notifications.forms import MailPreferenceForm
from notifications.models import Notice
from notifications.selectors import mail_mode_of, unread_count
from notifications.tables import NoticeTable


@require_safe
def notice_list(request: UserRequest) -> HttpResponseBase:
    """Show a person's inbox."""
    return list_page(
        request,
        queryset=Notice.objects.visible_to(request.user),
        filter_class=NoticeFilter,
        table_class=NoticeTable,
        template="notifications/notice_list.html",
        export_name="hop-thu",
        context={"unread": unread_count(request.user)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def notice_open(request: UserRequest, pk: int) -> HttpResponse:
    """Go where a notice leads, which reads it; who comes here by address is led to the inbox."""
    notice = _notice(request, pk)
    if request.method != "POST":
        return redirect("notice_list")
    services.notice_read(notice=notice, by=request.user)
    return redirect(notice.safe_url or "notice_list")


@require_http_methods(["GET", "HEAD", "POST"])
def notice_read(request: UserRequest, pk: int) -> HttpResponse:
    """Take a notice for read; who comes here by address is led to the inbox."""
    notice = _notice(request, pk)
    if request.method == "POST":
        services.notice_read(notice=notice, by=request.user)
    return redirect("notice_list")


@require_http_methods(["GET", "HEAD", "POST"])
def notices_read(request: UserRequest) -> HttpResponse:
    """Take the whole inbox for read; who comes here by address is led to the inbox."""
    if request.method == "POST":
        services.notices_read(by=request.user)
        messages.success(request, _("Your whole inbox is read."))
    return redirect("notice_list")


@require_http_methods(["GET", "HEAD", "POST"])
def mail_preference_set(request: UserRequest) -> HttpResponse:
    """Choose single mails or a daily digest."""
    sent = request.POST if request.method == "POST" else None
    form = MailPreferenceForm(sent, initial={"mail": mail_mode_of(request.user)})
    if form.is_valid():
        services.mail_preference_set(mail=MailMode(form.cleaned_data["mail"]), by=request.user)
        messages.success(request, _("Your choice is kept."))
        return redirect("notice_list")
    context = {
        "form": form,
        "title": _("How you get mail"),
        "lead": _("Whatever you choose, every notice is in your inbox at once."),
        "submit": _("Save"),
        "cancel_url": reverse("notice_list"),
    }
    return render(request, "notifications/mail_preference_form.html", context)


def _notice(request: UserRequest, pk: int) -> Notice:
    return get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
