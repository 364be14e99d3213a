"""Addresses of the room ``documents``."""

from django.urls import path

from documents.views import attachments, imports

urlpatterns = [
    path("nhap-du-lieu/", imports.import_run_list, name="import_run_list"),
    path("nhap-du-lieu/tep/", imports.import_run_upload, name="import_run_upload"),
    path("nhap-du-lieu/tep-mau/", imports.import_template, name="import_template"),
    path("nhap-du-lieu/<int:pk>/", imports.import_run_detail, name="import_run_detail"),
    path("nhap-du-lieu/<int:pk>/tien-do/", imports.import_run_progress, name="import_run_progress"),
    path("nhap-du-lieu/<int:pk>/xac-nhan/", imports.import_run_confirm, name="import_run_confirm"),
    path("nhap-du-lieu/<int:pk>/hoan-tac/", imports.import_run_undo, name="import_run_undo"),
    path("nhap-du-lieu/<int:pk>/danh-dau/", imports.import_run_marked, name="import_run_marked"),
    path("nhap-du-lieu/<int:pk>/tep-goc/", imports.import_run_file, name="import_run_file"),
    path("tep/<int:pk>/", attachments.attachment_detail, name="attachment_detail"),
    path("tep/<int:pk>/thay-the/", attachments.attachment_replace, name="attachment_replace"),
    path("tep/<int:pk>/thu-hoi/", attachments.attachment_withdraw, name="attachment_withdraw"),
    path("tep/phien-ban/<int:pk>/", attachments.attachment_download, name="attachment_download"),
    path("tep/cua/<slug:holder>/<int:pk>/", attachments.attachment_list, name="attachment_list"),
    path(
        "tep/cua/<slug:holder>/<int:pk>/tai-len/",
        attachments.attachment_upload,
        name="attachment_upload",
    ),
]
