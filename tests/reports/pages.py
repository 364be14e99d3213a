"""The pages of reports."""

from tests.browser.pages import Page

PAGES = [Page("report_run_list", "/bao-cao/"), Page("report_run_list", "/bao-cao/?year=2020")]
# test_report.py opens the others step by step.
ELSEWHERE = {
    "selection_annex_pdf",
    "selection_annex_xlsx",
    "report_file_download",
    "report_run_ask",
    "report_run_detail",
    "report_run_preview",
    "report_run_progress",
    "report_run_restart",
}
