"""Management commands whose acts are recorded."""

from typing import Any

from django.core.management.base import BaseCommand

from audit.origin import command


class AuditedCommand(BaseCommand):
    """A command that names itself as the origin of its acts."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command under its own name, that of its file."""
        with command(type(self).__module__.rpartition(".")[2]):
            return super().execute(*args, **options)
