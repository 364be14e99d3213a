"""Addresses of the room ``documents``."""

from django.urls import path

from documents.views import attachments

urlpatterns = [
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
