"""The signed field of a form: for whom it was made, and where it opens.

Whoever posts the form after the session has ended is nobody to the portal; this field, which only
the portal can write, says whose words they are. It gives no right: it only lets that person read
them again.
"""

import datetime as dt
import time
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.core import signing

SALT = "accounts.form_of"
# A form may stay open over a long holiday.
LONGEST = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class FormToken:
    """A form as a page showed it; ``kept`` is the kept form that was filled in, if any."""

    user_id: int
    page: str
    key: str
    title: str
    secrets: tuple[str, ...]
    shown_at: float
    kept: int | None = None

    @classmethod
    def now(cls, **values: Any) -> Self:
        """Return the token of a form that is shown at this moment."""
        return cls(shown_at=time.time(), **values)

    def sign(self) -> str:
        """Return the value of the field."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def read(cls, value: str) -> Self | None:
        """Return the token of a posted form; nothing if the portal did not write it."""
        try:
            read: dict[str, Any] = signing.loads(value, salt=SALT, max_age=LONGEST)
        except signing.BadSignature:
            return None
        return cls(**{**read, "secrets": tuple(read["secrets"])})
