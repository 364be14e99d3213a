"""The inbox of each person and the mail outbox."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """The inbox of each person and the mail outbox."""

    name = "notifications"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Bring what this room adds to the frame of the portal."""
        from notifications import registers

        registers.register()
