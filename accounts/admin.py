"""The catalogues of the room ``accounts``."""

from django.contrib import admin

from accounts.catalogues import CatalogueAdmin
from accounts.models import AdministrativeArea


@admin.register(AdministrativeArea)
class AdministrativeAreaAdmin(CatalogueAdmin):
    """Areas to look at; they change by succession, which has its own page."""

    list_display = ("name", "level", "code", "parent", "valid_from", "valid_to")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("search_key", "code")
    ordering = ("name",)
