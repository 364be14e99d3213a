"""Make the first administrator: ``create_administrator EMAIL --name NAME --organisation CODE``."""

import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.services import administrator_create
from audit.actors import System
from audit.commands import AuditedCommand
from core.errors import DomainError


class Command(AuditedCommand):
    """Create a person who administers the portal; the password is asked for, never an argument."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who it is and where they work."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--organisation", required=True, help="code of the organisation")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for the password twice and create the person."""
        password = getpass.getpass(f"{_('Password')}: ")
        if getpass.getpass(f"{_('Password (again)')}: ") != password:
            raise CommandError(_("The two passwords differ; nothing was created."))
        try:
            administrator_create(
                email=options["email"],
                full_name=options["name"],
                password=password,
                organisation_code=options["organisation"],
                by=System("create_administrator"),
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(_("%(email)s can log in now.") % {"email": options["email"]})
