"""Who takes part: the register of enterprises and what they do."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnterprisesConfig(AppConfig):
    """Who takes part: the register of enterprises and what they do."""

    name = "enterprises"
    verbose_name = _("Enterprises")

    def ready(self) -> None:
        """Bring what this room adds to the frame of the portal."""
        from enterprises import registers

        registers.register()
