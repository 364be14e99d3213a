"""PostgreSQL and Redis of this checkout alone, for whoever names no servers of their own.

``DATABASE_URL`` and ``REDIS_URL`` name real servers. Where they are not set, commands run
inside ``ensure()``, which starts private ones on sockets and stops them after the last user.
Only the standard library is used here: settings and the set-up import this package.
"""

from laocai_nscl.servers.errors import ServersError
from laocai_nscl.servers.private import ensure

__all__ = ["ServersError", "ensure"]
