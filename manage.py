#!/usr/bin/env python
"""Django's commands, against servers of the environment's or of this checkout's own."""

import os
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from laocai_nscl import servers
from laocai_nscl.refusals import refusals_in_one_sentence

WITHOUT_SERVERS = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "startapp",
    "version",
}


def main(arguments: list[str]) -> None:
    """Run one command, with servers if it may speak to one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laocai_nscl.settings")
    refusals = nullcontext() if "--traceback" in arguments else refusals_in_one_sentence()
    with refusals, servers.ensure() if needs_servers(arguments) else nullcontext():
        execute_from_command_line(arguments)


def needs_servers(arguments: list[str]) -> bool:
    """Return whether the command may speak to a server; ``--help`` and the like never do."""
    if len(arguments) < 2 or {"-h", "--help", "--version"} & set(arguments):
        return False
    return arguments[1] not in WITHOUT_SERVERS


if __name__ == "__main__":
    main(sys.argv)
