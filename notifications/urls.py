"""Addresses of the room ``notifications``."""

from django.urls import path

from notifications.views import mails, notices, working_days, worklist

urlpatterns = [
    path("viec-cua-toi/", worklist.worklist, name="worklist"),
    path("hop-thu/", notices.notice_list, name="notice_list"),
    path("hop-thu/doc-het/", notices.notices_read, name="notices_read"),
    path("hop-thu/<int:pk>/mo/", notices.notice_open, name="notice_open"),
    path("hop-thu/<int:pk>/da-doc/", notices.notice_read, name="notice_read"),
    path("thong-bao/cach-nhan/", notices.mail_preference_set, name="mail_preference_set"),
    path("quan-tri/thu-gui/", mails.outbox_mail_list, name="outbox_mail_list"),
    path("quan-tri/thu-gui/<int:pk>/", mails.outbox_mail_detail, name="outbox_mail_detail"),
    path("quan-tri/thu-gui/<int:pk>/gui-lai/", mails.outbox_mail_resend, name="outbox_mail_resend"),
    path("lich-lam-viec/", working_days.working_day_list, name="working_day_list"),
    path(
        "lich-lam-viec/them/",
        working_days.working_day_override_add,
        name="working_day_override_add",
    ),
    path(
        "lich-lam-viec/<int:pk>/sua/",
        working_days.working_day_override_edit,
        name="working_day_override_edit",
    ),
    path(
        "lich-lam-viec/<int:pk>/xoa/",
        working_days.working_day_override_delete,
        name="working_day_override_delete",
    ),
]
