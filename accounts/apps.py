"""People, organisations and roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who is who, and who may do what."""

    name = "accounts"
    verbose_name = _("People and organisations")
