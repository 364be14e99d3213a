"""The pages of files and imports."""

from tests.browser.pages import DOST, Page, first_link

PAGES = [
    Page("attachment_list", first_link("/ke-hoach/191/", "[id^=instrument-] a")),
    Page("import_run_list", "/nhap-du-lieu/", DOST),
]
# test_attachments.py and test_import.py open the others step by step.
ELSEWHERE = {
    "attachment_detail",
    "attachment_download",
    "attachment_replace",
    "attachment_upload",
    "attachment_withdraw",
    "import_run_confirm",
    "import_run_detail",
    "import_run_file",
    "import_run_marked",
    "import_run_progress",
    "import_run_undo",
    "import_run_upload",
    "import_template",
}
