"""Fill a demonstration: ``manage.py seed_demo``."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.services import demo_accounts_create
from audit.actors import System
from audit.commands import AuditedCommand
from core.errors import DomainError


class Command(AuditedCommand):
    """Create plainly invented demo accounts, one for each role; twice without change."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Create what is missing and say how many accounts were made."""
        try:
            made = demo_accounts_create(by=System("seed_demo"))
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(_("Demo accounts made: %(made)d.") % {"made": made})
