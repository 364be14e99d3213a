"""Addresses of the room ``enterprises``."""

from django.urls import path

from enterprises import record_urls
from enterprises.views import stub

urlpatterns = [
    path("doanh-nghiep/<int:pk>/", stub.enterprise_detail, name="enterprise_detail"),
    *record_urls.urlpatterns,
]
