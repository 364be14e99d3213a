"""The pages of files."""

from tests.browser.pages import Page, first_link

PAGES = [Page("attachment_list", first_link("/ke-hoach/191/", "[id^=instrument-] a"))]
# test_attachments.py opens the others step by step.
ELSEWHERE = {
    "attachment_detail",
    "attachment_download",
    "attachment_replace",
    "attachment_upload",
    "attachment_withdraw",
}
