"""The pages of notices, mails and the working calendar."""

from accounts.choices import Role
from tests.browser.pages import Page

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

PAGES = [
    Page("worklist", "/viec-cua-toi/"),
    Page("notice_list", "/hop-thu/"),
    Page("notice_list", "/hop-thu/?q=khongcotunay"),
    Page("mail_preference_set", "/thong-bao/cach-nhan/"),
    Page("outbox_mail_list", "/quan-tri/thu-gui/", ADMINISTRATORS),
    Page("working_day_list", "/lich-lam-viec/?year=2026"),
    Page("working_day_override_add", "/lich-lam-viec/them/", ADMINISTRATORS),
]
# tests/browser/test_inbox.py opens the others with something on them.
ELSEWHERE = {
    "notice_open",
    "notice_read",
    "notices_read",
    "outbox_mail_detail",
    "outbox_mail_resend",
    "working_day_override_delete",
    "working_day_override_edit",
}
