"""People, organisations and roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who is who, and who may do what."""

    name = "accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        """Bring the menu entries, the names of acts and the history of this room."""
        from accounts import mfa_adapter, registers

        registers.register()
        mfa_adapter.connect()
