"""Addresses of the room ``accounts``, beside those of allauth."""

from django.urls import include, path

from accounts.views import access, trail

urlpatterns = [
    path("", include("accounts.people_urls")),
    path("quan-tri/nhat-ky/", trail.entry_list, name="entry_list"),
    path("quan-tri/nhat-ky/<int:pk>/", trail.entry_detail, name="entry_detail"),
    path("quan-tri/quyen/", access.access_review, name="access_review"),
]
