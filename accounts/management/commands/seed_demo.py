"""Fill a demonstration: ``manage.py seed_demo [--enterprises N] [--seed S]``."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import demo_accounts_create
from audit.actors import System
from audit.commands import AuditedCommand
from core.errors import DomainError
from core.registers import demo

ENTERPRISES = 60
MOST_ENTERPRISES = 200_000


class Command(AuditedCommand):
    """Create plainly invented accounts and records; twice without change, the same for a seed."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many enterprises there are to be, and the seed of chance."""
        parser.add_argument("--enterprises", type=int, default=ENTERPRISES, metavar="N")
        parser.add_argument("--seed", type=int, default=191, metavar="S")

    def handle(self, *args: Any, enterprises: int, seed: int, **options: Any) -> None:
        """Create what is missing and say how much was made."""
        if not 0 <= enterprises <= MOST_ENTERPRISES:
            told = _("The number of enterprises is from 0 to %(most)d.")
            raise CommandError(told % {"most": MOST_ENTERPRISES})
        by = System("seed_demo")
        try:
            with transaction.atomic():
                made = demo_accounts_create(by=by)
                filled = demo.fill(demo.Wish(enterprises, seed), by)
        except DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(_("Demo accounts made: %(made)d.") % {"made": made})
        for label, count in filled:
            told = _("%(label)s made for the demonstration: %(count)d.")
            self.stdout.write(told % {"label": label, "count": count})
