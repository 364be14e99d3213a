"""``manage.py verify_audit``: prove that nobody rewrote the history."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from audit.services import audit_verify
from audit.verification import Head, Problem


class Command(BaseCommand):
    """Verify the chain, print its head, and name each break; exits 1 if there is one."""

    help = "Verify the audit chain and print its head; exits 1 and names each break."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a head that was kept elsewhere, and the form of the answer."""
        parser.add_argument(
            "--head", metavar="POSITION:DIGEST", help="a head noted earlier, still to be found"
        )
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, head: str | None, **options: Any) -> None:
        """Run the verification and answer."""
        try:
            known_head = Head.parse(head) if head else None
        except ValueError:
            message = _("“%(head)s” is not a head: write POSITION:DIGEST.") % {"head": head}
            raise CommandError(message) from None
        if options["json"]:
            broken = self._answer_in_json(known_head)
        else:
            broken = self._answer_in_words(known_head)
        if broken:
            sys.exit(1)

    def _answer_in_words(self, known_head: Head | None) -> bool:
        def name(problem: Problem) -> None:
            self.stderr.write(str(problem))

        result = audit_verify(known_head=known_head, on_problem=name)
        self.stdout.write(_("Entries: %(entries)d") % {"entries": result.entries})
        self.stdout.write(_("Head: %(head)s") % {"head": result.head})
        if not result.problems:
            self.stdout.write(_("The chain is unbroken."))
        return result.problems > 0

    def _answer_in_json(self, known_head: Head | None) -> bool:
        problems: list[Problem] = []
        result = audit_verify(known_head=known_head, on_problem=problems.append)
        answer = {
            "entries": result.entries,
            "head": str(result.head),
            "problems": [asdict(problem) for problem in problems],
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        return bool(problems)
