"""The pages of imports."""

from tests.browser.pages import DOST, Page

PAGES = [Page("import_run_list", "/nhap-du-lieu/", DOST)]
# test_import.py opens the others step by step.
ELSEWHERE = {
    "import_run_confirm",
    "import_run_detail",
    "import_run_file",
    "import_run_marked",
    "import_run_progress",
    "import_run_undo",
    "import_run_upload",
    "import_template",
}
