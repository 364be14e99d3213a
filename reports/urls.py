"""Addresses of the room ``reports``."""

from django.urls import path

from reports.views import runs, selections

urlpatterns = [
    path("bao-cao/", runs.report_run_list, name="report_run_list"),
    path("bao-cao/yeu-cau/", runs.report_run_ask, name="report_run_ask"),
    path("bao-cao/<int:pk>/", runs.report_run_detail, name="report_run_detail"),
    path("bao-cao/<int:pk>/tien-do/", runs.report_run_progress, name="report_run_progress"),
    path("bao-cao/<int:pk>/lam-lai/", runs.report_run_restart, name="report_run_restart"),
    path("bao-cao/<int:pk>/xem/", runs.report_run_preview, name="report_run_preview"),
    path("bao-cao/tep/<int:pk>/", runs.report_file_download, name="report_file_download"),
    path(
        "dot-de-cu/<int:pk>/duoc-chon/phu-luc.pdf",
        selections.selection_annex_pdf,
        name="selection_annex_pdf",
    ),
    path(
        "dot-de-cu/<int:pk>/duoc-chon/phu-luc.xlsx",
        selections.selection_annex_xlsx,
        name="selection_annex_xlsx",
    ),
]
