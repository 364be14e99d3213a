"""Money: what the plan foresees."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetsConfig(AppConfig):
    """What the plan costs."""

    name = "budgets"
    verbose_name = _("Money")

    def ready(self) -> None:
        """Bring the menu entries, panels and the plan part of this room."""
        from budgets import registers

        registers.register()
