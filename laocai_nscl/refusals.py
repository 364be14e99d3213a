"""What a command cannot get over, told to the person at the terminal in one sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import kombu.exceptions
import redis.exceptions
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _
from psycopg2.errors import UndefinedTable

from laocai_nscl.servers import ServersError


@contextmanager
def refusals_in_one_sentence() -> Iterator[None]:
    """End the process with a sentence and code 1 where settings or servers refuse the block."""
    try:
        yield
    except OperationalError as error:
        # An error with a code is the answer of a server that was reached: the trace matters.
        if getattr(error.__cause__, "pgcode", None):
            raise
        sys.exit(f"PostgreSQL cannot be reached: {first_line(error)}")
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable):
            raise
        sys.exit(_("The database is empty or of an older version: run manage.py migrate first."))
    except (kombu.exceptions.OperationalError, redis.exceptions.ConnectionError) as error:
        sys.exit(f"Redis cannot be reached: {first_line(error)}")
    except (CommandError, ImproperlyConfigured, ServersError) as error:
        sys.exit(str(error))


def first_line(error: Exception) -> str:
    """Return what matters of a driver's message, which may go on for several lines."""
    return str(error).strip().splitlines()[0]
