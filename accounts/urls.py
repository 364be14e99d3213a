"""Addresses of the room ``accounts``, beside those of allauth."""

from django.urls import include, path

from accounts.views import (
    access,
    areas,
    deputies,
    handovers,
    idle_accounts,
    organisations,
    session_limits,
    successions,
    trail,
    typed_forms,
)

urlpatterns = [
    path("", include("accounts.people_urls")),
    path("quan-tri/nhat-ky/", trail.entry_list, name="entry_list"),
    path("quan-tri/nhat-ky/<int:pk>/", trail.entry_detail, name="entry_detail"),
    path("quan-tri/co-quan/", organisations.organisation_list, name="organisation_list"),
    path("quan-tri/co-quan/them/", organisations.organisation_create, name="organisation_create"),
    path(
        "quan-tri/co-quan/<int:pk>/", organisations.organisation_detail, name="organisation_detail"
    ),
    path(
        "quan-tri/co-quan/<int:pk>/sua/", organisations.organisation_edit, name="organisation_edit"
    ),
    path(
        "quan-tri/co-quan/<int:pk>/ke-thua/",
        successions.succession_record,
        name="succession_record",
    ),
    path("quan-tri/dia-ban/", areas.area_list, name="area_list"),
    path("quan-tri/dia-ban/them/", areas.area_create, name="area_create"),
    path("quan-tri/dia-ban/<int:pk>/", areas.area_detail, name="area_detail"),
    path("quan-tri/dia-ban/<int:pk>/sua/", areas.area_edit, name="area_edit"),
    path(
        "quan-tri/dia-ban/<int:pk>/ke-thua/",
        successions.area_succession_record,
        name="area_succession_record",
    ),
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
