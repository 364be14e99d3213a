"""What goes out: periods, snapshots, documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """What goes out."""

    name = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        """Bring the menu entry and the plan part of this room."""
        from reports import registers

        registers.register()
