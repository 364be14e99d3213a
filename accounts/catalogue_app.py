"""Django's admin, with the portal's own site."""

from django.contrib.admin.apps import AdminConfig


class CatalogueAdminConfig(AdminConfig):
    """Collects the catalogues that rooms name in their ``admin.py``."""

    default_site = "accounts.catalogues.CatalogueSite"
