"""What the room ``notifications`` brings to the frame of the portal."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from core.registers import acts, navigation, notices, search
from notifications.counts import worklist_count
from notifications.searching import find_notices
from notifications.selectors import unread_count
from notifications.services.reminders import REMINDER

ACTS = {
    "mail_preference_set": _("Way of getting mail chosen"),
    "outbox_mail_resend": _("Mail sent again"),
    "working_day_override_add": _("Entry of the working calendar added"),
    "working_day_override_delete": _("Entry of the working calendar deleted"),
    "working_day_override_edit": _("Entry of the working calendar changed"),
}
INBOX_PAGES = frozenset({"notice_list", "mail_preference_set"})
OUTBOX_PAGES = frozenset({"outbox_mail_list", "outbox_mail_detail"})
CALENDAR_PAGES = frozenset(
    {
        "working_day_list",
        "working_day_override_add",
        "working_day_override_edit",
        "working_day_override_delete",
    }
)


def register() -> None:
    """Called once, when the app is ready."""
    acts.register(ACTS)
    notices.register(notices.Kind(REMINDER, _("Reminder")))
    search.register(search.Provider(_("Notices in your inbox"), find_notices, 900))
    entry = navigation.Entry
    navigation.register(
        entry(_("My work"), _page("worklist"), 1, 10, frozenset({"worklist"}), _waiting)
    )
    navigation.register(entry(_("Inbox"), _page("notice_list"), 1, 15, INBOX_PAGES, _unread))
    navigation.register(
        entry(_("Mail outbox"), _page_of_administrators("outbox_mail_list"), 3, 30, OUTBOX_PAGES)
    )
    navigation.register(
        entry(
            _("Working calendar"),
            _page_of_administrators("working_day_list"),
            3,
            40,
            CALENDAR_PAGES,
        )
    )


def _page(url_name: str) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        return reverse(url_name) if request.user.is_authenticated else None

    return url


def _page_of_administrators(url_name: str) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        user = request.user
        is_administrator = user.is_authenticated and user.has_role(Role.ADMINISTRATOR)
        return reverse(url_name) if is_administrator else None

    return url


def _waiting(request: HttpRequest) -> int | None:
    return worklist_count(request.user) if request.user.is_authenticated else None


def _unread(request: HttpRequest) -> int | None:
    return unread_count(request.user) if request.user.is_authenticated else None
