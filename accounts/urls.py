"""Addresses of the room ``accounts``, beside those of allauth."""

from django.urls import path

from accounts.views import access, areas, organisations, successions, trail

urlpatterns = [
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
]
