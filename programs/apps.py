"""The plan as data: phases, objectives, indicators, tasks, targets, measures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    """What the plan says."""

    name = "programs"
    verbose_name = _("Plan")

    def ready(self) -> None:
        """Bring the menu entries, the search and the panels of this room."""
        from programs import registers

        registers.register()
