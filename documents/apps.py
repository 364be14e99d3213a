"""Files that hang on records, and runs that read files in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Files that hang on records, and runs that read files in."""

    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        """Bring what this room adds to the frame of the portal."""
        from documents import registers

        registers.register()
