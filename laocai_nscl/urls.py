"""Every address of the portal, from the rooms."""

from django.contrib import admin
from django.urls import include, path

from core import views as core

urlpatterns = [
    path("", include("programs.urls")),
    path("", include("enterprises.urls")),
    path("", include("budgets.urls")),
    path("", include("reports.urls")),
    path("", include("notifications.urls")),
    path("", include("documents.urls")),
    path("", include("accounts.urls")),
    path("quan-tri/danh-muc/", admin.site.urls),
    path("tim-kiem/", core.search, name="search"),
    path("suc-khoe/", core.health, name="health"),
    path("tai-khoan/", include("accounts.allauth_urls")),
]
