"""The pages of people and organisations."""

from tests.browser.pages import REVIEWING, Page

PAGES = [
    Page("account_change_password", "/tai-khoan/password/change/"),
    Page("entry_list", "/quan-tri/nhat-ky/", REVIEWING),
    Page("entry_list", "/quan-tri/nhat-ky/?q=khongcotunay", REVIEWING),
    Page("entry_list", "/quan-tri/nhat-ky/?since=02/03/2026&until=01/03/2026", REVIEWING),
    Page("entry_detail", "/quan-tri/nhat-ky/1/", REVIEWING),
    Page("access_review", "/quan-tri/quyen/", REVIEWING),
    Page("access_review", "/quan-tri/quyen/?state=idle", REVIEWING),
    Page("deputy_list", "/quan-tri/thay-mat/", REVIEWING),
    Page("deputy_record", "/quan-tri/thay-mat/ghi/", REVIEWING),
    Page("handover_list", "/quan-tri/ban-giao/", REVIEWING),
    Page("handover_record", "/quan-tri/ban-giao/ghi/", REVIEWING),
]

ELSEWHERE = [
    "idle_account_ask",
    "idle_account_sent",
    "idle_account_reopen",
    "deputy_end",
    "session_state",
    "session_continue",
    "form_draft_save",
    "form_draft_discard",
    "kept_form_discard",
]
