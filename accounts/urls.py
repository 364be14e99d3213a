"""Addresses of the room ``accounts``, beside those of allauth."""

from django.urls import path

from accounts.views import (
    access,
    deputies,
    handovers,
    idle_accounts,
    session_limits,
    trail,
    typed_forms,
)

urlpatterns = [
    path("quan-tri/nhat-ky/", trail.entry_list, name="entry_list"),
    path("quan-tri/nhat-ky/<int:pk>/", trail.entry_detail, name="entry_detail"),
    path("quan-tri/quyen/", access.access_review, name="access_review"),
    path("quan-tri/thay-mat/", deputies.deputy_list, name="deputy_list"),
    path("quan-tri/thay-mat/ghi/", deputies.deputy_record, name="deputy_record"),
    path("quan-tri/thay-mat/<int:pk>/ket-thuc/", deputies.deputy_end, name="deputy_end"),
    path("quan-tri/ban-giao/", handovers.handover_list, name="handover_list"),
    path("quan-tri/ban-giao/ghi/", handovers.handover_record, name="handover_record"),
    path("tai-khoan/mo-lai/", idle_accounts.idle_account_ask, name="idle_account_ask"),
    path("tai-khoan/mo-lai/da-gui/", idle_accounts.idle_account_sent, name="idle_account_sent"),
    path(
        "tai-khoan/mo-lai/<str:token>/",
        idle_accounts.idle_account_reopen,
        name="idle_account_reopen",
    ),
    path("phien/", session_limits.session_state, name="session_state"),
    path("phien/tiep-tuc/", session_limits.session_continue, name="session_continue"),
    path("ban-nhap/", typed_forms.form_draft_save, name="form_draft_save"),
    path("ban-nhap/<int:pk>/bo/", typed_forms.form_draft_discard, name="form_draft_discard"),
    path("da-giu/<int:pk>/bo/", typed_forms.kept_form_discard, name="kept_form_discard"),
]
