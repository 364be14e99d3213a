"""Which tables a piece of work writes to."""

import re
from typing import Any

WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(?P<table>\w+)"')


class Writes:
    """Notes the tables of statements that write, as a wrapper of the connection's ``execute``."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: Any, *rest: Any) -> Any:
        """Let the statement pass."""
        if found := WRITING.match(str(sql)):
            self.tables.add(found["table"])
        return execute(sql, *rest)
